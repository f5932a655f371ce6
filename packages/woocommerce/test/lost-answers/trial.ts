import { isCommerceError } from '@crossdock/core';
import { seededRandom, type Fault } from '@crossdock/testing';
import type { WooCommerceOptions } from '../../src/index.ts';
import { shopWithGoods } from '../world.ts';

export type World = ReturnType<typeof shopWithGoods>;
type Shop = World['shop'];

/** A write that is tried, on a shop of its own each time. */
export interface TriedWrite {
  readonly operation: string;
  /** How the shop is made, where it is not the plain one. */
  readonly world?: () => World;
  /** Puts into the shop what is written to. `number` is another one each time. */
  readonly prepare: (world: World, number: number) => Prepared | Promise<Prepared>;
}

interface Prepared {
  /** Makes the write, as often as it is called, and gives what it answered, as text. */
  readonly write: (
    shop: Shop,
    options: { readonly idempotencyKey: string; readonly signal?: AbortSignal },
  ) => Promise<string>;
  /** What there is in the shop, as text. */
  readonly effect: () => string;
  /** What there has to be in the end: the write, once. */
  readonly wanted: string;
}

/** What may happen to a call, by the way that it goes wrong. */
type Trouble = { readonly how: string; readonly fault: Fault } | { readonly how: 'abort before' | 'abort after' };

const timeoutMs = 5000;

const troubles: readonly Trouble[] = [
  { how: 'drop before', fault: { kind: 'drop', when: 'before' } },
  { how: 'drop after', fault: { kind: 'drop', when: 'after' } },
  { how: '502 after the commit', fault: { kind: 'fail-after', status: 502 } },
  { how: '504 after the commit', fault: { kind: 'fail-after', status: 504 } },
  { how: 'timeout', fault: { kind: 'slow', ms: timeoutMs + 1000 } },
  { how: 'half an answer', fault: { kind: 'malformed' } },
  { how: 'commit long after the line broke', fault: { kind: 'late', ms: 20_000 } },
  { how: 'abort before' },
  { how: 'abort after' },
];

/** Longer than a shop works on what was given up, as it is said in the README. */
const settleMs = 60_000;
const mostAttempts = 8;
/** Attempts that something happens to; then the network is well. */
const troubled = 3;

/**
 * One trial: the write is called until it succeeds, by this process or another one, and something goes wrong with a call of
 * the first attempts. Then it is called once more by a new process. Gives what happened, and throws where the effect is
 * not there exactly once.
 */
export async function trial(tried: TriedWrite, seed: number): Promise<string> {
  const random = seededRandom(seed);
  const draw = (end: number) => Math.floor(random() * end);
  const world = tried.world?.() ?? shopWithGoods();
  const { write, effect, wanted } = await tried.prepare(world, seed);
  const story: string[] = [];
  const options = { timeoutMs } satisfies Partial<WooCommerceOptions>;
  let trouble: { readonly at: number; readonly what: Trouble; readonly stop: AbortController } | undefined;
  let calls = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    calls += 1;
    if (trouble === undefined || calls !== trouble.at) return world.fake.fetch(request);
    const { what, stop } = trouble;
    story.push(`${what.how} at call ${calls}, ${request.method} ${new URL(request.url).pathname.slice(8)}`);
    if ('fault' in what) {
      world.fake.faults.next('*', what.fault);
      return world.fake.fetch(request);
    }
    if (what.how === 'abort after') await world.fake.fetch(new Request(request, { signal: null }));
    stop.abort();
    throw new DOMException('aborted', 'AbortError');
  };
  const process = () => world.connect({ ...options, fetch });
  let shop = process();
  let answer: string | undefined;
  for (let attempt = 1; answer === undefined; attempt += 1) {
    if (attempt > mostAttempts) throw new Error(`It never succeeded: ${story.join('; ')}.`);
    const stop = new AbortController();
    calls = 0;
    trouble =
      attempt > troubled ? undefined : { at: 1 + draw(7), what: troubles[draw(troubles.length)] ?? never(), stop };
    try {
      answer = await write(shop, { idempotencyKey: `key-${seed}`, signal: stop.signal });
      story.push(`"${answer}"`);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      story.push(error.code);
      await world.clock.advance(settleMs);
    }
    if (draw(2) === 0) shop = process();
  }
  trouble = undefined;
  await world.clock.advance(settleMs);
  const again = await write(process(), { idempotencyKey: `key-${seed}` });
  const there = effect();
  if (again !== answer) throw new Error(`It answered "${answer}", and then "${again}": ${story.join('; ')}.`);
  if (there !== wanted) throw new Error(`There is ${there}, and should be ${wanted}: ${story.join('; ')}.`);
  return story.join('; ');
}

function never(): never {
  throw new Error('There is a trouble for each number below their count.');
}
