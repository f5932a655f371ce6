import { but, type BrokenStores } from './but.ts';

/** One store broken a law. */
export const brokenClock: BrokenStores = {
  'clock/far-behind-hands-out-nothing': but(({ jobs }) => ({
    jobs: { ...jobs, claim: (queue, options) => jobs.claim(queue, options).catch(() => []) },
  })),
  'clock/small-step-back-harms-no-job': but(({ jobs }, clock) => {
    let latest = 0;
    let wentBack = false;
    return {
      jobs: {
        ...jobs,
        claim(queue, options) {
          wentBack ||= clock.now() < latest;
          latest = Math.max(latest, clock.now());
          return jobs.claim(queue, options);
        },
        finish: async (id, lease) => (wentBack ? 'lost' : jobs.finish(id, lease)),
      },
    };
  }),
  'clock/small-step-back-harms-no-key': but(({ idempotency }, clock) => {
    let latest = 0;
    return {
      idempotency: {
        ...idempotency,
        async begin(key, fingerprint, ms) {
          const begun = await idempotency.begin(key, fingerprint, ms);
          const wentBack = clock.now() < latest;
          latest = Math.max(latest, clock.now());
          return begun.state === 'running' && wentBack
            ? { ...begun, state: 'started', lease: 'another', since: '' }
            : begun;
        },
      },
    };
  }),
};
