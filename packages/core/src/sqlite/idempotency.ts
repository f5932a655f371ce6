import type { Clock } from '../ports/clock.ts';
import type { IdempotencyStore, KeyState } from '../ports/stores.ts';
import { fromJsonText, toJsonText } from '../rules/json-text.ts';
import type { Access } from './access.ts';
import type { Query } from './connection.ts';

type Row = {
  fingerprint: string;
  state: 'running' | 'free' | 'doubted' | 'done';
  until_ms: number;
  since_ms: number;
  result: string | null;
};

const select: Query<Row> = {
  text: 'select fingerprint, state, until_ms, since_ms, result from idempotency where key = ?',
};
const insert: Query = {
  text: `insert into idempotency (key, fingerprint, state, lease, until_ms, since_ms) values (?, ?, 'running', ?, ?, ?)
  on conflict (key) do nothing`,
};
const takeOver: Query = {
  text: "update idempotency set state = 'running', fingerprint = ?, lease = ?, until_ms = ?, since_ms = ? where key = ?",
};
const prolong: Query = {
  text: "update idempotency set until_ms = ? where key = ? and lease = ? and state = 'running'",
};
const settle: Query = {
  text: "update idempotency set state = ?, result = ? where key = ? and lease = ? and state = 'running'",
};

export function sqliteIdempotency({ read, write }: Access, clock: Pick<Clock, 'now'>): IdempotencyStore {
  const settleAs = <A>(state: string, key: string, lease: string, good: A, result?: string) =>
    write((sql) => (sql(settle).run(state, result ?? null, key, lease) === 1 ? good : ('lost' as const)));
  const momentOf = moments();
  return {
    begin: (key, fingerprint, leaseMs) =>
      write((sql) => {
        const now = clock.now();
        const lease = crypto.randomUUID();
        if (sql(insert).run(key, fingerprint, lease, now + leaseMs, now) === 1) {
          return { state: 'started', lease, since: momentOf(now) } as const;
        }
        const row = sql(select).get(key);
        if (row?.state !== 'free' && row?.fingerprint !== fingerprint) return { state: 'conflict' } as const;
        if (row.state === 'done') return { state: 'done', result: fromJsonText(row.result) } as const;
        if (row.state === 'running' && row.until_ms > now) {
          return { state: 'running', until: momentOf(row.until_ms) } as const;
        }
        const since = row.state === 'free' ? now : row.since_ms;
        sql(takeOver).run(fingerprint, lease, now + leaseMs, since, key);
        if (row.state === 'free') return { state: 'started', lease, since: momentOf(since) } as const;
        return { state: 'uncertain', lease, since: momentOf(since), ageMs: now - since } as const;
      }),
    renew: (key, lease, leaseMs) =>
      write((sql) => (sql(prolong).run(clock.now() + leaseMs, key, lease) === 1 ? 'renewed' : 'lost')),
    finish: (key, lease, result) => settleAs('done', key, lease, 'finished', toJsonText(result)),
    release: (key, lease) => settleAs('free', key, lease, 'released'),
    doubt: (key, lease) => settleAs('doubted', key, lease, 'doubted'),
    peek: (key, fingerprint) => read((sql) => stateOf(sql(select).get(key), fingerprint, clock.now(), momentOf)),
  };
}

function stateOf(
  row: Row | undefined,
  fingerprint: string | undefined,
  now: number,
  momentOf: (ms: number) => string,
): KeyState | undefined {
  if (row === undefined) return undefined;
  if (row.state === 'free') return { state: 'free' };
  if (fingerprint !== undefined && row.fingerprint !== fingerprint) return { state: 'conflict' };
  if (row.state === 'done') return { state: 'done', result: fromJsonText(row.result) };
  if (row.state === 'running' && row.until_ms > now) return { state: 'running', until: momentOf(row.until_ms) };
  return { state: 'uncertain', since: momentOf(row.since_ms), ageMs: now - row.since_ms };
}

/** Hundreds of keys are claimed within one millisecond, and its text is worth as much as a twentieth of a claim. */
function moments(): (ms: number) => string {
  let last = Number.NaN;
  let text = '';
  return (ms) => {
    if (ms !== last) text = new Date(ms).toISOString();
    last = ms;
    return text;
  };
}
