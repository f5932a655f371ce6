import type { Begun, IdempotencyStore } from '@crossdock/core';
import { answers, lawsOf, momentIn } from './store-law.ts';

const leaseMs = 60_000;
const begin = (store: IdempotencyStore, fingerprint = 'request') => store.begin('key', fingerprint, leaseMs);

/** What the store of writes to other systems promises. */
export const idempotencyLaws = lawsOf('idempotency', {
  'first-asker-starts': async ({ stores: { idempotency } }) => {
    answers('A key that nobody used', (await begin(idempotency)).state, 'started');
    answers('Another key', (await idempotency.begin('key/2', 'request', leaseMs)).state, 'started');
  },
  'held-key-is-running': async ({ stores: { idempotency }, clock }) => {
    await begin(idempotency);
    const until = momentIn(clock, leaseMs);
    await clock.advance(leaseMs - 1);
    answers('A key that somebody holds', await begin(idempotency), { state: 'running', until });
  },
  'done-gives-its-result': async ({ stores: { idempotency }, clock }) => {
    const result = { ref: { system: 'erp', kind: 'order', id: '7' }, lines: [1, 2.5, null, true, 'ß'] };
    answers('Finishing', await idempotency.finish('key', leaseOf(await begin(idempotency)), result), 'finished');
    await clock.advance(10 * leaseMs);
    answers('A key whose write is done', await begin(idempotency), { state: 'done', result });
  },
  'other-request-conflicts': async ({ stores: { idempotency }, clock }) => {
    await begin(idempotency);
    answers('Another request under a held key', await begin(idempotency, 'other'), { state: 'conflict' });
    await clock.advance(leaseMs);
    answers('Another request under a lapsed key', await begin(idempotency, 'other'), { state: 'conflict' });
    await idempotency.finish('key', leaseOf(await begin(idempotency)), null);
    answers('Another request under a done key', await begin(idempotency, 'other'), { state: 'conflict' });
  },
  'lapsed-lease-is-uncertain': async ({ stores: { idempotency }, clock }) => {
    await begin(idempotency);
    await clock.advance(leaseMs);
    answers('A key whose lease ran out', (await begin(idempotency)).state, 'uncertain');
    answers('The same key while it is looked up', (await begin(idempotency)).state, 'running');
  },
  'renewed-lease-holds': async ({ stores: { idempotency }, clock }) => {
    const lease = leaseOf(await begin(idempotency));
    await clock.advance(leaseMs - 1);
    answers('Renewing a lease', await idempotency.renew('key', lease, leaseMs), 'renewed');
    await clock.advance(leaseMs - 1);
    answers('A key whose lease was renewed', (await begin(idempotency)).state, 'running');
    answers('Finishing it', await idempotency.finish('key', lease, null), 'finished');
  },
  'stale-lease-cannot-renew': async ({ stores: { idempotency }, clock }) => {
    const { stale } = await takenOver(idempotency, (ms) => clock.advance(ms));
    answers('Renewing with a stale lease', await idempotency.renew('key', stale, leaseMs), 'lost');
  },
  'stale-lease-cannot-finish': async ({ stores: { idempotency }, clock }) => {
    const { stale } = await takenOver(idempotency, (ms) => clock.advance(ms));
    answers('Finishing with a stale lease', await idempotency.finish('key', stale, 'stale'), 'lost');
    answers('The key afterwards', (await begin(idempotency)).state, 'running');
  },
  'stale-lease-cannot-release': async ({ stores: { idempotency }, clock }) => {
    const { stale } = await takenOver(idempotency, (ms) => clock.advance(ms));
    answers('Releasing with a stale lease', await idempotency.release('key', stale), 'lost');
    answers('The key afterwards', (await begin(idempotency)).state, 'running');
  },
  'stale-lease-cannot-doubt': async ({ stores: { idempotency }, clock }) => {
    const { stale } = await takenOver(idempotency, (ms) => clock.advance(ms));
    answers('Doubting with a stale lease', await idempotency.doubt('key', stale), 'lost');
    answers('The key afterwards', (await begin(idempotency)).state, 'running');
  },
  'done-cannot-be-undone': async ({ stores: { idempotency } }) => {
    const lease = leaseOf(await begin(idempotency));
    await idempotency.finish('key', lease, 1);
    answers('Finishing twice', await idempotency.finish('key', lease, 2), 'lost');
    answers('The result', await begin(idempotency), { state: 'done', result: 1 });
  },
  'released-key-starts-again': async ({ stores: { idempotency } }) => {
    const lease = leaseOf(await begin(idempotency));
    answers('Releasing', await idempotency.release('key', lease), 'released');
    answers('A released key', (await begin(idempotency)).state, 'started');
  },
  'released-key-takes-another-request': async ({ stores: { idempotency } }) => {
    await idempotency.release('key', leaseOf(await begin(idempotency)));
    answers('Another request under a released key', (await begin(idempotency, 'other')).state, 'started');
    answers('The first request afterwards', await begin(idempotency), { state: 'conflict' });
  },
  'doubted-key-is-uncertain-at-once': async ({ stores: { idempotency } }) => {
    const lease = leaseOf(await begin(idempotency));
    answers('Doubting', await idempotency.doubt('key', lease), 'doubted');
    answers('A doubted key', (await begin(idempotency)).state, 'uncertain');
  },
  'doubt-goes-back-to-the-oldest-attempt': async ({ stores: { idempotency }, clock }) => {
    const since = momentIn(clock, 0);
    const first = leaseOf(await begin(idempotency));
    await clock.advance(1000);
    await idempotency.renew('key', first, leaseMs);
    await clock.advance(leaseMs);
    const second = await begin(idempotency);
    answers('A key whose lease ran out', sinceOf(second), since);
    await clock.advance(leaseMs);
    const third = await begin(idempotency);
    answers('The same when whoever took over is lost as well', sinceOf(third), since);
    await idempotency.doubt('key', leaseOf(third));
    answers('The same when it was looked up in vain', sinceOf(await begin(idempotency)), since);
  },
  'age-of-a-doubt-is-told-by-the-store': async ({ stores: { idempotency }, clock }) => {
    const first = await begin(idempotency);
    answers('Since when a key is ours', first.state === 'started' && first.since, momentIn(clock, 0));
    await clock.advance(1000);
    await idempotency.renew('key', leaseOf(first), leaseMs);
    await clock.advance(leaseMs);
    const second = await begin(idempotency);
    answers('The age of a doubt', ageOf(second), 1000 + leaseMs);
    await idempotency.doubt('key', leaseOf(second));
    clock.setBack(2 * leaseMs);
    answers('The age from a moment that is yet to come', ageOf(await begin(idempotency)), 1000 - leaseMs);
  },
  'released-key-has-no-past': async ({ stores: { idempotency }, clock }) => {
    await begin(idempotency);
    await clock.advance(leaseMs);
    await idempotency.release('key', leaseOf(await begin(idempotency)));
    await clock.advance(1000);
    const since = momentIn(clock, 0);
    await idempotency.doubt('key', leaseOf(await begin(idempotency)));
    await clock.advance(1000);
    answers('A key that was free in between', sinceOf(await begin(idempotency)), since);
  },
  'peek-tells-every-state': async ({ stores: { idempotency }, clock }) => {
    const since = momentIn(clock, 0);
    answers('A key that nobody used', await idempotency.peek('nobody'), undefined);
    await idempotency.begin('lapsed', 'request', 1000);
    await idempotency.doubt('doubted', leaseOf(await idempotency.begin('doubted', 'request', leaseMs)));
    await idempotency.release('free', leaseOf(await idempotency.begin('free', 'request', leaseMs)));
    await idempotency.finish('done', leaseOf(await idempotency.begin('done', 'request', leaseMs)), { id: 'S1' });
    await idempotency.begin('held', 'request', leaseMs);
    await clock.advance(1000);
    const until = momentIn(clock, leaseMs - 1000);
    const uncertain = { state: 'uncertain', since, ageMs: 1000 };
    answers('A key that somebody holds', await idempotency.peek('held'), { state: 'running', until });
    answers('A key whose lease ran out', await idempotency.peek('lapsed'), uncertain);
    answers('A doubted key', await idempotency.peek('doubted'), uncertain);
    answers('A released key', await idempotency.peek('free'), { state: 'free' });
    answers('A key whose write is done', await idempotency.peek('done'), { state: 'done', result: { id: 'S1' } });
  },
  'peek-for-a-request-answers-as-begin': async ({ stores: { idempotency }, clock }) => {
    const peek = async (fingerprint: string) => (await idempotency.peek('key', fingerprint))?.state;
    answers('A key that nobody used', await peek('request'), undefined);
    await begin(idempotency);
    answers('Another request under a held key', await peek('other'), 'conflict');
    answers('Its own request', await peek('request'), 'running');
    await clock.advance(leaseMs);
    answers('Another request under a lapsed key', await peek('other'), 'conflict');
    await idempotency.release('key', leaseOf(await begin(idempotency)));
    answers('Another request under a free key', await peek('other'), 'free');
    await idempotency.finish('key', leaseOf(await begin(idempotency)), null);
    answers('Another request under a done key', await peek('other'), 'conflict');
  },
  'peek-changes-nothing': async ({ stores: { idempotency }, clock }) => {
    await idempotency.peek('nobody');
    answers('A key that was only looked at', (await idempotency.begin('nobody', 'request', leaseMs)).state, 'started');
    const lease = leaseOf(await begin(idempotency));
    await clock.advance(leaseMs - 1);
    await idempotency.peek('key');
    await clock.advance(1);
    await idempotency.peek('key');
    answers('What its holder may do still', await idempotency.renew('key', lease, leaseMs), 'renewed');
    await clock.advance(leaseMs);
    await idempotency.peek('key');
    answers('A key whose lease ran out', (await begin(idempotency)).state, 'uncertain');
  },
});

/** A key that somebody else holds now, and the lease that ran out before. */
async function takenOver(store: IdempotencyStore, advance: (ms: number) => Promise<void>): Promise<{ stale: string }> {
  const stale = leaseOf(await begin(store));
  await advance(leaseMs);
  await begin(store);
  return { stale };
}

function leaseOf(begun: Begun): string {
  if ('lease' in begun) return begun.lease;
  throw new Error(`A lease was expected, the store answered "${begun.state}".`);
}

function sinceOf(begun: Begun): string {
  if (begun.state === 'uncertain') return begun.since;
  throw new Error(`A key in doubt was expected, the store answered "${begun.state}".`);
}

function ageOf(begun: Begun): number {
  if (begun.state === 'uncertain') return begun.ageMs;
  throw new Error(`A key in doubt was expected, the store answered "${begun.state}".`);
}
