import * as z from 'zod';
import type { ClaimedJob, Stores, StoreSet } from '../ports/stores.ts';
import { runOfJob } from './job-payload.ts';

/** Names that begin so are our own notes among the results of a run's steps. */
export const notePrefix = '@';

/**
 * How an attempt ended after which there is another. `uncertain`: a write of it may have happened. `stopped`: its worker
 * was told to stop. `outage`: a system could not be reached. `unversioned`: its worker did not have the flow's version.
 */
export type AttemptEnd = 'failed' | 'uncertain' | 'stopped' | 'outage' | 'unversioned';

const noteSchema = z.object({
  end: z.enum(['failed', 'uncertain', 'stopped', 'outage', 'unversioned']),
  step: z.string(),
  at: z.string(),
});
export type AttemptNote = z.infer<typeof noteSchema>;

/** What is known of a job's attempts since it was added, or since a person released it last. */
export interface AttemptHistory {
  readonly ends: readonly AttemptNote[];
  /** Whether one of them ended without a note, as when its process died or lost the job. */
  readonly hasUnended: boolean;
  /** Notes how this attempt ended, inside the unit of work that gives the job back. */
  note(inside: StoreSet, note: AttemptNote): Promise<void>;
}

/**
 * Reads the notes of a job. A store counts attempts from one again after a release, so each note has the number of times
 * that the job was put before a person in its name: what happened before a person decided is not held against it.
 */
export async function attemptHistory(stores: Stores, job: ClaimedJob): Promise<AttemptHistory> {
  const run = runOfJob(job);
  const life = (await stores.exceptions.ofRun(run))?.occurrences ?? 0;
  const prefix = `${notePrefix}attempt/${life}/`;
  const ends: AttemptNote[] = [];
  for (const [name, value] of await stores.runs.steps(run)) {
    const parsed = name.startsWith(prefix) ? noteSchema.safeParse(value) : undefined;
    if (parsed?.success) ends.push(parsed.data);
  }
  return {
    ends,
    hasUnended: ends.length < job.attempt - 1,
    async note(inside, note) {
      await inside.runs.writeStep(run, `${prefix}${job.attempt}`, note);
    },
  };
}
