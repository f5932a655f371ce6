import type { Clock, Json, SharedStore } from '@crossdock/core';
import * as z from 'zod';

const noteSchema = z.object({ attempt: z.string(), since: z.number(), leaseMs: z.number() });

/** Ours is the attempt, or somebody else's may be under way for so long. */
export type StartNote = { readonly takeBack: () => Promise<void> } | { readonly leftMs: number };

/**
 * Notes what is about to be sent where all processes with the same store see it. A note holds as long as what was sent may
 * be on its way, also when whoever made it died; it is taken back only where nothing was sent.
 */
export function startNotes(store: SharedStore, leaseMs: number): { note(name: string): Promise<StartNote> } {
  return {
    async note(name) {
      const attempt = crypto.randomUUID();
      const leftMs = await store.update(name, (state, now) => {
        const before = noteSchema.safeParse(state).data;
        const left = before ? before.leaseMs - Math.max(0, now - before.since) : 0;
        return left > 0 ? { result: left } : { next: { attempt, since: now, leaseMs }, result: 0 };
      });
      if (leftMs > 0) return { leftMs };
      return {
        takeBack: () =>
          store.update(name, (state) => {
            const isOurs = noteSchema.safeParse(state).data?.attempt === attempt;
            return { next: isOurs ? {} : undefined, result: undefined };
          }),
      };
    },
  };
}

/** What one client alone knows: enough where nobody else starts the same, and lost when its process ends. */
export function ownNotes(clock: Pick<Clock, 'now'>): SharedStore {
  const states = new Map<string, Json>();
  return {
    async update(name, change) {
      const { next, result } = change(states.get(name), clock.now());
      if (next !== undefined) states.set(name, next);
      return result;
    },
  };
}
