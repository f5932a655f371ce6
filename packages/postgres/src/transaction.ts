import { isLost } from './failure.ts';
import type { Session } from './pool.ts';

/** How long whoever makes or empties tables may do nothing in between; others wait for it. */
const idleTimeoutMs = 10_000;

/** Carries out `work` in one transaction in which no wait for a lock is longer, whoever's session it is. */
export async function inTransaction<T>(session: Session, lockTimeoutMs: number, work: () => Promise<T>): Promise<T> {
  await session.tell(
    `begin isolation level read committed; ${lockLimit(lockTimeoutMs)}; set local idle_in_transaction_session_timeout = ${idleTimeoutMs}`,
  );
  try {
    const result = await work();
    await session.tell('commit');
    return result;
  } catch (error) {
    if (!isLost(error)) await session.tell('rollback').catch(() => {});
    throw error;
  }
}

/** Says how long the rest of a transaction waits for a lock. */
export function lockLimit(ms: number): string {
  return `set local lock_timeout = ${ms}`;
}
