import * as z from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { SharedStore } from '../ports/stores.ts';

const name = 'replays';
const stateSchema = z.object({ nextMs: z.number() });

/**
 * The moment at which the next replay may be due, so that in no minute more than `perMinute` become due: whoever asks, from
 * whichever process. A moment that was given is used up, also when nothing is replayed in it.
 */
export async function nextReplayAt(shared: SharedStore, clock: Pick<Clock, 'now'>, perMinute: number): Promise<string> {
  const now = clock.now();
  const atMs = await shared.update(name, (state) => {
    const nextMs = stateSchema.safeParse(state).data?.nextMs ?? now;
    const dueMs = Math.max(now, nextMs);
    return { next: { nextMs: dueMs + Math.ceil(60_000 / perMinute) }, result: dueMs };
  });
  return new Date(atMs).toISOString();
}
