import { CommerceError } from '../errors/commerce-error.ts';
import type { ConnectorBase } from '../connector/connector.ts';
import type { ExceptionRecord } from '../ports/stores.ts';
import { moment, type Parts } from './parts.ts';
import { openProblem } from './page-problem.ts';
import { pulls, type EventPage, type PullOperation } from './pulls.ts';
import { startRuns } from './start-runs.ts';
import { tell } from './tell.ts';

/** Where a poll begins, and what stops it. */
export interface PollOptions {
  /** Where a first poll begins. Once a cursor is saved it alone counts. */
  readonly updatedAfter?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}
/** How much a poll read, and how many runs it started. */
export interface PollReport {
  readonly pages: number;
  readonly records: number;
  readonly started: number;
}

/**
 * Pulls everything since the saved cursor. The runs of a page, what could not be read in it and its cursor land together:
 * a crash repeats a page, it never skips one. Of two polls at once the slower one stops without harm.
 */
export async function poll(
  parts: Parts,
  system: string,
  operation: PullOperation,
  { updatedAfter, signal }: PollOptions = {},
): Promise<PollReport> {
  const name = `${system}/${operation}`;
  let cursor = await parts.stores.cursors.read(name);
  const pages = pulls[operation](
    connectorOf(parts, system, operation),
    cursor === undefined ? { updatedAfter } : { cursor },
    {
      signal,
    },
  );
  if (pages === undefined) throw notOffered(system, operation);

  const report = { pages: 0, records: 0, started: 0 };
  for await (const page of pages) {
    signal?.throwIfAborted();
    const landed = await land(parts, { system, operation, name, cursor }, page);
    if (landed === undefined) break;
    cursor = page.cursor;
    report.pages++;
    report.records += page.records;
    report.started += landed.started;
    for (const { record, error } of landed.opened) tell(parts.signals, 'exception.opened', record, error);
  }
  return report;
}

/** `undefined`: another poll has moved the cursor, and has or will have this page. */
function land(
  parts: Parts,
  at: {
    readonly system: string;
    readonly operation: PullOperation;
    readonly name: string;
    readonly cursor: string | undefined;
  },
  page: EventPage,
) {
  return parts.stores.atomically(async (inside) => {
    if (!(await inside.cursors.advance(at.name, at.cursor, page.cursor))) return undefined;
    const started = await startRuns(parts, inside, page.events);
    const opened: { readonly record: ExceptionRecord; readonly error: CommerceError }[] = [];
    for (const [index, problem] of page.problems.entries()) {
      const place = { system: at.system, operation: at.operation, cursor: page.cursor, index };
      const record = await openProblem(parts, inside, place, problem, moment(parts.clock));
      if (record) opened.push({ record, error: problem.error });
    }
    return { started, opened };
  });
}

function connectorOf(parts: Parts, system: string, operation: PullOperation): ConnectorBase {
  const connector = Object.hasOwn(parts.systems, system) ? parts.systems[system] : undefined;
  if (connector === undefined) throw notOffered(system, operation);
  return connector;
}

function notOffered(system: string, operation: string): CommerceError {
  return new CommerceError({
    code: 'wiring.invalid',
    message: `"${system}" was not polled: no connected system of that name offers "${operation}". Name one that does.`,
    system,
    operation,
  });
}
