import { CommerceError } from '../../src/errors/commerce-error.ts';
import { memoryStores } from '../../src/memory/memory-stores.ts';
import type { Json } from '../../src/model/json.ts';
import type { BucketOptions } from '../../src/policies/allowance.ts';
import { sharedThrottle } from '../../src/policies/shared-throttle.ts';
import type { Throttle } from '../../src/policies/throttle.ts';
import type { Lane } from '../../src/ports/options.ts';
import type { SharedStore } from '../../src/ports/stores.ts';
import { testClock } from '../../../testing/src/fake/clock.ts';

const name = 'shop/bucket/calls';
/** One call at once, and one a second. */
const one = { capacity: 1, refillPerSecond: 1 };

/** Processes that share an allowance. `kill` stops a process for good, as a crash does. */
export function setUp(bucket: BucketOptions = one, longestWaitMs = Number.POSITIVE_INFINITY) {
  const clock = testClock({ auto: false, turns: 1 });
  let storeIsBehindMs = 0;
  const memory = memoryStores({ clock: { now: () => clock.now() - storeIsBehindMs } }).shared;
  let down = false;
  let losesAnswer = false;
  let answersAfter: Promise<void> | undefined;
  let updates = 0;
  const shared: SharedStore = {
    async update(of, change) {
      updates++;
      const result = down ? undefined : await memory.update(of, change);
      await answersAfter;
      if (result !== undefined && !losesAnswer) return result;
      losesAnswer = false;
      throw new CommerceError({ code: 'store.unavailable', message: 'The disk is full.' });
    },
  };
  /** One whose own clock is apart from the world's by so much, until it is killed. */
  function process(apartMs = 0): { throttle: Throttle; kill(): void; setClockBack(ms: number): void } {
    let isDead = false;
    let behindMs = 0;
    const never = new Promise<never>(() => undefined);
    const own: SharedStore = { update: (of, change) => (isDead ? never : shared.update(of, change)) };
    const throttle = sharedThrottle({
      shared: own,
      name,
      bucket,
      clock: { ...clock, now: () => clock.now() + apartMs - behindMs },
      longestWaitMs,
    });
    return { throttle, kill: () => (isDead = true), setClockBack: (ms) => (behindMs += ms) };
  }
  return {
    clock,
    process,
    store: {
      updates: () => updates,
      setDown: (isDown: boolean) => (down = isDown),
      setClockBack: (ms: number) => (storeIsBehindMs += ms),
      loseNextAnswer: () => (losesAnswer = true),
      answerAfter(moment: Promise<void>) {
        answersAfter = moment;
      },
      state: () => memory.update<Json>(name, (state) => ({ result: state })),
      put: (state: Json) => memory.update(name, () => ({ next: state, result: undefined })),
    },
  };
}

/** Asks, and notes in `order` when it went, answered at once. */
export function ask(order: string[], what: string, allowance: Throttle, lane: Lane, cost = 1): void {
  void allowance.reserve(cost, lane).then((reservation) => {
    order.push(what);
    reservation.settle();
    return what;
  });
}

/** What became of it, without waiting for longer than the world stands still. */
export async function soon<T>(clock: { advance(ms: number): Promise<void> }, work: Promise<T>): Promise<T | 'waits'> {
  let end: T | 'waits' = 'waits';
  void work.then((value) => (end = value));
  await clock.advance(0);
  return end;
}
