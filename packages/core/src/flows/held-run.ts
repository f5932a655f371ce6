import { CommerceError } from '../errors/commerce-error.ts';
import type { ClaimedJob, NewJob, StoredJob, StoreSet } from '../ports/stores.ts';
import { queue, runOfJob } from './job-payload.ts';
import { moment, type Parts } from './parts.ts';
import type { Task } from './task.ts';

/**
 * Puts a job aside and gives the id of the one that a person will release. A job that holds up nothing else leaves its
 * queue: another job waits in its place, under a key that no other run has.
 */
export async function parkJob(
  inside: StoreSet,
  job: ClaimedJob,
  task: Task,
  { at, inDoubt }: { readonly at: string; readonly inDoubt: boolean },
): Promise<string> {
  if (task.holdsKey === 'always' || (task.holdsKey === 'doubt' && inDoubt) || isHeld(job)) {
    return (await inside.jobs.park(job.id, job.lease)) === 'lost' ? 'lost' : job.id;
  }
  if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') return 'lost';
  const life = (await lifeOf(inside, task.run)) + 1;
  return addJob(inside, task.run, {
    ...sameWork(job),
    id: `held/${life}/${task.run}`,
    key: heldKey(task.run),
    dueAt: at,
    parked: true,
  });
}

/**
 * A run that waited aside and was released goes back under its own key, behind whatever came meanwhile: it may run beside
 * no other of that key. `undefined`: the job is none of these.
 */
export async function handBack({ stores, clock }: Parts, job: ClaimedJob): Promise<'moved' | 'lost' | undefined> {
  if (!isHeld(job)) return undefined;
  const id = runOfJob(job);
  return stores.atomically(async (inside) => {
    const run = await inside.runs.get(id);
    // Goes on where it is, and fails there in words.
    if (run === undefined) return undefined;
    if ((await inside.jobs.finish(job.id, job.lease)) === 'lost') return 'lost';
    const life = await lifeOf(inside, id);
    await addJob(inside, id, {
      ...sameWork(job),
      id: `again/${life}/${id}`,
      key: keyOfRun(run),
      dueAt: moment(clock),
    });
    return 'moved';
  });
}

/** The key under which the jobs of runs with one key wait for each other. */
export function keyOfRun({ key }: { readonly key: string }): string {
  return `key/${key}`;
}

function heldKey(run: string): string {
  return `held/${run}`;
}

/** Whether the job waits aside, under a key that no other run has. */
export function isHeld(job: Pick<StoredJob, 'id' | 'key' | 'payload'>): boolean {
  return job.key === heldKey(runOfJob(job));
}

function sameWork({ lane, payload }: ClaimedJob): Pick<NewJob, 'queue' | 'lane' | 'payload'> {
  return { queue, lane, payload };
}

/** How often it was before a person, which makes the ids of its jobs new ones: a store adds an id once for ever. */
async function lifeOf(inside: StoreSet, run: string): Promise<number> {
  return (await inside.exceptions.ofRun(run))?.occurrences ?? 0;
}

async function addJob(inside: StoreSet, run: string, job: NewJob): Promise<string> {
  if ((await inside.jobs.add(job)) === 'added') return job.id;
  throw new CommerceError({
    code: 'store.corrupt',
    message: `Run "${run}" was not moved to another job: the store had a job "${job.id}" before. Look at what else uses this store; the run stays where it is.`,
  });
}
