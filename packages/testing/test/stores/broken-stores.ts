import type { ClaimedJob, InboxEntry, JobStore, Ref, StoreSet, Stores } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import type { TestClock } from '@crossdock/testing';

type Change = (set: StoreSet, clock: TestClock) => Partial<StoreSet>;

/** Stores that are right but for one thing, outside and inside a unit of work. */
function but(change: Change): (clock: TestClock) => Stores {
  return (clock) => {
    const good = memoryStores({ clock });
    return {
      ...good,
      ...change(good, clock),
      atomically: (work) => good.atomically((inside) => work({ ...inside, ...change(inside, clock) })),
    };
  };
}

const idempotency = (part: (store: StoreSet['idempotency'], clock: TestClock) => Partial<StoreSet['idempotency']>) =>
  but((set, clock) => ({ idempotency: { ...set.idempotency, ...part(set.idempotency, clock) } }));
const links = (part: (store: StoreSet['links']) => Partial<StoreSet['links']>) =>
  but((set) => ({ links: { ...set.links, ...part(set.links) } }));
const cursors = (part: (store: StoreSet['cursors']) => Partial<StoreSet['cursors']>) =>
  but((set) => ({ cursors: { ...set.cursors, ...part(set.cursors) } }));
const inbox = (part: (store: StoreSet['inbox']) => Partial<StoreSet['inbox']>) =>
  but((set) => ({ inbox: { ...set.inbox, ...part(set.inbox) } }));
const jobs = (part: (store: JobStore, clock: TestClock) => Partial<JobStore>) =>
  but((set, clock) => ({ jobs: { ...set.jobs, ...part(set.jobs, clock) } }));
const runs = (part: (store: StoreSet['runs']) => Partial<StoreSet['runs']>) =>
  but((set) => ({ runs: { ...set.runs, ...part(set.runs) } }));
const exceptions = (part: (store: StoreSet['exceptions'], clock: TestClock) => Partial<StoreSet['exceptions']>) =>
  but((set, clock) => ({ exceptions: { ...set.exceptions, ...part(set.exceptions, clock) } }));
const audit = (part: (store: StoreSet['audit']) => Partial<StoreSet['audit']>) =>
  but((set) => ({ audit: { ...set.audit, ...part(set.audit) } }));

/** What the broken job stores remember of each other's calls. */
const memo = <V>() => new Map<string, V>();
const swap = (ref: Ref): Ref => ({ ...ref, kind: 'order' });

/** For every law, stores that break it and no other. */
export const brokenStores: Readonly<Record<string, (clock: TestClock) => Stores>> = {
  'idempotency/first-asker-starts': idempotency((store) => ({
    begin: (key, fingerprint, ms) => store.begin(key.split('/')[0] ?? key, fingerprint, ms),
  })),
  'idempotency/held-key-is-running': idempotency((store) => ({
    async begin(key, fingerprint, ms) {
      const begun = await store.begin(key, fingerprint, ms);
      return begun.state === 'running' ? { state: 'running', until: '2000-01-01T00:00:00.000Z' } : begun;
    },
  })),
  'idempotency/done-gives-its-result': idempotency((store) => ({
    async begin(key, fingerprint, ms) {
      const begun = await store.begin(key, fingerprint, ms);
      return begun.state === 'done' && typeof begun.result === 'object' ? { state: 'done', result: {} } : begun;
    },
  })),
  'idempotency/other-request-conflicts': idempotency((store) => {
    const first = memo<string>();
    const freed = new Set<string>();
    return {
      async begin(key, fingerprint, ms) {
        const known = first.get(key) ?? fingerprint;
        first.set(key, known);
        return store.begin(key, freed.has(key) ? fingerprint : known, ms);
      },
      release(key, lease) {
        freed.add(key);
        return store.release(key, lease);
      },
    };
  }),
  'idempotency/lapsed-lease-is-uncertain': idempotency((store) => {
    const doubted = new Set<string>();
    return {
      async begin(key, fingerprint, ms) {
        const begun = await store.begin(key, fingerprint, ms);
        return begun.state === 'uncertain' && !doubted.has(key) ? { ...begun, state: 'started' } : begun;
      },
      doubt(key, lease) {
        doubted.add(key);
        return store.doubt(key, lease);
      },
    };
  }),
  'idempotency/renewed-lease-holds': idempotency((store) => ({
    renew: (key, lease) => store.renew(key, lease, 0),
  })),
  'idempotency/stale-lease-cannot-renew': idempotency((store) => withLatestLease(store, 'renew')),
  'idempotency/stale-lease-cannot-finish': idempotency((store) => withLatestLease(store, 'finish')),
  'idempotency/stale-lease-cannot-release': idempotency((store) => withLatestLease(store, 'release')),
  'idempotency/stale-lease-cannot-doubt': idempotency((store) => withLatestLease(store, 'doubt')),
  'idempotency/done-cannot-be-undone': idempotency((store) => {
    const done = new Set<string>();
    return {
      async finish(key, lease, result) {
        const answer = done.has(key) ? 'finished' : await store.finish(key, lease, result);
        done.add(key);
        return answer;
      },
    };
  }),
  'idempotency/released-key-starts-again': idempotency((store) => {
    const asked = new Set<string>();
    return {
      async begin(key, fingerprint, ms) {
        const begun = await store.begin(key, fingerprint, ms);
        const repeated = asked.has(`${key} ${fingerprint}`);
        asked.add(`${key} ${fingerprint}`);
        const since = '2000-01-01T00:00:00.000Z';
        return begun.state === 'started' && repeated ? { ...begun, state: 'uncertain', since } : begun;
      },
    };
  }),
  'idempotency/released-key-takes-another-request': idempotency((store) => {
    const first = memo<string>();
    return {
      async begin(key, fingerprint, ms) {
        const known = first.get(key) ?? fingerprint;
        first.set(key, known);
        return known === fingerprint ? store.begin(key, fingerprint, ms) : { state: 'conflict' };
      },
    };
  }),
  'idempotency/doubted-key-is-uncertain-at-once': idempotency((store) => ({
    async doubt(key, lease) {
      return (await store.release(key, lease)) === 'released' ? 'doubted' : 'lost';
    },
  })),

  'links/found-from-both-sides': links((store) => ({
    find: (ref, system, kind) =>
      ref.system === 'erp' && ref.id === 'S1' ? Promise.resolve(undefined) : store.find(ref, system, kind),
  })),
  'links/unlinked-finds-nothing': links((store) => ({
    find: (ref, system, kind) => store.find(ref.kind === 'customer' ? swap(ref) : ref, system, kind),
  })),
  'links/repeated-is-already': links((store) => ({
    async link(one, other) {
      const answer = await store.link(one, other);
      return answer === 'already' ? 'linked' : answer;
    },
  })),
  'links/second-counterpart-conflicts': links((store) => ({
    async link(one, other) {
      const answer = await store.link(one, other);
      return answer === 'conflict' ? 'linked' : answer;
    },
  })),
  'links/parent-has-many-children': links((store) => ({
    children: async (parent, system, kind) => (await store.children(parent, system, kind)).toReversed(),
  })),
  'links/children-are-of-one-parent-and-kind': links((store) => ({
    children: async (parent, system, kind) => [
      ...(await store.children(parent, system, kind)),
      ...(await store.children({ ...parent, id: '2' }, system, kind)),
    ],
  })),
  'links/child-finds-its-parent': links((store) => ({
    find: (ref, system, kind) =>
      ref.kind === 'fulfillment' ? Promise.resolve(undefined) : store.find(ref, system, kind),
  })),
  'links/child-has-one-parent': links((store) => ({
    async attach(child, parent) {
      await store.attach(child, parent);
      return 'linked';
    },
  })),

  'cursors/unread-is-undefined': cursors((store) => {
    let asked = false;
    return {
      async read(name) {
        const cursor = await store.read(name);
        const first = !asked && name === 'shop/orders.pull' && cursor === undefined;
        asked = true;
        return first ? '' : cursor;
      },
    };
  }),
  'cursors/reads-what-was-written': cursors((store) => ({
    read: (name) => store.read(name.replace('erp/', 'shop/')),
  })),
  'cursors/advances-only-from-what-was-read': cursors((store) => ({
    advance: async (name, expected, next) =>
      (await store.advance(name, expected, next)) || store.advance(name, await store.read(name), next),
  })),

  'inbox/stored-once': inbox((store) => ({
    async put(entry) {
      await store.put(entry);
      return 'stored';
    },
  })),
  'inbox/comes-back-as-it-came': inbox((store) => ({
    async get(system, deliveryId) {
      const entry = await store.get(system, deliveryId);
      return entry && { ...entry, body: entry.body.trim() };
    },
  })),
  'inbox/unknown-is-undefined': inbox((store) => {
    let last: InboxEntry | undefined;
    return {
      put(entry) {
        last = entry;
        return store.put(entry);
      },
      get: async (system, deliveryId) => (await store.get(system, deliveryId)) ?? last,
    };
  }),
  'inbox/refuses-what-is-no-text': inbox((store) => ({
    put: (entry) =>
      store.put({ ...entry, deliveryId: entry.deliveryId.toWellFormed(), body: entry.body.toWellFormed() }),
  })),
  'inbox/systems-are-apart': inbox((store) => ({ put: (entry) => store.put({ ...entry, system: 'shop' }) })),

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
        await store.add(job);
        return over.has(job.id) ? 'already' : 'added';
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
  'jobs/queues-are-apart': jobs((store) => ({ add: (job) => store.add({ ...job, queue: 'q' }) })),
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
      release(id) {
        late.add(id);
        return store.release(id);
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
    async release(id) {
      await store.release(id);
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
  'jobs/added-parked-waits-for-a-person': jobs((store) => ({
    add: ({ parked: _parked, ...job }) => store.add(job),
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

  'runs/starts-once': runs((store) => {
    const over = new Set<string>();
    return {
      async start(run) {
        await store.start(run);
        return over.has(run.id) ? 'already' : 'started';
      },
      end(id, state) {
        over.add(id);
        return store.end(id, state);
      },
    };
  }),
  'runs/comes-back-as-it-began': runs((store) => ({ start: (run) => store.start({ ...run, version: 1 }) })),
  'runs/ended-run-does-not-start-again': runs((store) => {
    const over = new Set<string>();
    return {
      async start(run) {
        const answer = await store.start(run);
        return over.has(run.id) ? 'started' : answer;
      },
      end(id, state) {
        over.add(id);
        return store.end(id, state);
      },
    };
  }),
  'runs/keeps-how-it-ended': runs((store) => ({ end: (id) => store.end(id, 'done') })),
  'runs/first-result-of-a-step-stays': runs((store) => {
    const latest = memo<unknown>();
    return {
      async writeStep(id, step, result) {
        latest.set(step, result);
        return store.writeStep(id, step, result);
      },
      async steps(id) {
        const steps = new Map(await store.steps(id));
        if (steps.has('create')) steps.set('create', 2);
        return steps;
      },
    };
  }),
  'runs/unfinished-are-listed-oldest-first': runs((store) => ({
    unfinished: async (flow, options) =>
      (await store.unfinished(flow, options)).toSorted((one, other) => (one.id < other.id ? -1 : 1)),
  })),
  'runs/step-results-come-back': runs((store) => ({
    writeStep: (id, step, result) => store.writeStep(id, step, result === null ? undefined : result),
    steps: async (id) =>
      new Map([...(await store.steps(id))].map(([step, result]) => [step, step === 'rich' ? {} : result])),
  })),
  'runs/step-without-result-is-done': runs((store) => ({
    steps: async (id) => new Map([...(await store.steps(id))].filter(([, result]) => result !== undefined)),
  })),

  'exceptions/comes-back-as-it-was-opened': exceptions((store) => ({
    open: ({ details: _details, ...record }) => store.open({ ...record, details: null }),
  })),
  'exceptions/found-by-its-run': exceptions((store) => ({
    ofRun: async (run) => (await store.ofRun(run)) ?? (await store.list({ limit: 1 }))[0],
  })),
  'exceptions/one-record-a-run': exceptions((store) => ({
    async open(record) {
      const before = await store.ofRun(record.run);
      return store.open(before && before.id !== record.id ? { ...record, run: record.id } : record);
    },
  })),
  'exceptions/keeps-when-it-first-opened': exceptions((store) => ({
    async get(id) {
      const record = await store.get(id);
      return record && record.occurrences > 1 ? { ...record, openedAt: record.changedAt } : record;
    },
  })),
  'exceptions/closed-opens-again': exceptions((store) => ({
    async open(record) {
      const before = await store.get(record.id);
      const answer = await store.open(record);
      if (before && before.state !== 'open') await store.move(record.id, 'open', before.state);
      return answer;
    },
  })),
  'exceptions/moves-from-its-state': exceptions((store) => ({ move: (id, from, to) => store.move(id, from, to) })),
  'exceptions/one-of-two-moves-wins': exceptions((store) => ({
    async move(id, from, to, note) {
      await store.move(id, from, to, note);
      return (await store.get(id)) !== undefined;
    },
  })),
  'exceptions/can-be-assigned': exceptions((store) => ({
    assign: (id, assignee) => (assignee === undefined ? Promise.resolve(true) : store.assign(id, assignee)),
  })),
  'exceptions/lists-by-what-is-asked': exceptions((store) => ({
    list: ({ kind: _kind, ...filter }) => store.list(filter),
  })),
  'exceptions/lists-by-assignee': exceptions((store) => ({
    list: ({ assignee: _assignee, ...filter }) => store.list(filter),
  })),
  'exceptions/pages-oldest-first': exceptions((store) => ({
    async list({ after, ...filter }) {
      const known = after !== undefined && (await store.get(after)) !== undefined;
      return store.list(known ? filter : { ...filter, after });
    },
  })),
  'exceptions/page-after-nobody-is-empty': exceptions((store) => ({
    async list({ after, ...filter }) {
      const known = after !== undefined && (await store.get(after)) !== undefined;
      return store.list(known ? { ...filter, after } : filter);
    },
  })),
  'exceptions/lists-without-a-limit': exceptions((store) => ({
    list: (filter) => store.list(Number.isFinite(filter.limit) ? filter : { ...filter, limit: 1 }),
  })),
  'exceptions/opens-with-words-that-are-no-text': exceptions((store) => ({
    async open(record) {
      if (!record.message.isWellFormed()) throw new Error('The message is no text.');
      return store.open(record);
    },
  })),
  'exceptions/counts-open-by-category': exceptions((store) => ({
    async counts() {
      const all = await store.list({ limit: 1000 });
      return Object.fromEntries(
        all.map(({ category }) => [category, all.filter((one) => one.category === category).length]),
      );
    },
  })),

  'audit/comes-back-as-it-was-written': audit((store) => ({
    append: (entry) => store.append({ ...entry, details: null }),
  })),
  'audit/found-by-every-record': audit((store) => ({
    list: async (ref, limit) => (await store.list(ref, limit)).filter(({ refs }) => refs[0]?.id === ref.id),
  })),
  'audit/of-one-record': audit((store) => ({
    list: (ref, limit) => store.list({ ...ref, kind: 'order' }, limit),
  })),
  'audit/newest-first': audit((store) => ({
    list: async (ref, limit) => (await store.list(ref, 1000)).toReversed().slice(0, limit),
  })),

  'atomically/gives-what-work-gave': loosely((good) => ({
    async atomically<T>(work: (stores: StoreSet) => Promise<T>) {
      const given = await good.atomically(work);
      // A store that forgets what it was given, and nothing else.
      return given === 7 ? (undefined as T) : given;
    },
  })),
  'atomically/lands-together': loosely((good) => ({
    atomically: (work) =>
      good.atomically((inside) => work({ ...inside, inbox: { ...inside.inbox, put: async () => 'stored' } })),
  })),
  'atomically/throwing-leaves-nothing': loosely((good) => ({
    atomically: (work) =>
      good.atomically((inside) =>
        work({ ...inside, jobs: { ...inside.jobs, add: (job) => later(() => good.jobs.add(job), 'added') } }),
      ),
  })),
  'atomically/sees-its-own-writes': loosely((good) => ({
    atomically: (work) =>
      good.atomically(async (inside) => {
        const before = new Map<string, string | undefined>();
        return work({
          ...inside,
          cursors: {
            advance: async (name, expected, next) => {
              if (!before.has(name)) before.set(name, await inside.cursors.read(name));
              return inside.cursors.advance(name, expected, next);
            },
            read: async (name) => (before.has(name) ? before.get(name) : inside.cursors.read(name)),
          },
        });
      }),
  })),
  'atomically/others-see-nothing-of-it': loosely((good) => {
    const dirty = memo<string>();
    return {
      cursors: { ...good.cursors, read: async (name) => dirty.get(name) ?? good.cursors.read(name) },
      atomically(work) {
        let over = false;
        return good
          .atomically((inside) =>
            work({
              ...inside,
              cursors: {
                ...inside.cursors,
                advance(name, expected, next) {
                  if (!over) dirty.set(name, next);
                  return inside.cursors.advance(name, expected, next);
                },
              },
            }),
          )
          .finally(() => {
            over = true;
            dirty.clear();
          });
      },
    };
  }),
  'atomically/nobody-slips-in': loosely((good) => {
    let current: StoreSet | undefined;
    return {
      inbox: { ...good.inbox, put: (entry) => (current ?? good).inbox.put(entry) },
      atomically: (work) =>
        good
          .atomically((inside) => {
            current = inside;
            return work(inside);
          })
          .finally(() => {
            current = undefined;
          }),
    };
  }),
  'atomically/one-after-another': loosely((good) => ({
    async atomically(work) {
      const early = await good.cursors.read('c');
      return good.atomically((inside) => {
        let wrote = false;
        return work({
          ...inside,
          cursors: {
            read: async (name) => (wrote || name !== 'c' ? inside.cursors.read(name) : early),
            advance(name, expected, next) {
              wrote = true;
              return inside.cursors.advance(name, expected, next);
            },
          },
        });
      });
    },
  })),
  'atomically/failed-unit-takes-no-other-with-it': loosely((good) => {
    let failed = false;
    return {
      async atomically(work) {
        const given = await good.atomically(async (inside) => {
          if (failed) throw new Error('Another unit stopped.');
          try {
            return await work(inside);
          } catch (error) {
            failed = true;
            throw error;
          }
        });
        return given;
      },
    };
  }),
  'atomically/over-is-over': loosely((good) => ({
    atomically(work) {
      let over = false;
      return good
        .atomically((inside) =>
          work({
            ...inside,
            cursors: {
              ...inside.cursors,
              advance: (name, expected, next) => (over ? good : inside).cursors.advance(name, expected, next),
            },
          }),
        )
        .finally(() => {
          over = true;
        });
    },
  })),
};

/** Stores whose units of work are wrong. */
function loosely(change: (good: Stores) => Partial<Stores>): (clock: TestClock) => Stores {
  return (clock) => {
    const good = memoryStores({ clock });
    return { ...good, ...change(good) };
  };
}

/** Does it when nobody looks, and says at once that it is done. */
async function later<A>(act: () => Promise<unknown>, answer: A): Promise<A> {
  void act();
  return answer;
}

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

function withLatestLease(
  store: StoreSet['idempotency'],
  method: 'renew' | 'finish' | 'release' | 'doubt',
): Partial<StoreSet['idempotency']> {
  const leases = memo<string>();
  const latest = (key: string, lease: string) => leases.get(key) ?? lease;
  return {
    async begin(key, fingerprint, ms) {
      const begun = await store.begin(key, fingerprint, ms);
      if ('lease' in begun) leases.set(key, begun.lease);
      return begun;
    },
    ...(method === 'renew' && { renew: (key, lease, ms) => store.renew(key, latest(key, lease), ms) }),
    ...(method === 'finish' && { finish: (key, lease, result) => store.finish(key, latest(key, lease), result) }),
    ...(method === 'release' && { release: (key, lease) => store.release(key, latest(key, lease)) }),
    ...(method === 'doubt' && { doubt: (key, lease) => store.doubt(key, latest(key, lease)) }),
  };
}
