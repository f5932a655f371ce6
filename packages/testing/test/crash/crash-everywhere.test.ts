import { crashEverywhere, isProved, type CrashReport } from '@crossdock/testing/crash';
import { describe, expect, it } from 'vitest';
import { hastyStores } from './hasty-stores.ts';
import { book, type Booking } from './ledger.ts';
import { pointOf } from './point-of.ts';
import { draftOf, orderBook, soundly, type Change, type Work } from './order-book.ts';
import { sale } from './till.ts';

const once = (change: Change) => crashEverywhere(orderBook(change), { pairs: false });
const counts = ({ duplicates, losses, stuck, broken, uncertain }: CrashReport) => ({
  duplicates,
  losses,
  stuck,
  broken,
  uncertain,
});
const nothing = { duplicates: 0, losses: 0, stuck: 0, broken: 0, uncertain: 0 };

const strictly: Booking = (fetch, number, key) => book(fetch, number, key, 'strict');
const asksElsewhere: Work = async ({ step }, { fetch }) => {
  await step('ask', async () => void (await fetch('https://elsewhere.example/rates')));
};

describe('a sound flow', () => {
  it('survives a crash at every point, and every second crash while that is recovered from', async () => {
    const report = await crashEverywhere(orderBook());
    expect(counts(report)).toEqual(nothing);
    expect(report.unreached).toEqual([]);
    expect(isProved(report)).toBe(true);
    expect(report.points).toBeGreaterThan(40);
    expect(report.runs).toBeGreaterThan(report.points * 10);
  }, 60_000);
});

it(
  'leaves a write that nobody can ask about to a person, as neither lost nor doubled',
  { timeout: 60_000 },
  async () => {
    const report = await once({ booking: strictly, uncertain: 100 });
    expect(isProved(report)).toBe(true);
    expect(isProved(await once({ booking: strictly }))).toBe(false);
    expect(counts(report)).toEqual({ ...nothing, uncertain: report.uncertain });
    // Of both orders: the request was sent, its answer came, and each attempt to store it, killed, thrown and lost.
    expect(report.uncertain).toBeGreaterThan(5);
  },
);

it(
  'lets a program that fails do what it does about it, and one that is killed nothing',
  { timeout: 60_000 },
  async () => {
    const report = await once({
      async work(context, runtime) {
        await soundly(context, runtime).catch(async (error: unknown) => {
          await book(runtime.fetch, 'a note of the failure', 'note');
          throw error;
        });
      },
    });
    const kinds = new Set(report.failures.flatMap(({ plan }) => plan.map(({ kind }) => kind)));
    expect(kinds).toEqual(new Set(['throw', 'lost']));
  },
);

it('says so when a run does not come by its point, and proves nothing of it', async () => {
  const point = pointOf('after commit 1: runs.writeStep elsewhere');
  const report = await crashEverywhere(orderBook(), { point, kinds: ['kill'] });
  expect(report.unreached).toEqual(['memory: kill after commit 1: runs.writeStep elsewhere']);
  expect(report.runs).toBe(0);
  expect(isProved(report)).toBe(false);
});

describe('what is no proof', { timeout: 60_000 }, () => {
  it('a run whose requests are other ones each time, so that none of them is crashed', async () => {
    let nth = 0;
    const word = () => (nth++).toString(2).replaceAll('0', 'a').replaceAll('1', 'b');
    const report = await once({ booking: (fetch, number, key) => book(fetch, number, key, `entries/${word()}`) });
    expect(counts(report)).toEqual(nothing);
    expect(report.missed).toBeGreaterThan(0);
    expect(isProved(report)).toBe(false);
  });

  it('a program that sends nothing that the harness sees', async () => {
    const report = await once({
      work: async ({ step }) => step('note', async () => {}),
      story: [
        {
          what: 'an order is sold, and somebody writes in the ledger by hand',
          happens({ ledger }, outside) {
            outside.deliver('till', () => sale('1'));
            ledger.state.entries.push({ number: '1', key: 'by hand' });
          },
        },
      ],
    });
    expect(report.sends).toBe(0);
    expect(isProved(report)).toBe(false);
  });
});

describe('what the harness catches', { timeout: 60_000 }, () => {
  it('a write outside of a step under a key that is drawn anew', async () => {
    const report = await once({
      async work(context, { fetch, random }) {
        await book(fetch, context.event.data.number, `${random()}-${context.clock.now()}`);
        await context.step('note', async () => {});
      },
    });
    expect(report.duplicates).toBeGreaterThan(0);
    expect(isProved(report)).toBe(false);
  });

  it('a step that asks for something else under its key when it is tried again', async () => {
    const report = await once({
      async work(context) {
        await context.step('book', ({ key, attempt }) =>
          context.systems.ledger.orders.create(draftOf(context, `${context.event.data.number}-${attempt}`), {
            idempotencyKey: key,
          }),
        );
      },
    });
    expect(report.stuck).toBeGreaterThan(0);
    expect(report.failures.flatMap(({ verdict }) => verdict.stuck).join()).toContain('key.reused');
  });

  it('a step that makes two writes of its own under words that are not steady', async () => {
    const report = await once({
      async work(context) {
        await context.step('book', async ({ key, attempt }) => {
          const { create } = context.systems.ledger.orders;
          await create(draftOf(context), { idempotencyKey: `${key}/${attempt}` });
          return create(draftOf(context, `${context.event.data.number} again`), { idempotencyKey: `${key}/again` });
        });
      },
    });
    expect(report.duplicates).toBeGreaterThan(0);
  });

  it('a flow that takes a failure for the end', async () => {
    const report = await once({
      async work(context, runtime) {
        await soundly(context, runtime).catch(() => {});
      },
    });
    expect(report.losses + report.stuck).toBeGreaterThan(0);
  });

  it('stores that acknowledge before they commit', async () => {
    const report = await once({ stores: { hasty: hastyStores() } });
    expect(report.losses).toBeGreaterThan(0);
    expect(report.failures.every(({ plan }) => plan.length === 1)).toBe(true);
  });

  it('a connector that makes a create again whose answer was lost', async () => {
    const report = await once({
      async booking(fetch, number, key) {
        await book(fetch, number, `${key}/first`).catch(() => book(fetch, number, `${key}/second`));
      },
    });
    expect(report.duplicates).toBeGreaterThan(0);
    expect(report.failures.every(({ plan }) => plan[0]?.point.phase === 'after')).toBe(true);
    expect(report.failures.every(({ plan }) => plan[0]?.point.effect === 'send')).toBe(true);
  });

  it('an invariant that does not hold in the end', async () => {
    const report = await once({
      invariants: {
        'an order is booked once': ({ ledger }) => (ledger.state.entries.length > 2 ? 'three are' : undefined),
      },
      booking: async (fetch, number, key) => {
        await book(fetch, number, `${key}/first`).catch(() => book(fetch, number, `${key}/second`));
      },
    });
    expect(report.broken).toBeGreaterThan(0);
  });

  it('a program that speaks to somebody who is not of this world', async () => {
    await expect(once({ work: asksElsewhere })).rejects.toThrow('A request went to "https://elsewhere.example"');
  });

  it('a story that ends otherwise each time, with which nothing can be compared', async () => {
    let played = 0;
    const world = orderBook({
      work: async (context) => {
        await context.step('book', ({ key }) =>
          context.systems.ledger.orders.create(draftOf(context, `${played}`), { idempotencyKey: key }),
        );
      },
    });
    const platforms = () => {
      played++;
      return world.platforms({} as never);
    };
    await expect(crashEverywhere({ ...world, platforms })).rejects.toThrow('when it was played once more');
  });
});
