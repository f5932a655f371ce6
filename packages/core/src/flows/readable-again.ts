import { closeSuperseded } from '../exceptions/superseded.ts';
import type { Ref } from '../model/ref.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';
import { rereadOfJob } from './job-payload.ts';

/**
 * Closes what was put before a person because these records could not be read in a page, now that they can: only what was
 * opened before they were asked for. It costs one look-up where nothing of this pull is open.
 */
export async function closeReadable(
  inside: StoreSet,
  {
    system,
    operation,
    refs,
    askedAt,
    at,
  }: {
    readonly system: string;
    readonly operation: string;
    readonly refs: readonly Ref[];
    /** When the records were asked for, at the latest. */
    readonly askedAt: string;
    readonly at: string;
  },
): Promise<void> {
  const flow = `${system}/${operation}`;
  const open = async (limit: number, ref?: Ref) => inside.exceptions.list({ state: 'open', flow, ref, limit });
  if (refs.length === 0 || (await open(1)).length === 0) return;
  for (const ref of refs) {
    for (const record of await open(100, ref)) {
      if (record.changedAt > askedAt || !(await isAbout(inside, record, ref))) continue;
      const note = `The record can be read again, as "${operation}" of "${system}" saw.`;
      await closeSuperseded(inside, record, { by: flow, note, at, details: { operation } });
    }
  }
}

/** Errors name other records, too; the job knows which one was in the page. */
async function isAbout({ jobs }: StoreSet, { job }: ExceptionRecord, { system, kind, id }: Ref): Promise<boolean> {
  const stored = await jobs.peek(job);
  const own = stored && rereadOfJob(stored);
  return own?.system === system && own.kind === kind && own.id === id;
}
