import * as z from 'zod';
import type { Clock } from '../ports/clock.ts';
import type { SharedStore } from '../ports/stores.ts';

const name = 'replays';
const stateSchema = z.object({
  nextMs: z.number(),
  /** By the clock of whoever asked last. */
  askedMs: z.number().default(0),
});

/** How far the clocks of two processes may be apart. What was asked later than that by another clock is no moment of ours. */
const clocksApartMs = 300_000;

/**
 * The moment at which the next replay may be due, so that in no minute more than `perMinute` become due: whoever asks, from
 * whichever process. A moment that was given is used up, also when nothing is replayed in it. A process whose clock is far
 * ahead moves the moment of nobody else: what was left to wait for counts, from now.
 */
export async function nextReplayAt(shared: SharedStore, clock: Pick<Clock, 'now'>, perMinute: number): Promise<string> {
  const now = clock.now();
  const atMs = await shared.update(name, (state) => {
    const { nextMs, askedMs } = stateSchema.safeParse(state).data ?? { nextMs: now, askedMs: now };
    const isAhead = askedMs - now > clocksApartMs;
    const dueMs = isAhead ? now + Math.max(0, nextMs - askedMs) : Math.max(now, nextMs);
    const next = { nextMs: dueMs + Math.ceil(60_000 / perMinute), askedMs: isAhead ? now : Math.max(now, askedMs) };
    return { next, result: dueMs };
  });
  return new Date(atMs).toISOString();
}
