import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore, KeyState } from '../ports/stores.ts';
import type { Table } from './table.ts';
import type { Run } from './units.ts';

/** `free`: released by an attempt that did nothing. `doubted` and a `running` that ran out have to be looked up. */
export type KeyRow = {
  readonly fingerprint: string;
  readonly state: 'running' | 'free' | 'doubted' | 'done';
  readonly lease: string;
  readonly until: number;
  /** When the oldest attempt began that is not known to have done nothing. */
  readonly since: number;
  readonly result: string | undefined;
};

export function memoryIdempotency(rows: Table<KeyRow>, run: Run, clock: Pick<Clock, 'now'>): IdempotencyStore {
  /** Changes the row if `lease` is the one under which the key is held now. */
  const underLease = <A, B>(key: string, lease: string, change: Partial<KeyRow>, good: A, bad: B) =>
    run(() => {
      const row = rows.get(key);
      if (row?.state !== 'running' || row.lease !== lease) return bad;
      rows.set(key, { ...row, ...change });
      return good;
    });
  return {
    begin: (key, fingerprint, leaseMs) =>
      run(() => {
        const row = rows.get(key);
        if (row && row.state !== 'free' && row.fingerprint !== fingerprint) return { state: 'conflict' };
        if (row?.state === 'done') return { state: 'done', result: fromJsonText(row.result) };
        const now = clock.now();
        if (row?.state === 'running' && row.until > now) {
          return { state: 'running', until: momentOf(row.until) };
        }
        const lease = crypto.randomUUID();
        const isFresh = row === undefined || row.state === 'free';
        const since = isFresh ? now : row.since;
        rows.set(key, { fingerprint, state: 'running', lease, until: now + leaseMs, since, result: undefined });
        if (isFresh) return { state: 'started', lease, since: momentOf(since) };
        return { state: 'uncertain', lease, since: momentOf(since), ageMs: now - since };
      }),
    renew: (key, lease, leaseMs) => underLease(key, lease, { until: clock.now() + leaseMs }, 'renewed', 'lost'),
    finish: (key, lease, result) =>
      underLease(key, lease, { state: 'done', result: toJsonText(result) }, 'finished', 'lost'),
    release: (key, lease) => underLease(key, lease, { state: 'free' }, 'released', 'lost'),
    doubt: (key, lease) => underLease(key, lease, { state: 'doubted' }, 'doubted', 'lost'),
    peek: (key, fingerprint) => run(() => stateOf(rows.get(key), fingerprint, clock.now())),
  };
}

function stateOf(row: KeyRow | undefined, fingerprint: string | undefined, now: number): KeyState | undefined {
  if (row === undefined) return undefined;
  if (row.state === 'free') return { state: 'free' };
  if (fingerprint !== undefined && row.fingerprint !== fingerprint) return { state: 'conflict' };
  if (row.state === 'done') return { state: 'done', result: fromJsonText(row.result) };
  if (row.state === 'running' && row.until > now) return { state: 'running', until: momentOf(row.until) };
  return { state: 'uncertain', since: momentOf(row.since), ageMs: now - row.since };
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString();
}
