import type { ClaimedJob, JobStore } from '@crossdock/core';
import type { TestClock } from '@crossdock/testing';
import { but, memo, type BrokenStores } from './but.ts';

const jobs = (part: (store: JobStore, clock: TestClock) => Partial<JobStore>) =>
  but((set, clock) => ({ jobs: { ...set.jobs, ...part(set.jobs, clock) } }));

/** One store broken a law. */
export const brokenJobs: BrokenStores = {
  'jobs/claims-without-a-limit': jobs((store) => ({
    claim: (queue, options) => store.claim(queue, { ...options, limit: Math.min(1000, Math.abs(options.limit)) }),
  })),
  'jobs/comes-out-as-it-went-in': jobs((store) => ({
    claim: async (queue, options) =>
      (await store.claim(queue, options)).map((job) => ({ ...job, payload: JSON.stringify(job.payload) })),
  })),
  'jobs/same-id-is-added-once': jobs((store) => {
    const over = new Set<string>();
    return {
      async add(job) {
        const answer = await store.add(job);
        return job.parked === true ? answer : over.has(job.id) ? 'already' : 'added';
      },
      finish(id, lease) {
        over.add(id);
        return store.finish(id, lease);
      },
    };
  }),
  'jobs/finished-id-is-not-added-again': jobs((store) => {
    const over = new Set<string>();
    return {
      async add(job) {
        const answer = await store.add(job);
        return over.has(job.id) ? 'added' : answer;
      },
      finish(id, lease) {
        over.add(id);
        return store.finish(id, lease);
      },
    };
  }),
  'jobs/finished-is-over': jobs((store) => {
    const over = memo<ClaimedJob>();
    const last = memo<ClaimedJob>();
    let claims = 0;
    return {
      async claim(queue, options) {
        const claimed = await store.claim(queue, options);
        claims++;
        for (const job of claimed) last.set(job.id, job);
        return claimed.length === 0 && claims === 2 ? [...over.values()] : claimed;
      },
      async finish(id, lease) {
        const job = last.get(id);
        if (job) over.set(id, job);
        return store.finish(id, lease);
      },
    };
  }),
  'jobs/one-key-one-at-a-time': jobs((store) => {
    const running = memo<ClaimedJob>();
    return {
      async claim(queue, options) {
        const claimed = await store.claim(queue, options);
        // What runs already is handed out once more as soon as somebody asks for more than is there.
        const twice = options.limit > 1 && claimed.length === 0 ? [...running.values()] : [];
        running.clear();
        if (claimed.length > 1 && new Set(claimed.map(({ key }) => key)).has('b'))
          for (const job of claimed) running.set(job.id, job);
        return [...claimed, ...twice];
      },
    };
  }),
  'jobs/next-of-the-key-follows': jobs((store) => ({
    claim: async (queue, options) =>
      (await store.claim(queue, options)).toSorted(() => 0).filter(({ id }) => id !== 'a3'),
  })),
  'jobs/key-keeps-its-order-across-lanes': jobs((store) => ({
    add: (job) => store.add(job.lane === 'urgent' ? { ...job, key: `${job.key}/urgent` } : job),
  })),
  'jobs/job-that-is-not-due-holds-its-key': jobs((store, clock) => ({
    add: (job) => store.add(Date.parse(job.dueAt) > clock.now() ? { ...job, key: `${job.key}/later` } : job),
  })),
  'jobs/waiting-job-holds-its-key': jobs((store, clock) => ({
    retry: (id, lease) => store.retry(id, lease, new Date(clock.now()).toISOString()),
  })),
  'jobs/parked-job-holds-its-key': jobs((store, clock) => {
    const parkedAt = memo<number>();
    return {
      park(id, lease) {
        parkedAt.set(id, clock.now());
        return store.park(id, lease);
      },
      async claim(queue, options) {
        for (const [id, at] of parkedAt) if (clock.now() > at) await store.release(id);
        return store.claim(queue, options);
      },
    };
  }),
  'jobs/urgent-lane-first': jobs((store) => ({ add: (job) => store.add({ ...job, lane: 'normal' }) })),
  'jobs/oldest-first-in-a-lane': jobs((store) => ({
    claim: async (queue, options) =>
      (await store.claim(queue, options)).toSorted((one, other) => other.dueAt.localeCompare(one.dueAt)),
  })),
  'jobs/not-before-it-is-due': jobs((store, clock) => ({
    // Short waits are a little too short.
    add(job) {
      const dueMs = Date.parse(job.dueAt);
      const early = dueMs > clock.now() && dueMs <= clock.now() + 1000 ? dueMs - 1 : dueMs;
      return store.add({ ...job, dueAt: new Date(early).toISOString() });
    },
  })),
  'jobs/no-more-than-asked-for': jobs((store) => ({
    claim: (queue, { leaseMs, limit }) => store.claim(queue, { leaseMs, limit: limit === 2 ? 3 : limit }),
  })),
  'jobs/queues-are-apart': jobs((store) => ({
    add: (job) => store.add(job.parked === true ? job : { ...job, queue: 'q' }),
  })),
  'jobs/lapsed-lease-is-handed-out-again': jobs((store) => ({
    claim: (queue, { leaseMs, limit }) => store.claim(queue, { leaseMs: leaseMs - 1, limit }),
    // It does not even know of its mistake.
    async nextDueAt(queue) {
      const next = await store.nextDueAt(queue);
      const { running } = await store.counts(queue);
      return next === undefined || running === 0 ? next : new Date(Date.parse(next) + 1).toISOString();
    },
  })),
  'jobs/attempts-are-counted': jobs((store) => ({
    claim: async (queue, options) => (await store.claim(queue, options)).map((job) => ({ ...job, attempt: 1 })),
  })),
  'jobs/renewed-lease-holds': jobs((store) => ({
    renew: async (id, lease) => ((await store.renew(id, lease, 0)) === 'lost' ? 'lost' : 'renewed'),
  })),
  'jobs/stale-lease-cannot-finish': jobs((store) => withLatestJobLease(store, 'finish')),
  'jobs/stale-lease-cannot-renew': jobs((store) => withLatestJobLease(store, 'renew')),
  'jobs/stale-lease-cannot-retry': jobs((store) => withLatestJobLease(store, 'retry')),
  'jobs/stale-lease-cannot-park': jobs((store) => withLatestJobLease(store, 'park')),
  'jobs/released-job-is-due-now': jobs((store) => {
    const late = new Set<string>();
    return {
      release(id, dueAt) {
        if (dueAt === undefined) late.add(id);
        return store.release(id, dueAt);
      },
      claim: async (queue, options) => (await store.claim(queue, options)).filter(({ id }) => !late.has(id)),
    };
  }),
  'jobs/released-job-counts-from-zero': jobs((store) => {
    const before = memo<number>();
    return {
      async claim(queue, options) {
        const claimed = await store.claim(queue, options);
        return claimed.map((job) => {
          const attempt = Math.max(job.attempt, (before.get(job.id) ?? 0) + 1);
          before.set(job.id, attempt);
          return { ...job, attempt };
        });
      },
    };
  }),
  'jobs/only-a-parked-job-is-released': jobs((store) => ({
    async release(id, dueAt) {
      await store.release(id, dueAt);
      return true;
    },
  })),
  'jobs/dropped-job-frees-its-key': jobs((store) => ({ drop: async (id) => await store.release(id) })),
  'jobs/only-a-parked-job-is-dropped': jobs((store) => ({
    async drop(id) {
      await store.drop(id);
      return true;
    },
  })),
  'jobs/added-parked-waits-for-a-person': jobs((store) => {
    const parked = new Set<string>();
    return {
      add(job) {
        if (job.parked === true) parked.add(job.id);
        return store.add(job);
      },
      async claim(queue, options) {
        for (const id of parked) await store.release(id);
        return store.claim(queue, options);
      },
    };
  }),
  'jobs/released-job-is-due-when-told': jobs((store) => ({ release: (id) => store.release(id) })),
  'jobs/peek-tells-where-it-is': jobs((store) => ({
    async peek(id) {
      const job = await store.peek(id);
      return job?.state === 'parked' ? { ...job, state: 'queued' } : job;
    },
  })),
  'jobs/parked-are-listed-by-id': jobs((store) => ({
    parked: async (queue, options) =>
      // The order of JavaScript.
      (await store.parked(queue, options)).toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  })),
  'jobs/parked-needs-a-key-of-its-own': jobs((store) => ({
    async add(job) {
      try {
        return await store.add(job);
      } catch {
        return 'added';
      }
    },
  })),
  'jobs/counts-tell-the-states': jobs((store) => ({
    async counts(queue) {
      const { ready, waiting, running, parked } = await store.counts(queue);
      return { ready: ready + waiting, waiting: 0, running, parked };
    },
  })),
  'jobs/tells-what-is-due-next': jobs((store, clock) => ({
    async nextDueAt(queue) {
      const next = await store.nextDueAt(queue);
      const { running } = await store.counts(queue);
      return next !== undefined && running === 0 ? new Date(clock.now() + 60_000).toISOString() : next;
    },
  })),
  'jobs/lease-end-counts-as-due-next': jobs((store) => ({
    async nextDueAt(queue) {
      return (await store.counts(queue)).running > 0 ? undefined : store.nextDueAt(queue);
    },
  })),
  'jobs/crowd-runs-each-once': jobs((store) => {
    let last: ClaimedJob | undefined;
    return {
      async claim(queue, options) {
        const claimed = await store.claim(queue, options);
        const [job] = claimed;
        // A second claimer at the same moment gets what the first has got.
        if (job === undefined && last?.id.startsWith('j') && options.limit === 1) {
          const again = last;
          last = undefined;
          return [again];
        }
        last = job;
        return claimed;
      },
    };
  }),
};

function withLatestJobLease(store: JobStore, method: 'finish' | 'renew' | 'retry' | 'park'): Partial<JobStore> {
  const leases = memo<string>();
  const latest = (id: string, lease: string) => leases.get(id) ?? lease;
  return {
    async claim(queue, options) {
      const claimed = await store.claim(queue, options);
      for (const { id, lease } of claimed) leases.set(id, lease);
      return claimed;
    },
    ...(method === 'finish' && { finish: (id, lease) => store.finish(id, latest(id, lease)) }),
    ...(method === 'renew' && { renew: (id, lease, leaseMs) => store.renew(id, latest(id, lease), leaseMs) }),
    ...(method === 'retry' && { retry: (id, lease, dueAt) => store.retry(id, latest(id, lease), dueAt) }),
    ...(method === 'park' && { park: (id, lease) => store.park(id, latest(id, lease)) }),
  };
}
