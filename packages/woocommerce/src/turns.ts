import { CommerceError, type Lane, type ReadOptions } from '@crossdock/core';

/** Lets so many pieces of work run at a time, urgent ones first, in a lane in the order in which they came. */
export interface Turns {
  /** Runs `work` when it is its turn. Aborted while it waits, it rejects with `call.aborted` and is never run. */
  take<T>(options: TurnOptions, work: () => Promise<T>): Promise<T>;
}

export interface TurnOptions extends ReadOptions {
  readonly operation: string;
}

interface Waiting {
  readonly lane: Lane;
  readonly go: () => void;
}

export function turns(atOnce: number, system: string): Turns {
  let running = 0;
  const queue: Waiting[] = [];

  function next(): void {
    if (running >= atOnce) return;
    const first = laneOrder.map((lane) => queue.find((one) => one.lane === lane)).find((one) => one !== undefined);
    if (!first) return;
    queue.splice(queue.indexOf(first), 1);
    running += 1;
    first.go();
  }

  return {
    async take({ operation, lane = 'normal', signal }, work) {
      if (signal?.aborted) throw stopped(operation, system);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiting: Waiting = { lane, go: resolve };
      const onAbort = (): void => {
        const at = queue.indexOf(waiting);
        if (at < 0) return;
        queue.splice(at, 1);
        reject(stopped(operation, system));
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(waiting);
      next();
      try {
        await promise;
      } finally {
        signal?.removeEventListener('abort', onAbort);
      }
      try {
        return await work();
      } finally {
        running -= 1;
        next();
      }
    },
  };
}

/** One after another for each key, beside each other for different ones. */
export function turnsByKey(system: string): {
  take<T>(key: string, options: TurnOptions, work: () => Promise<T>): Promise<T>;
} {
  const lines = new Map<string, { readonly turns: Turns; users: number }>();
  return {
    async take(key, options, work) {
      const line = lines.get(key) ?? { turns: turns(1, system), users: 0 };
      lines.set(key, line);
      line.users += 1;
      try {
        return await line.turns.take(options, work);
      } finally {
        line.users -= 1;
        // Kept only while somebody is in it: a shop has more orders than a process should remember.
        if (line.users === 0) lines.delete(key);
      }
    },
  };
}

const laneOrder: readonly Lane[] = ['urgent', 'normal', 'bulk'];

function stopped(operation: string, system: string): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    system,
    operation,
    message: `\`${operation}\` at "${system}" was stopped by its caller before its turn came. Call it again when it is wanted.`,
  });
}
