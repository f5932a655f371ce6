import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import type { Clock } from '../ports/clock.ts';
import { lanes, type Lane } from '../ports/options.ts';
import type { SharedStore } from '../ports/stores.ts';
import type { BucketOptions } from './allowance.ts';
import { believable, zeroOrMore } from './reading.ts';
import { takeTurn, type CallEnd, type Fate, type ProcessTurn, type Settled, type TurnAnswer } from './shared-turn.ts';
import type { Reservation, Throttle } from './throttle.ts';

/** How long what a process holds is held without a sign of life. */
const leaseMs = 30_000;

/** What an allowance needs to be shared between processes. */
export interface SharedThrottleOptions {
  readonly shared: SharedStore;
  /** The name of its state in the store. All who draw from the allowance use the same one. */
  readonly name: string;
  readonly bucket: BucketOptions;
  readonly clock: Clock;
  readonly longestWaitMs: number;
}

type Waiting = {
  readonly cost: number;
  readonly askedAt: number;
  readonly admit: (settledBefore: Settled) => void;
  readonly refuse: (error: CommerceError) => void;
};

/**
 * Lets calls through as a platform's allowance permits to all processes together. What is left of it lives in the store;
 * a process tells and asks there in one update whatever came up since its last one, so a call costs two at most. Calls
 * are let through in the order of their lanes, whichever process they wait in. While the store cannot be asked, nothing
 * is sent: a call ends as `allowance.unknown`. A process that shows no sign of life for half a minute has spent whatever
 * it held.
 */
export function sharedThrottle(options: SharedThrottleOptions): Throttle {
  const { shared, name, bucket, clock, longestWaitMs } = options;
  const settings = { name, options: bucket, longestWaitMs, leaseMs };
  const waiting: Record<Lane, Waiting[]> = { urgent: [], normal: [], bulk: [] };
  const used = { calls: 0, spent: 0, throttled: 0, waitedMs: 0 };
  let ends: readonly CallEnd[] = [];
  let held = 0;
  let member: ProcessTurn['member'];
  /** The first of each lane that waited after the last look: since when they do is known to all. */
  let firsts: ReadonlySet<Waiting> = new Set();
  let isLooking = false;
  let isLookWanted = false;
  let alarm: AbortController | undefined;
  let heartbeat: ReturnType<Clock['deadline']> | undefined;

  function look(): void {
    isLookWanted = true;
    if (!isLooking) void lookWhileWanted();
  }

  async function lookWhileWanted(): Promise<void> {
    isLooking = true;
    // Whatever comes up in the same breath goes in one update.
    await Promise.resolve();
    while (isLookWanted) {
      isLookWanted = false;
      await lookOnce();
    }
    isLooking = false;
    keepAlive();
  }

  async function lookOnce(): Promise<void> {
    alarm?.abort();
    alarm = undefined;
    const asked = { urgent: [...waiting.urgent], normal: [...waiting.normal], bulk: [...waiting.bulk] };
    const told = { member, held, ends };
    const turn = (): ProcessTurn => ({
      ...told,
      asked: { urgent: asked.urgent.map(waitOf), normal: asked.normal.map(waitOf), bulk: asked.bulk.map(waitOf) },
    });
    let answer: TurnAnswer;
    try {
      answer = await shared.update(name, (kept, now) => takeTurn(kept, turn(), now, settings));
    } catch (error) {
      // What has ended is told again at the next look. Told twice, it counts twice: less is left then, never more.
      refuseAll(unknown(name, error));
      return;
    }
    member = answer.member;
    ends = ends.slice(told.ends.length);
    firsts = new Set(lanes.flatMap((lane) => asked[lane].find((_, place) => waits(answer.fates[lane][place])) ?? []));
    for (const lane of lanes) {
      for (const [place, one] of asked[lane].entries()) decide(lane, one, answer.fates[lane][place], answer.settled);
    }
    if (answer.lookInMs !== undefined) void lookIn(answer.lookInMs);
  }

  function waitOf(one: Waiting): ProcessTurn['asked'][Lane][number] {
    return { cost: one.cost, waitedMs: clock.now() - one.askedAt, isKnown: firsts.has(one) };
  }

  function decide(lane: Lane, one: Waiting, fate: Fate | undefined, settled: Settled): void {
    if (fate === undefined || fate.as === 'waiting') return;
    // It gave up while we asked: nothing of it goes out, and the look that it wanted then gives its share back.
    if (!waiting[lane].includes(one)) return;
    waiting[lane] = waiting[lane].filter((other) => other !== one);
    if (fate.as === 'shut') one.refuse(noRoom(longestWaitMs, fate.retryAfterMs));
    else one.admit(settled);
  }

  function refuseAll(error: CommerceError): void {
    for (const lane of lanes) for (const one of waiting[lane].splice(0)) one.refuse(error);
  }

  async function lookIn(ms: number): Promise<void> {
    const replaced = new AbortController();
    alarm = replaced;
    try {
      await clock.sleep(ms, replaced.signal);
    } catch (error) {
      // Replaced by another look; anything else is the clock's failure, and nobody would be woken again.
      if (replaced.signal.aborted) return;
      throw error;
    }
    look();
  }

  /** A deadline and not a sleep: a sign of life is nothing that a simulated clock should hurry towards. */
  function keepAlive(): void {
    if (held === 0) {
      heartbeat?.clear();
      heartbeat = undefined;
    } else if (heartbeat === undefined) {
      heartbeat = clock.deadline(leaseMs / 3);
      heartbeat.signal.addEventListener('abort', beat, { once: true });
    }
  }

  function beat(): void {
    heartbeat = undefined;
    look();
  }

  function admit(cost: number, settledBefore: Settled): Reservation {
    let isOpen = true;
    held += cost;
    used.calls++;
    const end = (how: () => CallEnd) => {
      if (!isOpen) return;
      isOpen = false;
      held -= cost;
      ends = [...ends, how()];
      look();
    };
    return {
      settle: (told = {}) =>
        end(() => {
          const reading = believable(told);
          used.spent += reading.spent ?? cost;
          return { as: 'settled', cost, reading, settledBefore };
        }),
      giveBack: () =>
        end(() => {
          used.calls--;
          return { as: 'given-back', cost };
        }),
      refused: (retryAfterMs) =>
        end(() => {
          used.throttled++;
          return { as: 'refused', cost, retryAfterMs: zeroOrMore(retryAfterMs) };
        }),
    };
  }

  return {
    reserve(cost, lane, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<Reservation>();
      if (signal?.aborted) return Promise.reject(signal.reason as Error);
      const askedAt = clock.now();
      const onAbort = () => {
        waiting[lane] = waiting[lane].filter((other) => other !== one);
        reject(signal?.reason as Error);
        look();
      };
      const one: Waiting = {
        cost,
        askedAt,
        admit(settledBefore) {
          signal?.removeEventListener('abort', onAbort);
          used.waitedMs += clock.now() - askedAt;
          resolve(admit(cost, settledBefore));
        },
        refuse(error) {
          signal?.removeEventListener('abort', onAbort);
          reject(error);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      waiting[lane].push(one);
      look();
      return promise;
    },
    learn(reading) {
      ends = [...ends, { as: 'heard', cost: 0, reading: { ...believable(reading), spent: undefined } }];
      look();
    },
    usage: () => ({ ...used }),
  };
}

function waits(fate: Fate | undefined): boolean {
  return fate?.as === 'waiting';
}

/** The allowance itself is shut. */
function noRoom(longestWaitMs: number, retryAfterMs: number): CommerceError {
  return new CommerceError({
    code: 'platform.throttled',
    message: `A call was not sent: its allowance is shut for more than ${longestWaitMs} ms. Try again when it is open.`,
    retryAfterMs,
  });
}

/** Nobody can tell how much is left, so nothing is sent. */
function unknown(name: string, cause: unknown): CommerceError {
  if (isCommerceError(cause, 'allowance.unknown')) return cause;
  const seen = isCommerceError(cause) ? `"${cause.code}"` : 'an error of its own';
  return new CommerceError({
    code: 'allowance.unknown',
    message: `The store that keeps "${name}" for all processes answered with ${seen}. Nothing is sent before it can be asked again; see whether it is up.`,
    cause,
  });
}
