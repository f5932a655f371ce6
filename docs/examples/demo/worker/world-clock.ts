import type { Clock } from '@crossdock/core';
import type { ToWorker, ToWorld } from '../world/messages.ts';

/** Real milliseconds in which nothing is asked and nothing answered. */
const quietMs = 1;

/**
 * The world's clock, seen from the worker's process. Waits are waits in the world: it lets time pass when everybody in
 * it is idle. Deadlines are real time, because the sockets between the two are real.
 */
export function worldClock(
  startAt: number,
  calls: { readonly open: number },
): Clock & { receive(message: ToWorker): void; goOnTo(moment: number): void } {
  let now = startAt;
  let asking: NodeJS.Timeout | undefined;
  let nextId = 0;
  const sleepers = new Map<number, () => void>();

  /** Once nothing came or went for a moment, the world is told that it may let time pass. */
  function sayWhenIdle(): void {
    clearTimeout(asking);
    asking = setTimeout(() => {
      if (sleepers.size === 0) return;
      if (calls.open > 0) sayWhenIdle();
      else tell({ kind: 'idle' });
    }, quietMs);
  }

  return {
    now: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const id = nextId++;
        const onAbort = () => {
          sleepers.delete(id);
          tell({ kind: 'wake-cancelled', id });
          reject(signal?.reason as Error);
        };
        sleepers.set(id, () => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        });
        signal?.addEventListener('abort', onAbort, { once: true });
        tell({ kind: 'sleep', id, ms });
        sayWhenIdle();
      });
    },
    deadline(ms) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(new DOMException('The time limit passed.', 'TimeoutError')), ms);
      return { signal: controller.signal, clear: () => clearTimeout(timer) };
    },
    goOnTo(moment) {
      now = Math.max(now, moment);
    },
    receive(message) {
      now = Math.max(now, message.now);
      sayWhenIdle();
      if (message.kind !== 'wake') return;
      sleepers.get(message.id)?.();
      sleepers.delete(message.id);
    },
  };
}

/** Sends a message to the world. Without one, the worker has nobody to work for. */
export function tell(message: ToWorld): void {
  if (!process.send) throw new Error('The worker was started by hand. Start it with "npm run demo".');
  // Once the world has hung up, nobody is left to tell; the process is about to end.
  if (process.connected) process.send(message);
}
