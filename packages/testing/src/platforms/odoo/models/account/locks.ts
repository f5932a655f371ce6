import type { Row } from '../../orm/database.ts';
import { rowOf, str, type Env } from '../../orm/env.ts';
import { showDate } from '../../orm/moments.ts';
import { userError } from '../../orm/python-error.ts';

const dayMs = 86_400_000;

/** The last day of the closed books for such a document; nothing dated on it or before can be booked. */
function lockedUntil(env: Env, moveType: string): { readonly name: string; readonly day: string } | undefined {
  const company = rowOf(env, 'res.company', 1);
  const locks = [
    ['Hard Lock Date', 'hard_lock_date'],
    ['Global Lock Date', 'fiscalyear_lock_date'],
    ...(moveType.startsWith('out') ? [['Sales Lock Date', 'sale_lock_date'] as const] : []),
    ...(moveType.startsWith('in') ? [['Purchase Lock date', 'purchase_lock_date'] as const] : []),
  ] as const;
  return locks
    .map(([name, field]) => ({ name, day: str(company, field) }))
    .filter(({ day }) => day !== '')
    .toSorted((a, b) => b.day.localeCompare(a.day))[0];
}

/**
 * The day on which a document is booked: its own, or when the books of that day are closed, today; a credit note goes on the
 * first open day. It is not refused, its date is moved. Recorded on Odoo 19.0, 2026-11-26.
 */
export function bookingDay(env: Env, moveType: string, wanted: string): string {
  const lock = lockedUntil(env, moveType);
  if (!lock || wanted > lock.day) return wanted;
  const open = new Date(Date.parse(lock.day) + dayMs).toISOString().slice(0, 10);
  const today = showDate(env.startedAt);
  const day = moveType.endsWith('refund') && open < today ? open : today;
  if (day <= lock.day) throw closedPeriod(lock);
  return day;
}

/** Refuses to take back what is booked in closed books. */
export function refuseClosed(env: Env, move: Row): void {
  const lock = lockedUntil(env, str(move, 'move_type'));
  if (lock && str(move, 'date') <= lock.day) throw closedPeriod(lock);
}

/** Whether today itself is closed: then the warehouse cannot plan anything either. Recorded on Odoo 19.0, 2026-11-26. */
export function todayIsClosed(env: Env): boolean {
  const lock = lockedUntil(env, 'entry');
  return lock !== undefined && showDate(env.startedAt) <= lock.day;
}

function closedPeriod({ name, day }: { readonly name: string; readonly day: string }) {
  const [year = '', month = '', date = ''] = day.split('-');
  return userError(`You cannot add/modify entries prior to and inclusive of: ${name} (${month}/${date}/${year}).`);
}
