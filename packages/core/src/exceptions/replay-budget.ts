import * as z from 'zod';
import type { SharedStore } from '../ports/stores.ts';

const name = 'replays';
const stateSchema = z.object({
  nextMs: z.number(),
  /** When somebody asked last, by the store's clock. */
  askedMs: z.number(),
});

/** When a replay may be due, by the store's clock, and whether that is still to come. */
export interface ReplayMoment {
  readonly dueAt: string;
  readonly isLater: boolean;
}

/**
 * The moment at which the next replay may be due, so that in no minute more than `perMinute` become due: whoever asks, from
 * whichever process. A moment that was given is used up, also when nothing is replayed in it. Where the store's clock was
 * set back, what was left to wait for counts, from now.
 */
export async function nextReplayAt(shared: SharedStore, perMinute: number): Promise<ReplayMoment> {
  const { atMs, isLater } = await shared.update(name, (state, now) => {
    const { nextMs, askedMs } = stateSchema.safeParse(state).data ?? { nextMs: now, askedMs: now };
    const backMs = Math.max(0, askedMs - now);
    const dueMs = Math.max(now, nextMs - backMs);
    return {
      next: { nextMs: dueMs + Math.ceil(60_000 / perMinute), askedMs: now },
      result: { atMs: dueMs, isLater: dueMs > now },
    };
  });
  return { dueAt: new Date(atMs).toISOString(), isLater };
}
