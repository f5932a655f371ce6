import type { CommerceError } from '../errors/commerce-error.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';
import { openProblem } from './page-problem.ts';
import { moment, type Parts } from './parts.ts';
import { closeReadable } from './readable-again.ts';
import type { EventPage, PullOperation } from './pulls.ts';
import { startRuns } from './start-runs.ts';
import { tell } from './tell.ts';

/** Whose page it is, and the place behind it. */
export interface Landing {
  readonly system: string;
  readonly operation: PullOperation;
  /** The name under which the place is kept. */
  readonly name: string;
  /** What is kept there as long as nobody else has moved it, and what to keep there instead. */
  readonly expected: string | undefined;
  readonly next: string;
  /** When the page was asked for, at the latest, by the store's clock. */
  readonly askedAt: string;
  /** Whether a problem that somebody closed is put before a person again. */
  readonly reopens: boolean;
  /** What lands with it besides. */
  readonly also?: ((inside: StoreSet) => Promise<void>) | undefined;
}

/**
 * Lands a page: the place behind it, its runs, and what could not be read in it, together or not at all. Gives the number
 * of runs begun; `undefined`: somebody else has moved the place, and has or will have this page.
 */
export async function landPage(
  parts: Parts,
  { system, operation, name, expected, next, askedAt, reopens, also }: Landing,
  page: EventPage,
): Promise<number | undefined> {
  const landed = await parts.stores.atomically(async (inside) => {
    if (!(await inside.cursors.advance(name, expected, next))) return undefined;
    const started = await startRuns(parts, inside, page.events);
    const at = moment(parts.clock);
    await closeReadable(inside, { system, operation, states: page.readable, askedAt, at });
    const opened: { readonly record: ExceptionRecord; readonly error: CommerceError }[] = [];
    for (const [index, problem] of page.problems.entries()) {
      const place = { system, operation, cursor: page.cursor, index, reopens };
      const record = await openProblem(parts, inside, place, problem, at);
      if (record) opened.push({ record, error: problem.error });
    }
    await also?.(inside);
    return { started, opened };
  });
  for (const { record, error } of landed?.opened ?? []) tell(parts.signals, 'exception.opened', record, error);
  return landed?.started;
}
