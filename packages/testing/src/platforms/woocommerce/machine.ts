import type { TestClock } from '../../fake/clock.ts';
import { work, type Rest } from '../../fake/platform.ts';
import { bootMs, writingMs, type Work } from './costs.ts';
import { html } from './host.ts';
import type { WooSpeed } from './options.ts';
import { PhpEnded, type PhpEnding } from './php-ended.ts';

/** The machine that PHP runs on: how many requests it works on, how long each takes, and what happens in between. */
export interface Machine {
  /** Lets `act` happen once in the next call of `operation`: when that has read and not written, or has written and not answered. */
  during(operation: string, act: () => unknown, moment: Moment): void;
  /** Ends PHP in the next batch, after so many of its items are written. */
  stopBatchAfter(items: number, how: PhpEnding): void;
  /** Works on one request, as soon as a worker is free. */
  serve(operation: string, rest: Rest, job: (shift: Shift) => Promise<Response>): Promise<Response>;
}

/** Where another request comes in between. */
export type Moment = 'before-write' | 'before-answer';

/** The time of one request. */
export interface Shift {
  /** Between reading and writing: what happens meanwhile this request has not seen. */
  pause(work: Work, isBatched?: boolean): Promise<void>;
  /** After a write and before what was written is shown: what happens meanwhile is shown too. */
  written(): Promise<void>;
  /** Takes so many milliseconds of a processor. */
  spend(ms: number): Promise<void>;
  /** Before every item of a batch and after the last: throws where PHP is ended. */
  goOn(): void;
}

/** What a machine is made of. */
export interface MachineOptions {
  readonly clock: TestClock;
  /** No time passes without. */
  readonly speed: WooSpeed | undefined;
  readonly statusWorkMs: number;
}

/** Makes the machine of one shop. */
export function machine({ clock, speed, statusWorkMs }: MachineOptions): Machine {
  const between: Record<Moment, Map<string, (() => unknown)[]>> = {
    'before-write': new Map(),
    'before-answer': new Map(),
  };
  const pool = speed && workers(speed);
  let stop: { readonly items: number; readonly how: PhpEnding } | undefined;

  function shift(operation: string, rest: Rest): Shift {
    let spentMs = 0;
    let items = 0;
    let armed: typeof stop;
    async function spend(ms: number): Promise<void> {
      if (!speed || !pool) return;
      spentMs += ms * (speed.slowness ?? 1);
      if (spentMs > (speed.timeLimitMs ?? Number.POSITIVE_INFINITY)) throw new PhpEnded('fatal');
      await rest(ms * (speed.slowness ?? 1) * pool.crowding());
    }
    async function letIn(moment: Moment): Promise<void> {
      const act = between[moment].get(operation)?.shift();
      if (act) await rest(Promise.resolve().then(act));
    }
    return {
      spend,
      written: () => letIn('before-answer'),
      async pause(kind, isBatched = false) {
        await spend(writingMs(kind, isBatched));
        await letIn('before-write');
        if (statusWorkMs > 0 && (kind === 'order status' || kind === 'refund')) await rest(statusWorkMs);
      },
      goOn() {
        if (items === 0) [armed, stop] = [stop, undefined];
        if (armed && items >= armed.items) throw new PhpEnded(armed.how);
        items += 1;
      },
    };
  }

  return {
    during(operation, act, moment) {
      between[moment].set(operation, [...(between[moment].get(operation) ?? []), act]);
    },
    stopBatchAfter(count, how) {
      stop = { items: count, how };
    },
    async serve(operation, rest, job) {
      if (!speed || !pool) return job(shift(operation, rest));
      if (pool.isFull()) return html(503, 'Service Unavailable');
      const working = work(clock, async (ownRest) => {
        await pool.enter(ownRest);
        try {
          const own = shift(operation, ownRest);
          await own.spend(bootMs);
          return await job(own);
        } finally {
          pool.leave();
        }
      });
      const answer = unlessTooLong(clock, working, speed.gatewayTimeoutMs ?? 60_000);
      await rest(answer);
      return answer;
    },
  };
}

/** What the web server in front of PHP gives. It stops waiting after a while; PHP goes on and writes all the same. */
function unlessTooLong(clock: TestClock, working: Promise<Response>, limitMs: number): Promise<Response> {
  const patience = new AbortController();
  const tooLong = clock.sleep(limitMs, patience.signal).then(() => html(504, 'Gateway Time-out'));
  return Promise.race([working, tooLong]).finally(() => patience.abort());
}

/** A limited number of PHP processes on fewer processors: who finds none free waits in a row. */
function workers({ workers: count = 4, processors = 2, backlog = Number.POSITIVE_INFINITY }: WooSpeed) {
  const waiting: (() => void)[] = [];
  let busy = 0;
  return {
    isFull: () => busy >= count && waiting.length >= backlog,
    /** How much longer everything takes when more requests are worked on than there are processors. */
    crowding: () => Math.max(1, busy / processors),
    async enter(rest: Rest): Promise<void> {
      if (busy >= count) await rest(new Promise<void>((resolve) => waiting.push(resolve)));
      else busy += 1;
    },
    leave(): void {
      const next = waiting.shift();
      // Who waits takes the place over, so nobody who comes now is faster.
      if (next) next();
      else busy -= 1;
    },
  };
}
