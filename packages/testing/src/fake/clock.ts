import type { Clock } from '@crossdock/core';
import { asleep, deadlineOf } from './timer-waits.ts';
import { turnsInOrder } from './turn.ts';

/** A clock that stands still until it is told to go on. All fakes and the code under test share one. */
export interface TestClock extends Clock {
  /** Lets `ms` pass: everything that becomes due happens in order, each with its consequences before the next. */
  advance(ms: number): Promise<void>;
  /**
   * Keeps the clock from going on while something works; call the returned function when it is done. With `turns` it lets
   * go by itself after so many turns of the event loop, for work that may itself wait for the clock.
   */
  hold(turns?: number): () => void;
  /** How many are asleep. */
  readonly sleepers: number;
  /** When the next sleeper wakes, in milliseconds since 1970. */
  readonly nextWakeAt: number | undefined;
}

/** A test clock that can be set back, as an administrator or a time service does. */
export interface SettableClock extends TestClock {
  /** Sets it back by `ms`. Whoever sleeps still sleeps for as long as it wanted to. */
  setBack(ms: number): void;
}

/** When a simulated clock starts, and whether it goes on by itself. */
export interface TestClockOptions {
  /** Where it starts. Default 2026-11-01T00:00:00Z. */
  readonly startAt?: string | undefined;
  /** Goes on by itself to the next sleeper whenever nothing else happens. Default true. */
  readonly auto?: boolean | undefined;
  /**
   * Turns of the event loop after which the world is taken for idle, in which nothing holds the clock and nothing is hashed
   * or signed. Default 3, which lets work in the same process come to its next wait; fewer where whatever works holds the
   * clock, or says itself when it is idle. Work that waits for more turns than that on something else than this clock and than
   * hashing (a socket, a real timer, a file, zlib) counts as idle, and deadlines may pass in simulated time before it is done. Hold
   * the clock round it: `const release = clock.hold()`, then the work in a `try`, and `release()` in its `finally`.
   */
  readonly turns?: number | undefined;
}

type Timer = {
  at: number;
  readonly order: number;
  readonly kind: 'sleep' | 'deadline';
  readonly fire: () => void;
};

/** Makes a simulated clock. Deadlines pass only when time is moved past them by somebody's sleep or by `advance`. */
export function testClock(options: TestClockOptions = {}): SettableClock {
  let now = Date.parse(options.startAt ?? '2026-11-01T00:00:00Z');
  let setBackMs = 0;
  let order = 0;
  let holds = 0;
  let watching = false;
  const auto = options.auto ?? true;
  const quietTurns = options.turns ?? 3;
  const timers = new Set<Timer>();
  const loop = turnsInOrder();

  function next(kind?: Timer['kind']): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (kind !== undefined && timer.kind !== kind) continue;
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  }

  function add(ms: number, kind: Timer['kind'], fire: () => void): () => void {
    const timer: Timer = { at: now + Math.max(0, ms), order: order++, kind, fire };
    timers.add(timer);
    if (auto && kind === 'sleep') void watch();
    return () => timers.delete(timer);
  }

  function fireUpTo(moment: number): boolean {
    const timer = next();
    if (!timer || timer.at > moment) return false;
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.fire();
    return true;
  }

  /** Waits until nothing is held or hashed for some turns of the event loop. */
  async function quiet(): Promise<void> {
    for (let idle = 0; idle < quietTurns; idle = holds > 0 || loop.isHashing ? 0 : idle + 1) {
      // Who holds the clock may wait for the wall: no reason to keep a processor busy meanwhile.
      await (holds > 0 ? rest() : loop.next());
    }
  }

  async function watch(): Promise<void> {
    if (watching) return;
    watching = true;
    try {
      await quiet();
      for (let sleeper = next('sleep'); sleeper; sleeper = next('sleep')) {
        fireUpTo(sleeper.at);
        await quiet();
      }
    } finally {
      watching = false;
    }
  }

  return {
    now: () => now,
    elapsed: () => now + setBackMs,
    sleep: (ms, signal) => asleep(signal, (wake) => add(ms, 'sleep', wake)),
    deadline: (ms) => deadlineOf((pass) => add(ms, 'deadline', pass)),
    async advance(ms) {
      const target = now + ms;
      await quiet();
      while (fireUpTo(target)) await quiet();
      now = Math.max(now, target);
    },
    setBack(ms) {
      now -= ms;
      setBackMs += ms;
      for (const timer of timers) timer.at -= ms;
    },
    hold(turns = Number.POSITIVE_INFINITY) {
      holds++;
      let held = true;
      const release = () => {
        if (held) holds--;
        held = false;
      };
      const letGo = async () => {
        for (let count = 0; count < turns; count++) {
          if (!held) return;
          await rest();
        }
        release();
      };
      if (Number.isFinite(turns)) void letGo();
      return release;
    },
    get sleepers() {
      return [...timers].filter(({ kind }) => kind === 'sleep').length;
    },
    get nextWakeAt() {
      return next('sleep')?.at;
    },
  };
}

/** A turn that leaves the processor to others. */
function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** How often a walking clock looks at the wall, in milliseconds. */
const paceMs = 20;

/** A test clock that goes with the wall, for fakes that a real program talks to. `stop` ends it. */
export function walkingClock(): { readonly clock: TestClock; readonly stop: () => void } {
  const clock = testClock({ startAt: new Date().toISOString(), auto: false });
  const end = new AbortController();
  const walk = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, paceMs));
      await clock.advance(Math.max(0, Date.now() - clock.now()));
    }
  };
  void walk();
  return { clock, stop: () => end.abort() };
}
