import type { ClaimedJob } from '../ports/stores.ts';
import { decodeTask } from './decode-task.ts';
import type { JobLease } from './job-lease.ts';
import { parsePayload } from './job-payload.ts';
import type { Parts } from './parts.ts';
import { rereadTask } from './reread-task.ts';
import { releaseTask } from './release-task.ts';
import { runTask } from './run-task.ts';
import type { Task } from './task.ts';

/** The task that a claimed job stands for. Throws what cannot be told apart from a defect. */
export function taskOf(parts: Parts, job: ClaimedJob, lease: JobLease): Task {
  const payload = parsePayload(job.id, job.payload);
  switch (payload.kind) {
    case 'run':
      return runTask(parts, job, lease, payload.run);
    case 'decode':
      return decodeTask(parts, job, lease, payload);
    case 'reread':
      return rereadTask(parts, job, lease, payload);
    case 'release':
      return releaseTask(parts, job, lease, payload);
  }
}
