import type { StoreSet } from '@crossdock/core';
import type { TestClock } from '@crossdock/testing';
import { but, memo, type BrokenStores } from './but.ts';

const idempotency = (part: (store: StoreSet['idempotency'], clock: TestClock) => Partial<StoreSet['idempotency']>) =>
  but((set, clock) => ({ idempotency: { ...set.idempotency, ...part(set.idempotency, clock) } }));

/** One store broken a law. */
export const brokenIdempotency: BrokenStores = {
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
    const known = new Set<string>();
    return {
      async begin(key, fingerprint, ms) {
        const begun = await store.begin(key, fingerprint, ms);
        return begun.state === 'uncertain' && !known.has(key) ? { ...begun, state: 'started' } : begun;
      },
      doubt(key, lease) {
        known.add(key);
        return store.doubt(key, lease);
      },
      renew(key, lease, ms) {
        known.add(key);
        return store.renew(key, lease, ms);
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
        return begun.state === 'started' && repeated ? { ...begun, state: 'uncertain', since, ageMs: 0 } : begun;
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
  'idempotency/doubted-key-is-uncertain-at-once': idempotency((store) => {
    const begins = memo<number>();
    return {
      begin(key, fingerprint, ms) {
        begins.set(key, (begins.get(key) ?? 0) + 1);
        return store.begin(key, fingerprint, ms);
      },
      async doubt(key, lease) {
        // The first attempt of a key is taken for one that did nothing.
        if (key !== 'key' || begins.get(key) !== 1) return store.doubt(key, lease);
        return (await store.release(key, lease)) === 'released' ? 'doubted' : 'lost';
      },
    };
  }),
  'idempotency/doubt-goes-back-to-the-oldest-attempt': idempotency((store, clock) => {
    const latest = memo<string>();
    return {
      async begin(key, fingerprint, ms) {
        const begun = await store.begin(key, fingerprint, ms);
        const before = latest.get(key);
        if ('lease' in begun) latest.set(key, new Date(clock.now()).toISOString());
        return begun.state === 'uncertain' ? { ...begun, since: before ?? begun.since } : begun;
      },
    };
  }),
  'idempotency/age-of-a-doubt-is-told-by-the-store': idempotency((store) => ({
    async begin(key, fingerprint, ms) {
      const begun = await store.begin(key, fingerprint, ms);
      // A moment that is yet to come passes for one of now.
      return begun.state === 'uncertain' ? { ...begun, ageMs: Math.max(0, begun.ageMs) } : begun;
    },
  })),
  'idempotency/released-key-has-no-past': idempotency((store, clock) => {
    const first = memo<string>();
    return {
      async begin(key, fingerprint, ms) {
        const since = first.get(key) ?? new Date(clock.now()).toISOString();
        first.set(key, since);
        const begun = await store.begin(key, fingerprint, ms);
        return begun.state === 'uncertain' ? { ...begun, since } : begun;
      },
    };
  }),
  'idempotency/peek-tells-every-state': idempotency((store) => ({
    async peek(key, fingerprint) {
      const state = await store.peek(key, fingerprint);
      return state?.state === 'free' && fingerprint === undefined ? undefined : state;
    },
  })),
  'idempotency/peek-for-a-request-answers-as-begin': idempotency((store) => ({ peek: (key) => store.peek(key) })),
  'idempotency/peek-changes-nothing': idempotency((store) => {
    const asked = memo<string>();
    return {
      begin(key, fingerprint, ms) {
        asked.set(key, fingerprint);
        return store.begin(key, fingerprint, ms);
      },
      async peek(key, fingerprint) {
        const state = await store.peek(key, fingerprint);
        if (state?.state === 'uncertain') await store.begin(key, asked.get(key) ?? '', 1);
        return state;
      },
    };
  }),
};

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
