import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import {
  idempotentWrite,
  type IdempotentWriteOptions,
  type WriteAttempt,
} from '../../src/policies/idempotent-write.ts';
import { isForgotten } from '../../src/policies/key-validity.ts';
import { throwIfGone } from '../../src/policies/signal-fence.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

const hour = 3_600_000;
const day = 24 * hour;
const result = z.object({ id: z.string() });
type Made = z.infer<typeof result>;

/** A platform that honours a key for a day, and forgets it then. */
function setUp() {
  const clock = testClock({ auto: false });
  const store = memoryStores({ clock }).idempotency;
  const sent: WriteAttempt[] = [];
  const write = (rest: Partial<IdempotentWriteOptions<Made>> = {}) =>
    idempotentWrite<Made>({
      store,
      clock,
      key: 'stock-1',
      request: { sku: 'TEE' },
      leaseMs: 60_000,
      result,
      afterDoubt: 'send',
      validForMs: day,
      system: 'shop',
      operation: 'inventory.push',
      ...rest,
      send: async (signal, attempt) => {
        throwIfGone(signal);
        sent.push(attempt);
        return rest.send ? rest.send(signal, attempt) : { id: 'done' };
      },
    });
  const lost = () => expect(write({ send: silence })).rejects.toMatchObject({ code: 'write.uncertain' });
  return { clock, store, sent, write, lost };
}

const silence = async (): Promise<Made> => {
  throw new CommerceError({ code: 'write.uncertain', message: 'No answer.' });
};

const isNotThere = async (signal: AbortSignal): Promise<undefined> => {
  throwIfGone(signal);
  return undefined;
};

describe('a write in doubt whose key the platform honours for a day', () => {
  it('is sent again after 23 hours', async () => {
    const { clock, write, sent, lost } = setUp();
    await lost();
    await clock.advance(23 * hour);
    expect(await write()).toEqual({ id: 'done' });
    expect(sent).toEqual([
      { isRepeat: false, since: '2026-11-01T00:00:00.000Z', at: '2026-11-01T00:00:00.000Z' },
      { isRepeat: true, since: '2026-11-01T00:00:00.000Z', at: '2026-11-01T23:00:00.000Z' },
    ]);
  });

  it('is not sent again after 25 hours, nor ever after, and says since when and what to do', async () => {
    const { clock, write, sent, lost } = setUp();
    await lost();
    await clock.advance(25 * hour);
    for (let time = 0; time < 3; time++) {
      await expect(write()).rejects.toMatchObject({
        code: 'write.uncertain',
        message:
          'Write "stock-1" was not sent again: an attempt of "2026-11-01T00:00:00.000Z" may have been carried out, and "shop" honours its key for 24 hours only, so that a repeat could be a second write. Look the record up there and do by hand what is missing, then resolve; a replay sends nothing.',
        details: { since: '2026-11-01T00:00:00.000Z', validForMs: day },
      });
      await clock.advance(hour);
    }
    expect(sent).toHaveLength(1);
  });

  it('is as old as its oldest attempt, however late the last one was', async () => {
    const { clock, sent, write, lost } = setUp();
    await lost();
    await clock.advance(23 * hour);
    await lost();
    await clock.advance(2 * hour);
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain', details: { validForMs: day } });
    expect(sent).toHaveLength(2);
  });

  it('is young again when what came before certainly did nothing', async () => {
    const { clock, write } = setUp();
    const refusal = new CommerceError({ code: 'sku.unknown', message: 'No such SKU.' });
    await expect(write({ send: () => Promise.reject(refusal) })).rejects.toBe(refusal);
    await clock.advance(25 * hour);
    expect(await write()).toEqual({ id: 'done' });
  });

  it('of a process that died is as old as its beginning', async () => {
    const { clock, store, write, sent } = setUp();
    const died = { ...store, doubt: () => Promise.reject(new Error('The process is dead.')) };
    await expect(write({ store: died, send: silence })).rejects.toMatchObject({ code: 'store.unavailable' });
    await clock.advance(25 * hour);
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain', details: { validForMs: day } });
    expect(sent).toHaveLength(1);
  });

  it('is not sent when its day ends while it waits for its turn', async () => {
    const { clock, write, lost } = setUp();
    await lost();
    await clock.advance(23 * hour);
    let requests = 0;
    const send = async (signal: AbortSignal): Promise<Made> => {
      await clock.advance(hour);
      throwIfGone(signal);
      requests++;
      return { id: 'done' };
    };
    const leaseMs = 100 * hour;
    const writing = write({ send, leaseMs });
    await expect(writing).rejects.toMatchObject({ code: 'write.uncertain', details: { validForMs: day } });
    expect(requests).toBe(0);
  });

  it('is not sent a second time within one attempt that goes on for longer than a day', async () => {
    const { clock, write } = setUp();
    let requests = 0;
    const send = async (signal: AbortSignal): Promise<Made> => {
      for (;;) {
        throwIfGone(signal);
        requests++;
        await clock.advance(25 * hour);
      }
    };
    const leaseMs = 100 * hour;
    const writing = write({ send, leaseMs });
    await expect(writing).rejects.toMatchObject({ code: 'write.uncertain', details: { validForMs: day } });
    expect(requests).toBe(1);
  });

  it.each([
    ['behind', -2 * hour],
    ['ahead', 2 * hour],
  ])('is as old as the store says, for a machine whose clock is two hours %s too', async (_, apartMs) => {
    const { clock, write, sent, lost } = setUp();
    const apart = { ...clock, now: () => clock.now() + apartMs };
    await lost();
    await clock.advance(23 * hour);
    await expect(write({ clock: apart, send: silence })).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(sent[1]).toEqual({ isRepeat: true, since: '2026-11-01T00:00:00.000Z', at: '2026-11-01T23:00:00.000Z' });
    await clock.advance(2 * hour);
    const refused = { code: 'write.uncertain', details: { since: '2026-11-01T00:00:00.000Z', validForMs: day } };
    await expect(write({ clock: apart })).rejects.toMatchObject(refused);
    expect(sent).toHaveLength(2);
  });

  it('begins by the clock of the store, whatever the machine’s own shows', async () => {
    const { clock, write, sent } = setUp();
    await write({ clock: { ...clock, now: () => clock.now() - 2 * hour } });
    expect(sent).toEqual([{ isRepeat: false, since: '2026-11-01T00:00:00.000Z', at: '2026-11-01T00:00:00.000Z' }]);
  });

  it('may be looked up at any age, and be made when it is not there', async () => {
    const { clock, write, lost } = setUp();
    await lost();
    await clock.advance(1000 * hour);
    expect(await write({ afterDoubt: isNotThere })).toEqual({ id: 'done' });
  });

  it('is sent again at any age where the platform forgets no key', async () => {
    const { clock, write, lost } = setUp();
    await lost();
    await clock.advance(1000 * hour);
    expect(await write({ validForMs: Number.POSITIVE_INFINITY })).toEqual({ id: 'done' });
  });
});

it.each([
  ['a minute old', 60_000, day, false],
  ['23 hours and 49 minutes old', day - 11 * 60_000, day, false],
  ['as old as the day less the margin', day - 600_000, day, false],
  ['a moment older than that', day - 599_999, day, true],
  ['from nine minutes ahead, of a clock that was set back', -540_000, day, false],
  ['from an hour ahead, of a clock that was set back', -hour, day, true],
  ['nine minutes old where ten are honoured', 540_000, 600_000, false],
  ['a moment older than that where ten are honoured', 540_001, 600_000, true],
  ['a year old where nothing is forgotten', 365 * day, Number.POSITIVE_INFINITY, false],
  ['a year old where nothing is said', 365 * day, undefined, false],
] as const)('counts a key %s rightly', (_, ageMs, validForMs, forgotten) => {
  expect(isForgotten(ageMs, validForMs)).toBe(forgotten);
});

it('does not trust an age that is no number', () => {
  expect(isForgotten(Number.NaN, day)).toBe(true);
});
