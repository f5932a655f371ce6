import * as z from 'zod';
import type { ExceptionRecord, StoreSet } from '../ports/stores.ts';

/** What a job says that releases the job of an exception at its moment. */
export const releasePayloadSchema = z.object({
  kind: z.literal('release'),
  exception: z.string(),
  /** How often the exception had been open by then: after a further time the release is not meant any more. */
  occurrences: z.number(),
});
export type ReleasePayload = z.infer<typeof releasePayloadSchema>;

/**
 * Lets a parked job be released at a moment, inside the unit of work that decides it. The job stays parked until then, so that
 * the decision can be changed. `false`: it is not parked.
 */
export async function releaseAt(inside: StoreSet, record: ExceptionRecord, dueAt: string): Promise<boolean> {
  const job = await inside.jobs.peek(record.job);
  if (job?.state !== 'parked') return false;
  const id = releaseId(record);
  const payload: ReleasePayload = { kind: 'release', exception: record.id, occurrences: record.occurrences };
  const added = await inside.jobs.add({ id, queue: job.queue, key: id, lane: job.lane, dueAt, payload });
  // Only something else that writes to the stores has used the name. Nothing may wait for a job that is over.
  return added === 'added' || inside.jobs.release(record.job, dueAt);
}

/** Whether a replay waits for its moment: until then it can be taken back. */
export async function isWaitingReplay({ jobs }: Pick<StoreSet, 'jobs'>, record: ExceptionRecord): Promise<boolean> {
  return record.state === 'replaying' && (await jobs.peek(record.job))?.state === 'parked';
}

/** When a replay that waits will be released. `undefined`: it waits for nothing. */
export async function releasedAt(
  { jobs }: Pick<StoreSet, 'jobs'>,
  record: ExceptionRecord,
): Promise<string | undefined> {
  return record.state === 'replaying' ? (await jobs.peek(releaseId(record)))?.dueAt : undefined;
}

function releaseId({ id, occurrences }: ExceptionRecord): string {
  return `release/${occurrences}/${id}`;
}
