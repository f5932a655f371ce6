import type { ExceptionRecord, StoredJob, Stores, StoreSet } from '../ports/stores.ts';
import { releasedAt } from '../exceptions/later-release.ts';
import { queue, runOfJob } from './job-payload.ts';

/** What has lost its other half, by id. */
export type Strays = {
  /** Open exceptions whose job does not wait for a person: nothing can be decided on them. */
  readonly exceptions: readonly string[];
  /** Jobs that wait for a person of whom nobody is asked: their keys wait for ever. */
  readonly jobs: readonly string[];
};

/** Looks whether everything that waits for a person is seen by one. */
export interface StrayCheck {
  /**
   * Reads every open exception and every parked job. Each of the one belongs to one of the other: whatever is named here was
   * written by something else.
   */
  check(): Promise<Strays>;
}

const pageSize = 100;

/** Open exceptions without a parked job, and parked jobs without an open exception. */
export async function findStrays(stores: Stores): Promise<Strays> {
  const exceptions: string[] = [];
  for await (const record of openExceptions(stores)) {
    if (!(await isParked(stores, record))) exceptions.push(record.id);
  }
  const jobs: string[] = [];
  for await (const job of parkedJobs(stores)) if (!(await isSeen(stores, job))) jobs.push(job.id);
  return {
    exceptions: await still(exceptions, (id) =>
      stores.atomically(async (inside) => {
        const record = await inside.exceptions.get(id);
        return record?.state === 'open' && !(await isParked(inside, record));
      }),
    ),
    jobs: await still(jobs, (id) =>
      stores.atomically(async (inside) => {
        const job = await inside.jobs.peek(id);
        return job?.state === 'parked' && !(await isSeen(inside, job));
      }),
    ),
  };
}

/** Somebody may have decided between two looks: a second one, at both at once, counts. */
async function still(ids: readonly string[], look: (id: string) => Promise<boolean>): Promise<readonly string[]> {
  const found: string[] = [];
  for (const id of ids) if (await look(id)) found.push(id);
  return found;
}

async function isParked({ jobs }: Pick<StoreSet, 'jobs'>, { job }: ExceptionRecord): Promise<boolean> {
  return (await jobs.peek(job))?.state === 'parked';
}

async function isSeen(stores: Pick<StoreSet, 'exceptions' | 'jobs'>, job: StoredJob): Promise<boolean> {
  const record = await stores.exceptions.ofRun(runOfJob(job));
  if (record === undefined || record.job !== job.id) return false;
  return record.state === 'open' || (await releasedAt(stores, record)) !== undefined;
}

async function* openExceptions({ exceptions }: Stores): AsyncGenerator<ExceptionRecord> {
  let after: string | undefined;
  for (;;) {
    const page = await exceptions.list({ state: 'open', after, limit: pageSize });
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)?.id;
  }
}

async function* parkedJobs({ jobs }: Stores): AsyncGenerator<StoredJob> {
  let after: string | undefined;
  for (;;) {
    const page = await jobs.parked(queue, { after, limit: pageSize });
    if (page.length === 0) return;
    yield* page;
    after = page.at(-1)?.id;
  }
}
