import { CommerceError, redact, type ErrorCode, type Json, type Ref, type StockUpdate } from '@crossdock/core';
import { describePlan, type FlowContext, type Needs, type ReplayPlan } from '@crossdock/core/flows';
import { describe, expect, it } from 'vitest';
import { placeOrder, setUp, type Options } from '../flows/set-up.ts';
import { draftOf, webhook } from '../flows/shop.ts';
import { office, turns } from './office.ts';

const needs = { erp: ['orders.create', 'orders.get', 'inventory.push'] } as const satisfies Needs;
type Context = FlowContext<'order.placed', typeof needs>;
const run = 'place-order/shop/order/1/order.placed';
const ref: Ref<'order'> = { system: 'shop', kind: 'order', id: '1' };
const booked: Ref<'order'> = { system: 'erp', kind: 'order', id: 'S1' };

/** A run that came before a person because of what was broken at the office. */
async function stopped(
  flow: (context: Context) => Promise<void>,
  broken: Readonly<Record<string, ErrorCode>> = {},
  options: Options = {},
) {
  const erp = office();
  for (const [what, code] of Object.entries(broken)) erp.broken.set(what, code);
  const { composed, stores, clock } = setUp(undefined, {
    maxAttempts: 1,
    outageMs: 0,
    ...options,
    systems: { erp: erp.connector },
  });
  const hub = composed({ ...placeOrder, needs, run: flow });
  await hub.receive('shop', webhook('d', ['1']));
  for (let time = 0; time < 6; time++) {
    await hub.work();
    await clock.advance(60_000);
  }
  expect(await hub.exceptions.get(run)).toMatchObject({ state: 'open' });
  erp.sent.length = 0;
  erp.reads.length = 0;
  const replay = async () => {
    await hub.exceptions.replay(run, { by: 'Ann' });
    await hub.work();
  };
  /** What was sent, as a plan shows it. */
  const sent = () => erp.sent.map((write) => ({ ...write, request: redact(write.request as Json) }));
  return { erp, hub, stores, clock, replay, sent };
}

/** The writes of a plan that would be sent. */
const toSend = ({ effects }: ReplayPlan) =>
  effects.flatMap((effect) =>
    effect.kind === 'write' && effect.known.state !== 'done'
      ? [{ operation: effect.operation, key: effect.key, request: effect.request }]
      : [],
  );
const keysOf = ({ effects }: ReplayPlan) =>
  effects.flatMap((effect) =>
    effect.kind === 'write' ? [`${effect.known.state} ${effect.key.slice(run.length)}`] : [],
  );

const book = ({ systems, event }: Context, key: string, tags: readonly string[] = []) =>
  systems.erp.orders.create({ ...draftOf(event), tags }, { idempotencyKey: key });
const threeSteps = async (context: Context) => {
  for (const name of ['first', 'second', 'third']) await context.step(name, ({ key }) => book(context, key));
};
const update = (sku: string): StockUpdate => ({ sku, available: 1 });
const pushThree = ({ systems, step, raise }: Context) =>
  step('push', async ({ key }) => {
    const answers = await systems.erp.inventory.push(['A', 'B', 'C'].map(update), { idempotencyKey: key });
    for (const answer of answers) if (!answer.ok) raise(answer.error);
  });
const lookAndBook = async (context: Context) => {
  const found = await context.step('look', () => context.systems.erp.orders.get(booked));
  await context.step('write', ({ key }) => book(context, key, [found?.number ?? '']));
};

describe('a plan of a run', () => {
  it('says what was done, where a replay goes on and what it sends first, and sends nothing itself', async () => {
    const { erp, hub, replay, sent } = await stopped(threeSteps, { second: 'sku.unknown' });
    const plan = await hub.exceptions.plan(run);
    expect(erp.sent).toEqual([]);
    expect(plan).toMatchObject({
      exception: run,
      done: ['first'],
      resumesAt: 'second',
      effects: [{ kind: 'write', step: 'second', system: 'erp', key: `${run}/second`, known: { state: 'new' } }],
      end: { how: 'unknown', steps: ['second'] },
    });
    expect(describePlan(plan)).toEqual([
      `Replay of "${run}" (order "1" of "shop"):`,
      '- not run again, their results are stored: "first"',
      '- goes on at "second"',
      expect.stringMatching(/^- "second" sends: orders.create at "erp" under ".*\/second" with \{"number":"1"/),
      'Unknown beyond "second" until it is replayed.',
    ]);

    // Still broken: the replay sends exactly this and stops.
    await replay();
    expect(sent()).toEqual(toSend(plan));
  });

  it('goes on with the stored result of a write that was done although its step was not', async () => {
    const { erp, hub, replay, sent, clock } = await stopped(
      async (context) => {
        await context.step('both', async ({ key }) => {
          const first = await book(context, `${key}/first`);
          return book(context, `${key}/second`, [first.id]);
        });
      },
      { second: 'sku.unknown' },
    );
    const plan = await hub.exceptions.plan(run);
    expect(keysOf(plan)).toEqual(['done /both/first', 'new /both/second']);
    erp.broken.clear();
    await replay();
    expect(sent()).toEqual(toSend(plan));
    await clock.advance(1);
    expect(await hub.exceptions.get(run)).toMatchObject({ state: 'resolved' });
  });

  it('looks into steps that work beside each other', async () => {
    const { erp, hub, replay, sent } = await stopped(
      async (context) => {
        await Promise.all(['a', 'b', 'c'].map((name) => context.step(name, ({ key }) => book(context, key))));
      },
      { a: 'sku.unknown', c: 'address.invalid' },
    );
    const plan = await hub.exceptions.plan(run);
    // A step beside the one that fails first may have been ended before it sent.
    const left = ['a', 'b', 'c'].filter((name) => !plan.done.includes(name));
    expect(left).toEqual(expect.arrayContaining(['a', 'c']));
    // Which of them comes first is nobody's promise.
    expect(plan.end.how === 'unknown' && new Set(plan.end.steps)).toEqual(new Set(left));
    expect(new Set(keysOf(plan))).toEqual(new Set(left.map((name) => `new /${name}`)));
    erp.broken.clear();
    await replay();
    expect(new Set(sent())).toEqual(new Set(toSend(plan)));
  });

  it('waits for what one step does while another is unknown, and for no step that waits for it', async () => {
    const { hub, clock } = await stopped(
      async (context) => {
        const { step, systems } = context;
        const first = step('write', ({ key }) => book(context, key));
        await Promise.all([
          first,
          step('reads-first', async ({ key }) => {
            for (const id of ['7', '8']) await systems.erp.orders.get({ ...booked, id });
            return book(context, key);
          }),
          step('thinks-first', async ({ key }) => {
            await turns(100);
            return book(context, key);
          }),
          step('waits', async ({ key }) => book(context, key, [(await first).id])),
        ]);
      },
      { write: 'sku.unknown', 'reads-first': 'sku.unknown', 'thinks-first': 'sku.unknown' },
    );
    const planning = hub.exceptions.plan(run);
    // Nobody sees what a step does by itself: it is given a second.
    await turns(300);
    await clock.advance(1_000);
    const plan = await planning;
    expect(keysOf(plan)).toEqual(['new /write', 'new /reads-first', 'new /thinks-first']);
    expect(plan.end).toEqual({
      how: 'unknown',
      steps: ['write', 'reads-first', 'thinks-first', 'waits'],
      unread: [],
    });
    expect(plan.reads).toHaveLength(2);
  });

  it('waits for a read as long as it takes, though nothing else is left to wait for', async () => {
    const { hub } = await stopped(
      async (context) => {
        await Promise.all([
          context.step('write', ({ key }) => book(context, key)),
          context.systems.erp.orders
            .get(booked)
            .then((found) => context.step('late', ({ key }) => book(context, key, [found?.number ?? '']))),
        ]);
      },
      { write: 'sku.unknown', late: 'sku.unknown' },
    );
    expect(keysOf(await hub.exceptions.plan(run))).toEqual(['new /write', 'new /late']);
  });

  it('names a key of the business, and uses what another run wrote under it', async () => {
    const { erp, hub, replay, sent } = await stopped(
      async (context) => {
        const { step, systems, event } = context;
        const account = { ...draftOf(event), number: 'account', source: booked };
        const customer = await step(
          'customer',
          ({ key }) => systems.erp.orders.create(account, { idempotencyKey: key }),
          { key: 'customer/1' },
        );
        await step('order', ({ key }) => book(context, key, [customer.id]));
      },
      { '1': 'customer.ambiguous' },
    );
    expect(await hub.exceptions.plan(run)).toMatchObject({
      effects: [{ key: 'customer/1', known: { state: 'new' } }],
      end: { how: 'unknown', steps: ['customer'] },
    });

    erp.broken.clear();
    await hub.receive('shop', webhook('another', ['2']));
    await hub.work();
    erp.sent.length = 0;
    const plan = await hub.exceptions.plan(run);
    expect(plan.effects).toMatchObject([
      { key: 'customer/1', known: { state: 'done' } },
      { key: `${run}/order`, known: { state: 'new' } },
    ]);
    await replay();
    expect(sent()).toEqual(toSend(plan));
  });

  it('has of a batch that half succeeded only the other half, under its own key', async () => {
    const { erp, hub, replay, sent } = await stopped(pushThree, { A: 'sku.unknown', C: 'sku.unknown' });
    erp.broken.delete('C');
    for (const rest of [['A', 'C'], ['A']]) {
      const plan = await hub.exceptions.plan(run);
      expect(plan.effects.at(-1)).toMatchObject({ known: { state: 'new' }, request: rest.map(update) });
      erp.sent.length = 0;
      await replay();
      expect(sent()).toEqual(toSend(plan));
    }
    const plan = await hub.exceptions.plan(run);
    expect(keysOf(plan)).toEqual(['done /push', 'done /push/rest-2', 'done /push/rest-3', 'new /push/rest-4']);
  });

  it('tells a write that may have been made, and one that is too old to be made again', async () => {
    const { hub, replay, sent, clock } = await stopped(threeSteps, { first: 'write.uncertain' }, { settleMs: 1_000 });
    const plan = await hub.exceptions.plan(run);
    expect(plan).toMatchObject({
      effects: [{ known: { state: 'uncertain', since: '2026-11-01T00:00:00.000Z' } }],
      end: { how: 'unknown', steps: ['first'] },
    });
    await replay();
    expect(sent()).toEqual(toSend(plan));

    for (let time = 0; time < 4; time++) {
      await clock.advance(10_000);
      await hub.work();
    }
    await clock.advance(86_400_000);
    expect(await hub.exceptions.plan(run)).toMatchObject({
      effects: [{ known: { state: 'expired' } }],
      end: { how: 'stops', step: 'first', code: 'write.uncertain' },
    });
  });

  it('tells a write that another process makes, and a key that belongs to another request', async () => {
    let tags: readonly string[] = [];
    const { hub, stores, clock, erp } = await stopped(
      async (context) => {
        await context.step('first', ({ key }) => book(context, key, tags));
      },
      { first: 'sku.unknown' },
    );
    const begun = await stores.idempotency.begin(`${run}/first`, 'of another request', 5_000);
    expect(await hub.exceptions.plan(run)).toMatchObject({
      effects: [{ known: { state: 'conflict' } }],
      end: { how: 'stops', step: 'first', code: 'key.reused' },
    });
    await stores.idempotency.release(`${run}/first`, 'lease' in begun ? begun.lease : '');
    erp.broken.set('first', 'write.uncertain');
    await hub.exceptions.replay(run, { by: 'Ann' });
    for (let time = 0; time < 5; time++) {
      await hub.work();
      await clock.advance(120_000);
    }
    expect(await hub.exceptions.plan(run)).toMatchObject({ effects: [{ known: { state: 'uncertain' } }] });
    tags = ['changed'];
    expect(await hub.exceptions.plan(run)).toMatchObject({ effects: [{ known: { state: 'conflict' } }] });
  });

  it('says that it would stop again, with what the flow says then', async () => {
    const { hub } = await stopped(async ({ step, raise }) => {
      await step('fine', async () => 1);
      raise(new CommerceError({ code: 'tax.mismatch', message: 'Order "1" of jane@example.com has odd taxes.' }));
    });
    const plan = await hub.exceptions.plan(run);
    expect(plan).toMatchObject({
      done: ['fine'],
      effects: [],
      end: { how: 'stops', step: 'fine', code: 'tax.mismatch' },
    });
    expect(describePlan(plan).at(-1)).toMatch(/^It would stop again at "fine" \(tax.mismatch\): Order "1"/);
    expect(JSON.stringify(plan)).not.toContain('jane');
  });

  it('sends nothing when everything is done, and neither does the replay', async () => {
    let isRight = false;
    const { erp, hub, replay } = await stopped(async (context) => {
      await threeSteps(context);
      if (!isRight)
        context.raise(new CommerceError({ code: 'totals.mismatch', message: 'Order "1" does not add up.' }));
    });
    isRight = true;
    expect(await hub.exceptions.plan(run)).toMatchObject({
      done: ['first', 'second', 'third'],
      resumesAt: undefined,
      effects: [],
      end: { how: 'done' },
    });
    await replay();
    expect(erp.sent).toEqual([]);
    expect(await hub.exceptions.get(run)).toMatchObject({ state: 'resolved' });
  });

  it('notes links without making them, and sees them as made', async () => {
    const parcel: Ref = { system: 'erp', kind: 'fulfillment', id: 'F1' };
    let isOpen = false;
    const { hub, stores, replay } = await stopped(async (context) => {
      const { links, step, raise } = context;
      if (!isOpen) raise(new CommerceError({ code: 'link.missing', message: 'Order "1" has no counterpart.' }));
      expect(await links.link(ref, booked)).toBe('linked');
      expect(await links.link(ref, booked)).toBe('already');
      expect(await links.link(ref, { ...booked, id: 'S2' })).toBe('conflict');
      expect(await links.attach(parcel, ref)).toBe('linked');
      expect(await links.attach(parcel, { ...ref, id: '2' })).toBe('conflict');
      expect(await links.find(booked, 'shop', 'order')).toEqual(ref);
      expect(await links.find(parcel, 'shop', 'order')).toEqual(ref);
      expect(await links.children(ref, 'erp', 'fulfillment')).toEqual([parcel]);
      await step('write', ({ key }) => book(context, key));
    });
    isOpen = true;
    const { effects } = await hub.exceptions.plan(run);
    expect(effects).toMatchObject([
      { kind: 'link', one: ref, other: booked },
      { kind: 'attach', one: parcel, other: ref },
      { kind: 'write' },
    ]);
    expect(await stores.links.find(ref, 'erp', 'order')).toBeUndefined();
    expect(await stores.links.children(ref, 'erp', 'fulfillment')).toEqual([]);
    // The same answers as when it happens.
    await replay();
    expect(await hub.exceptions.get(run)).toMatchObject({ state: 'resolved' });
  });

  it('names a step that changes something else, and leaves it out', async () => {
    const mails: string[] = [];
    let isOpen = false;
    const { hub, replay } = await stopped(async ({ step, raise }) => {
      if (!isOpen) raise(new CommerceError({ code: 'payment.missing', message: 'Order "1" is not paid.' }));
      await step('mail', async () => void mails.push('thanks'), { outside: true });
    });
    isOpen = true;
    const plan = await hub.exceptions.plan(run);
    expect(plan).toMatchObject({
      effects: [{ kind: 'outside', step: 'mail' }],
      end: { how: 'unknown', steps: ['mail'] },
    });
    expect(mails).toEqual([]);
    await replay();
    expect(mails).toEqual(['thanks']);
  });

  it('ends at the first read when it may not ask', async () => {
    const { erp, hub } = await stopped(lookAndBook, { reading: 'record.missing' });
    erp.broken.clear();
    const blind = await hub.exceptions.plan(run, { reads: false });
    expect(erp.reads).toEqual([]);
    expect(blind).toMatchObject({
      effects: [],
      reads: [],
      end: { how: 'unknown', steps: ['look'], unread: [{ system: 'erp', operation: 'orders.get' }] },
    });
    expect(describePlan(blind).at(-1)).toContain('Not read: orders.get of "erp".');

    const plan = await hub.exceptions.plan(run);
    expect(plan.reads).toEqual([{ system: 'erp', operation: 'orders.get' }]);
    expect(keysOf(plan)).toEqual(['new /write']);
  });
});

it('changes no store, whatever it is asked', async () => {
  const { hub, stores } = await stopped(threeSteps, { second: 'write.uncertain' }, { settleMs: 1_000 });
  const picture = async () => ({
    jobs: await stores.jobs.counts('integration'),
    steps: [...(await stores.runs.steps(run))],
    exceptions: await hub.exceptions.list({ limit: 10 }),
    audit: await stores.audit.list(ref, 100),
    keys: await Promise.all(['first', 'second', 'third'].map((name) => stores.idempotency.peek(`${run}/${name}`))),
  });
  const before = await picture();
  await hub.exceptions.plan(run);
  await hub.exceptions.planAll({});
  expect(await picture()).toEqual(before);
});

it('plans nothing that is not open, or not there', async () => {
  const { hub } = await stopped(threeSteps, { second: 'sku.unknown' });
  await hub.exceptions.dismiss(run, { by: 'Ann', note: 'Not wanted.' });
  await expect(hub.exceptions.plan(run)).rejects.toMatchObject({
    code: 'record.rejected',
    message: expect.stringContaining(`Exception "${run}" was not planned: it is "dismissed"`),
  });
  await expect(hub.exceptions.plan('other')).rejects.toMatchObject({ code: 'record.missing' });
});

it('says that the version of the flow is gone', async () => {
  const { stores, clock, erp } = await stopped(threeSteps, { second: 'sku.unknown' });
  const { composed } = setUp(undefined, { systems: { erp: erp.connector } }, stores);
  void clock;
  const later = composed({ ...placeOrder, version: 2 });
  expect(await later.exceptions.plan(run)).toMatchObject({
    done: ['first'],
    end: { how: 'stops', step: 'second', code: 'flow.version-missing' },
  });
});
