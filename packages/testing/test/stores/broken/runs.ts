import type { StoreSet } from '@crossdock/core';
import { but, memo, type BrokenStores } from './but.ts';

const runs = (part: (store: StoreSet['runs']) => Partial<StoreSet['runs']>) =>
  but((set) => ({ runs: { ...set.runs, ...part(set.runs) } }));

/** One store broken a law. */
export const brokenRuns: BrokenStores = {
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
      async writeStep(id, step, result, held) {
        latest.set(step, result);
        return store.writeStep(id, step, result, held);
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
    writeStep: (id, step, result, held) => store.writeStep(id, step, result === null ? undefined : result, held),
    steps: async (id) =>
      new Map([...(await store.steps(id))].map(([step, result]) => [step, step === 'rich' ? {} : result])),
  })),
  'runs/step-without-result-is-done': runs((store) => ({
    steps: async (id) => new Map([...(await store.steps(id))].filter(([, result]) => result !== undefined)),
  })),
  'runs/held-step-is-written': runs((store) => ({
    async writeStep(id, step, result, held) {
      const answer = await store.writeStep(id, step, result, held);
      return held && answer === 'already' ? 'written' : answer;
    },
  })),
  'runs/stale-lease-writes-no-step': but(({ runs: store, jobs: work }) => {
    const claims = memo<number>();
    return {
      jobs: {
        ...work,
        async claim(queue, options) {
          const claimed = await work.claim(queue, options);
          for (const { id } of claimed) claims.set(id, (claims.get(id) ?? 0) + 1);
          return claimed;
        },
      },
      runs: {
        ...store,
        async writeStep(id, step, result, held) {
          const answer = await store.writeStep(id, step, result, held);
          const taken = held !== undefined && (claims.get(held.job) ?? 0) > 1;
          return answer === 'lost' && taken ? store.writeStep(id, step, result) : answer;
        },
      },
    };
  }),
  'runs/ended-job-writes-no-step': but(({ runs: store, jobs: work }) => {
    const parked = new Set<string>();
    return {
      jobs: {
        ...work,
        park(id, lease) {
          parked.add(id);
          return work.park(id, lease);
        },
      },
      runs: {
        ...store,
        writeStep: (id, step, result, held) =>
          store.writeStep(id, step, result, held && parked.has(held.job) ? undefined : held),
      },
    };
  }),
  'runs/held-step-prolongs-the-lease': runs((store) => ({
    writeStep: (id, step, result, held) => store.writeStep(id, step, result, held && { ...held, leaseMs: 1 }),
  })),
};
