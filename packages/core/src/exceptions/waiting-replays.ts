import type { Stores } from '../ports/stores.ts';
import { isWaitingReplay, releasedAt } from './later-release.ts';

/** Replays that are decided and not due yet: nothing of them is in `counts`, and their keys wait. */
export type WaitingReplays = {
  readonly count: number;
  /** When the first of them is due, and the last. */
  readonly nextAt: string | undefined;
  readonly lastAt: string | undefined;
};

const pageSize = 100;

/** Counts the replays that wait for their moment. */
export async function waitingReplays(stores: Pick<Stores, 'exceptions' | 'jobs'>): Promise<WaitingReplays> {
  let count = 0;
  let after: string | undefined;
  const moments: string[] = [];
  for (;;) {
    const page = await stores.exceptions.list({ state: 'replaying', after, limit: pageSize });
    if (page.length === 0) break;
    for (const record of page) {
      if (!(await isWaitingReplay(stores, record))) continue;
      count++;
      const dueAt = await releasedAt(stores, record);
      if (dueAt !== undefined) moments.push(dueAt);
    }
    after = page.at(-1)?.id;
  }
  // Moments of one form, so that their order as text is their order in time.
  moments.sort();
  return { count, nextAt: moments[0], lastAt: moments.at(-1) };
}
