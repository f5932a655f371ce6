import { realMs, realPause } from './clock.ts';
import { isBusy } from './failure.ts';

/** The first pause between two tries, and the longest: a busy process leaves the file free for a moment only. */
const firstPauseMs = 1;
const longestPauseMs = 3;

/**
 * What `attempt` gives as soon as no other process keeps the file locked; after `longestMs` it throws what SQLite said
 * last. SQLite itself can only wait by stopping this process, so its own wait is off and this one lets everything else
 * go on. It takes real time, because the other process does.
 */
export async function whenFree<T>(longestMs: number, attempt: () => T): Promise<T> {
  let began: number | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, 2 * pauseMs)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      began ??= realMs();
      if (realMs() - began >= longestMs) throw error;
    }
    await realPause(pauseMs);
  }
}
