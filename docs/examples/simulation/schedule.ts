import { setImmediate } from 'node:timers/promises';
import type { Random } from '@crossdock/core';
import type { SimulatedClock } from './clock.ts';

/** Something that waits for the schedule to let it go on. */
export interface Waiting {
  readonly process: number;
  readonly label: string;
  readonly goOn: () => void;
}

/** Who goes on when: every step of every process waits here, and one seed decides the order of all of them. */
export interface Schedule {
  /** Resolves when the schedule lets this step go on, and never when its process dies first. */
  gate(process: number, label: string): Promise<void>;
  readonly waiting: readonly Waiting[];
  letGo(one: Waiting): Promise<void>;
  /** A process that died: nothing of it goes on. */
  forget(process: number): void;
  /** Resolves when nothing runs any more without the schedule. */
  settle(): Promise<void>;
  /** Writes a line into the trace. */
  note(line: string): void;
  readonly trace: readonly string[];
}

export function schedule(clock: SimulatedClock): Schedule {
  const waiting: Waiting[] = [];
  const trace: string[] = [];
  const startedAt = clock.now();
  let arrivals = 0;

  const note = (line: string) => {
    trace.push(`${clock.now() - startedAt} ${line}`);
  };
  // Everything between two gates is made of promises alone, so one turn of the event loop ends it; a second turn without
  // anybody arriving says that it did.
  const settle = async () => {
    for (let before = -1; before !== arrivals;) {
      before = arrivals;
      await setImmediate();
    }
  };

  return {
    waiting,
    trace,
    note,
    settle,
    gate(process, label) {
      arrivals++;
      return new Promise((resolve) => {
        waiting.push({ process, label, goOn: resolve });
      });
    },
    async letGo(one) {
      waiting.splice(waiting.indexOf(one), 1);
      note(`${one.process} ${one.label}`);
      one.goOn();
      await settle();
    },
    forget(process) {
      for (const one of waiting.filter((other) => other.process === process)) waiting.splice(waiting.indexOf(one), 1);
    },
  };
}

/** One of these, by chance. */
export function pick<T>(random: Random, all: readonly T[]): T | undefined {
  return all[Math.floor(random() * all.length)];
}
