import type { ReleasePayload } from '../exceptions/later-release.ts';
import { settleException } from '../exceptions/open-exception.ts';
import type { ClaimedJob } from '../ports/stores.ts';
import type { JobLease } from './job-lease.ts';
import type { Parts } from './parts.ts';
import { plain, type Task } from './task.ts';

/** Releases the job of an exception whose replay was given a moment, unless something else was decided since. */
export function releaseTask(
  { stores }: Parts,
  job: ClaimedJob,
  lease: JobLease,
  { exception, occurrences }: ReleasePayload,
): Task {
  return {
    ...plain,
    flow: 'replay',
    run: job.id,
    step: 'release',
    refs: [],
    async perform() {
      await stores.atomically(async (inside) => {
        if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') throw lease.lose();
        const record = await inside.exceptions.get(exception);
        const isMeant = record?.state === 'replaying' && record.occurrences === occurrences;
        if (isMeant) await inside.jobs.release(record.job);
        // Of its own, where it was before a person.
        await settleException(inside, job.id);
      });
    },
  };
}
