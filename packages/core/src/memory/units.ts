import { CommerceError } from '../errors/commerce-error.ts';
import { afterRealMs } from './clock.ts';
import type { UndoLog } from './table.ts';

/** Runs one operation of a store, at once or when its turn comes. */
export type Run = <T>(operation: () => T) => Promise<T>;

/** Who may touch the tables: one unit of work at a time, and everybody else in between. */
export interface Units {
  /** Waits while a unit is under way, so that nobody sees half of it. */
  readonly outside: Run;
  /** Runs `work` alone; what it wrote is taken back when it throws. */
  alone<T>(work: (inside: Run) => Promise<T>): Promise<T>;
  close(): void;
}

/**
 * Makes the queue in front of the tables that write to `log`. Whoever waits longer than `busyTimeoutMs` for a unit gets
 * `store.unavailable`: it may be the unit itself, which would wait for its own end.
 */
export function units(log: UndoLog, busyTimeoutMs: number): Units {
  let busy = false;
  let closed = false;
  const waiting: (() => void)[] = [];

  async function turn(): Promise<void> {
    if (busy) await myTurn();
    busy = true;
    if (!closed) return;
    done();
    throw new CommerceError({
      code: 'store.unavailable',
      message: 'Nothing was read or written: these stores were closed. Make new ones.',
    });
  }
  function myTurn(): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = afterRealMs(busyTimeoutMs, () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(unitDoesNotEnd(busyTimeoutMs));
      });
      const go = () => {
        stop();
        resolve();
      };
      waiting.push(go);
    });
  }
  function done(): void {
    const next = waiting.shift();
    // Whoever waits longest takes over without a gap in which somebody else could slip in.
    if (next) next();
    else busy = false;
  }

  return {
    async outside(operation) {
      await turn();
      try {
        return operation();
      } finally {
        done();
      }
    },
    async alone(work) {
      await turn();
      let open = true;
      log.begin();
      try {
        const result = await work(async (operation) => {
          if (!open) throw unitIsOver();
          return operation();
        });
        log.commit();
        return result;
      } catch (error) {
        log.rollback();
        throw error;
      } finally {
        open = false;
        done();
      }
    },
    close() {
      closed = true;
    },
  };
}

function unitDoesNotEnd(busyTimeoutMs: number): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `Nothing was read or written: a unit of work did not end within ${busyTimeoutMs} ms. Inside "atomically" use only the stores that it hands to the work, and wait for nothing else.`,
  });
}

function unitIsOver(): CommerceError {
  return new CommerceError({
    code: 'flow.defect',
    message:
      'Nothing was written: the unit of work that these stores belong to is over. Await every write inside "atomically".',
  });
}
