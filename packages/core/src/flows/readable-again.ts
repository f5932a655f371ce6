import { closeSuperseded } from '../exceptions/superseded.ts';
import type { Ref } from '../model/ref.ts';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';
import { rereadOfJob } from './job-payload.ts';
import { isBefore, type ReadableState } from './state-age.ts';

/**
 * Closes what was put before a person because these records could not be read in a page, now that they can: only what was
 * opened before they were asked for, and is not about a later state than was read. It costs one look-up where nothing of this
 * pull is open.
 */
export async function closeReadable(
  inside: StoreSet,
  {
    system,
    operation,
    states,
    askedAt,
    at,
  }: {
    readonly system: string;
    readonly operation: string;
    readonly states: readonly ReadableState[];
    /** When the records were asked for, at the latest: by the store's clock, as `changedAt` is. */
    readonly askedAt: string;
    readonly at: string;
  },
): Promise<void> {
  const flow = `${system}/${operation}`;
  const open = async (limit: number, ref?: Ref) => inside.exceptions.list({ state: 'open', flow, ref, limit });
  if (states.length === 0 || (await open(1)).length === 0) return;
  for (const state of states) {
    for (const record of await open(100, state.ref)) {
      if (record.changedAt > askedAt || !(await isAbout(inside, record, state))) continue;
      const note = `The record can be read again, as "${operation}" of "${system}" saw.`;
      await closeSuperseded(inside, record, { by: flow, note, at, details: { operation } });
    }
  }
}

/** Errors name other records, too; the job knows which one was in the page, and which state of it. */
async function isAbout({ jobs }: StoreSet, { job }: ExceptionRecord, state: ReadableState): Promise<boolean> {
  const stored = await jobs.peek(job);
  const { ref, version } = (stored && rereadOfJob(stored)) ?? {};
  const { system, kind, id } = state.ref;
  return ref?.system === system && ref.kind === kind && ref.id === id && !isBefore(state, version);
}
