import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { errorRules, type ErrorCode } from '../../src/errors/codes.ts';
import { CommerceError } from '../../src/errors/commerce-error.ts';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import { idempotentWrite, type IdempotentWriteOptions } from '../../src/policies/idempotent-write.ts';
import type { IdempotencyStore } from '../../src/ports/stores.ts';
import { throwIfGone } from '../../src/policies/signal-fence.ts';
import { testClock, type TestClock } from '../../../testing/src/fake/clock.ts';

const leaseMs = 60_000;
const result = z.object({ id: z.string() });
type Made = z.infer<typeof result>;

function setUp() {
  const clock = testClock({ auto: false });
  const store = memoryStores({ clock }).idempotency;
  const orders: string[] = [];
  const write = (rest: Partial<IdempotentWriteOptions<Made>> = {}) =>
    idempotentWrite<Made>({
      store,
      clock,
      key: 'order-1042',
      request: { number: '1042' },
      leaseMs,
      result,
      send: async () => ({ id: `o${orders.push('1042')}` }),
      system: 'erp',
      operation: 'orders.create',
      ...rest,
    });
  return { clock, store, orders, write };
}

/** The process dies here: what would come after it never happens. */
class Crash extends Error {}

function crashingAt(
  store: IdempotencyStore,
  verb: 'finish' | 'release' | 'doubt' | 'begin',
  when: 'before' | 'after',
): IdempotencyStore {
  return {
    ...store,
    async [verb](key: string, lease: string, rest: never) {
      if (when === 'after') await store[verb](key, lease, rest);
      throw new Crash();
    },
  };
}

const failWith = (code: ErrorCode) => async (): Promise<Made> => {
  throw new CommerceError({ code, message: `It ended as ${code}.` });
};

describe('a write with a key', () => {
  it('is made once, and everybody who asks gets its result', async () => {
    const { write, orders } = setUp();
    expect(await write()).toEqual({ id: 'o1' });
    expect(await write()).toEqual({ id: 'o1' });
    expect(orders).toHaveLength(1);
  });

  it('is the same request whatever the order of its fields', async () => {
    const { write, orders } = setUp();
    await write({ request: { a: 1, b: [2] } });
    await write({ request: { b: [2], a: 1 } });
    expect(orders).toHaveLength(1);
  });

  it('is refused when the key belongs to another request', async () => {
    const { write, orders } = setUp();
    await write();
    await expect(write({ request: { number: '1043' } })).rejects.toMatchObject({ code: 'key.reused' });
    expect(orders).toHaveLength(1);
  });

  it('is not made while somebody else makes it, and says when to come back', async () => {
    const { write, clock, orders } = setUp();
    const { promise, resolve: answer } = Promise.withResolvers<Made>();
    const first = write({ send: () => promise });
    await clock.advance(10_000);
    await expect(write()).rejects.toMatchObject({ code: 'write.in-flight', retryable: true, retryAfterMs: 50_000 });
    answer({ id: 'o1' });
    expect(await first).toEqual({ id: 'o1' });
    expect(await write()).toEqual({ id: 'o1' });
    expect(orders).toHaveLength(0);
  });

  it('does not hand out a stored result of another shape', async () => {
    const { write } = setUp();
    await write();
    const other = z.object({ id: z.string(), number: z.string() });
    await expect(write({ result: other })).rejects.toMatchObject({ code: 'store.corrupt' });
  });
});

const codes = Object.keys(errorRules) as ErrorCode[]; // The table's own keys.
const cleanNos = codes.filter((code) => errorRules[code].wrote === 'no');
const openEnds = codes.filter((code) => errorRules[code].wrote === 'maybe');

describe('a write that failed', () => {
  it.each(cleanNos)('as %s may be made again', async (code) => {
    const { write } = setUp();
    await expect(write({ send: failWith(code) })).rejects.toMatchObject({ code });
    expect(await write()).toEqual({ id: 'o1' });
  });

  it.each(openEnds)('as %s is not made again before it is looked up', async (code) => {
    const { write, orders } = setUp();
    await expect(write({ send: failWith(code) })).rejects.toMatchObject({ code });
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(orders).toHaveLength(0);
  });

  it('without an answer is open, after a refusal it is not', () => {
    expect(openEnds).toEqual(expect.arrayContaining(['write.uncertain', 'network.timeout', 'platform.unavailable']));
    expect(cleanNos).toEqual(
      expect.arrayContaining(['platform.throttled', 'circuit.open', 'sku.unknown', 'auth.rejected']),
    );
  });
});

describe('a write that may have been made', () => {
  it('by an error nobody can name is not made again', async () => {
    const { write, orders } = setUp();
    await expect(write({ send: () => Promise.reject(new RangeError('what')) })).rejects.toThrow('what');
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(orders).toHaveLength(0);
  });

  it('has the result of the record that was found', async () => {
    const { write, orders } = setUp();
    await expect(write({ send: failWith('write.uncertain') })).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(await write({ afterDoubt: async () => ({ id: 'o7' }) })).toEqual({ id: 'o7' });
    expect(await write()).toEqual({ id: 'o7' });
    expect(orders).toHaveLength(0);
  });

  it('is made again when the record is certainly not there', async () => {
    const { write } = setUp();
    await expect(write({ send: failWith('write.uncertain') })).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(write({ afterDoubt: async () => undefined, send: failWith('sku.unknown') })).rejects.toMatchObject({
      code: 'sku.unknown',
    });
    expect(await write()).toEqual({ id: 'o1' });
  });

  it('stays open when looking it up fails', async () => {
    const { write, orders } = setUp();
    await expect(write({ send: failWith('write.uncertain') })).rejects.toMatchObject({ code: 'write.uncertain' });
    const down = new CommerceError({ code: 'network.unreachable', message: 'It is down.' });
    await expect(write({ afterDoubt: () => Promise.reject(down) })).rejects.toMatchObject({
      code: 'network.unreachable',
    });
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(orders).toHaveLength(0);
  });

  it('is sent again where the platform honours the key, and a refusal of that repeat frees nothing', async () => {
    const { write } = setUp();
    await expect(write({ send: failWith('write.uncertain') })).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(write({ afterDoubt: 'send', send: failWith('circuit.open') })).rejects.toMatchObject({
      code: 'circuit.open',
    });
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(await write({ afterDoubt: 'send' })).toEqual({ id: 'o1' });
    expect(await write()).toEqual({ id: 'o1' });
  });
});

describe('a process that dies', () => {
  const points = [
    ['before the key is stored', 'begin', 'before', 0],
    ['after the key is stored and before the send', 'begin', 'after', 0],
    ['after the send and before its end is stored', 'finish', 'before', 1],
    ['after its end is stored', 'finish', 'after', 1],
  ] as const;

  it.each(points)('%s leaves one order, made or to be looked up', async (_, verb, when, sent) => {
    const { write, store, clock, orders } = setUp();
    await expect(write({ store: crashingAt(store, verb, when) })).rejects.toBeInstanceOf(Crash);
    expect(orders).toHaveLength(sent);
    await clock.advance(leaseMs + 1);
    // The next process looks at the other system, as a connector does.
    const made = await write({ afterDoubt: async () => (orders.length > 0 ? { id: 'o1' } : undefined) });
    expect(made).toEqual({ id: 'o1' });
    expect(orders).toHaveLength(1);
  });

  it.each(['release', 'doubt'] as const)(
    'or a store that is down at %s keeps the failure and the key',
    async (verb) => {
      const { write, store, clock } = setUp();
      const send = failWith(verb === 'release' ? 'stock.insufficient' : 'write.uncertain');
      const failing = write({ send, store: crashingAt(store, verb, 'before') });
      await expect(failing).rejects.toMatchObject({
        code: 'store.unavailable',
        cause: { errors: [{ name: 'CommerceError' }, {}] },
      });
      await expect(write()).rejects.toMatchObject({ code: 'write.in-flight' });
      await clock.advance(leaseMs + 1);
      await expect(write()).rejects.toMatchObject({ code: 'write.uncertain' });
    },
  );
});

describe('a lease', () => {
  it('is renewed for as long as the send takes, so that nobody sends beside it', async () => {
    const { write, clock, orders } = setUp();
    const { promise, resolve: answer } = Promise.withResolvers<Made>();
    const first = write({ send: () => promise });
    await clock.advance(10 * leaseMs);
    await expect(write({ afterDoubt: 'send' })).rejects.toMatchObject({ code: 'write.in-flight' });
    answer({ id: 'o1' });
    expect(await first).toEqual({ id: 'o1' });
    expect(orders).toHaveLength(0);
  });

  it('is renewed for as long as a look-up takes', async () => {
    const { write, clock } = setUp();
    await expect(write({ send: failWith('write.uncertain') })).rejects.toMatchObject({ code: 'write.uncertain' });
    const { promise, resolve: find } = Promise.withResolvers<Made>();
    const looking = write({ afterDoubt: () => promise });
    await clock.advance(10 * leaseMs);
    await expect(write({ afterDoubt: 'send' })).rejects.toMatchObject({ code: 'write.in-flight' });
    find({ id: 'o1' });
    expect(await looking).toEqual({ id: 'o1' });
  });

  it('that is lost stops the send', async () => {
    const { write, clock, store } = setUp();
    const down = { ...store, renew: () => Promise.reject(new Error('The disk is full.')) };
    const reasons: unknown[] = [];
    const send = async (signal: AbortSignal): Promise<Made> => {
      await clock.advance(leaseMs);
      reasons.push(signal.reason);
      return failWith('write.uncertain')();
    };
    await expect(write({ store: down, send })).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(reasons).toEqual([expect.objectContaining({ code: 'lease.lost' })]);
  });
});

const isEnd = ({ id }: Made) => id !== 'refused';

describe('a refusal that is no end', () => {
  it('frees the key, and is given to whoever asked', async () => {
    const { write, orders } = setUp();
    expect(await write({ isEnd, send: async () => ({ id: 'refused' }) })).toEqual({ id: 'refused' });
    expect(await write({ isEnd })).toEqual({ id: 'o1' });
    expect(await write({ isEnd })).toEqual({ id: 'o1' });
    expect(orders).toHaveLength(1);
  });

  it('does not free a key that is in doubt', async () => {
    const { write } = setUp();
    await expect(write({ send: failWith('write.uncertain') })).rejects.toMatchObject({ code: 'write.uncertain' });
    await write({ afterDoubt: 'send', isEnd: () => false });
    await expect(write()).rejects.toMatchObject({ code: 'write.uncertain' });
  });
});

it('takes a corrected request after one that certainly did nothing', async () => {
  const { write, orders } = setUp();
  await expect(write({ send: failWith('customer.missing') })).rejects.toMatchObject({ code: 'customer.missing' });
  expect(await write({ request: { number: '1042', customer: 'C1' } })).toEqual({ id: 'o1' });
  await expect(write()).rejects.toMatchObject({ code: 'key.reused' });
  expect(orders).toHaveLength(1);
});

/** The timers of a process that stands still stand still too. */
const frozen = (clock: TestClock) => ({
  ...clock,
  deadline: () => ({ signal: new AbortController().signal, clear: () => {} }),
});

describe('a lease whose answer came late', () => {
  it('counts from when it was asked for', async () => {
    const { write, clock, store, orders } = setUp();
    const begin: IdempotencyStore['begin'] = async (...given) => {
      const begun = await store.begin(...given);
      await clock.advance(leaseMs);
      expect(await write({ afterDoubt: 'send' })).toEqual({ id: 'o1' });
      return begun;
    };
    const send = async (signal: AbortSignal): Promise<Made> => {
      throwIfGone(signal);
      return { id: `o${orders.push('1042')}` };
    };
    const late = write({ store: { ...store, begin }, clock: frozen(clock), send });
    await expect(late).rejects.toMatchObject({ code: 'lease.lost' });
    expect(orders).toHaveLength(1);
  });

  it('is renewed in time all the same', async () => {
    const { write, clock, store } = setUp();
    const begin: IdempotencyStore['begin'] = async (...given) => {
      const begun = await store.begin(...given);
      await clock.advance(leaseMs - 1_000);
      return begun;
    };
    const send = async (signal: AbortSignal): Promise<Made> => {
      await clock.advance(2 * leaseMs);
      throwIfGone(signal);
      return { id: 'o1' };
    };
    expect(await write({ store: { ...store, begin }, send })).toEqual({ id: 'o1' });
  });
});

it('does not take a lease for its own because the clock was set back', async () => {
  const { write, clock, orders } = setUp();
  let backMs = 0;
  const own = { ...frozen(clock), now: () => clock.now() - backMs };
  const send = async (signal: AbortSignal): Promise<Made> => {
    await clock.advance(leaseMs);
    backMs = 240_000;
    expect(await write({ afterDoubt: 'send' })).toEqual({ id: 'o1' });
    throwIfGone(signal);
    return { id: `o${orders.push('1042')}` };
  };
  await expect(write({ clock: own, send })).rejects.toMatchObject({ code: 'lease.lost' });
  expect(orders).toHaveLength(1);
});

describe('a lease that ran out', () => {
  it.each(['stock.insufficient', 'write.uncertain', undefined] as const)(
    'is said at the end of a write that ended as %s, and the one who took over decides',
    async (code) => {
      const { write, clock, orders } = setUp();
      const send = async (): Promise<Made> => {
        await clock.advance(leaseMs + 1);
        // Somebody else takes over, and finds the record.
        expect(await write({ afterDoubt: async () => ({ id: 'o9' }) })).toEqual({ id: 'o9' });
        return code ? failWith(code)() : { id: 'o1' };
      };
      await expect(write({ send, clock: frozen(clock) })).rejects.toMatchObject({ code: 'lease.lost' });
      expect(await write()).toEqual({ id: 'o9' });
      expect(orders).toHaveLength(0);
    },
  );
});
