import type { Json } from '../model/json.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';

/** Who closes it, because of what, and when. */
export interface Superseding {
  readonly by: string;
  readonly note: string;
  readonly at: string;
  readonly details: Readonly<Record<string, Json>>;
}

/**
 * Closes an open exception of which nothing is left to do, inside the unit of work that did it: its job is dropped, its run
 * ends, and the audit says so. `false`: somebody has decided on it, or somebody has to.
 */
export async function closeSuperseded(
  inside: StoreSet,
  record: ExceptionRecord,
  { by, note, at, details }: Superseding,
): Promise<boolean> {
  // What nobody knows is decided by a person, whatever happened since.
  if (record.category === 'uncertain') return false;
  // Whatever has a job that waits for nobody goes on with it.
  if ((await inside.jobs.peek(record.job))?.state !== 'parked') return false;
  if (!(await inside.exceptions.move(record.id, 'open', 'resolved', note))) return false;
  await inside.jobs.drop(record.job);
  await inside.runs.end(record.run, 'dropped');
  await inside.audit.append({
    at,
    actor: by,
    action: 'exception.superseded',
    refs: record.refs,
    details: { exception: record.id, ...details },
  });
  return true;
}
