import { fromJsonText, toJsonText, type IdempotencyStore, type KeyAge, type KeyState } from '@crossdock/core';
import type { Access } from './access.ts';
import type { Sql } from './statement.ts';
import { nowMs, type StoreTime } from './time.ts';

type Row = {
  readonly fingerprint: string;
  readonly state: 'running' | 'free' | 'doubted' | 'done';
  readonly until_ms: number;
  readonly since_ms: number;
  readonly result: string | null;
  readonly now_ms: number;
};
export function postgresIdempotency(access: Access, sql: Sql, time: StoreTime): IdempotencyStore {
  // Nearly every key is new, so that is tried first and nothing besides.
  const start = sql<{ since_ms: number }>(`insert into @idempotency (key, fingerprint, state, lease, until_ms, since_ms)
    values ($1, $2, 'running', $3, ${nowMs(5)} + $4::double precision, ${nowMs(5)})
    on conflict (key) do nothing returning since_ms`);
  // What is known of a key is only read: locking its row would cost a write.
  const look = sql<Row>(`select fingerprint, state, until_ms, since_ms, result, ${nowMs(2)} as now_ms
    from @idempotency where key = $1`);
  const takeOver = sql<{ inherited: boolean; since_ms: number; now_ms: number }>(`update @idempotency as held set
      state = 'running', fingerprint = $2, lease = $3, until_ms = now.ms + $4::double precision, result = null,
      inherited = held.state <> 'free',
      since_ms = case held.state when 'free' then now.ms else held.since_ms end
    from (select ${nowMs(5)} as ms) as now
    where key = $1 and (held.state = 'free' or (fingerprint = $2
      and (held.state = 'doubted' or (held.state = 'running' and until_ms <= now.ms))))
    returning inherited, since_ms, now.ms as now_ms`);
  const prolong = sql<{ done: true }>(`update @idempotency set until_ms = ${nowMs(4)} + $3::double precision
    where key = $1 and lease = $2 and state = 'running' returning true as done`);
  const settle = sql<{ done: true }>(`update @idempotency set state = $3, result = $4
    where key = $1 and lease = $2 and state = 'running' returning true as done`);

  const settleAs = async <A>(state: string, key: string, lease: string, good: A, result?: string) => {
    const changed = await access.query(settle, [key, lease, state, result ?? null]);
    return changed.length === 1 ? good : ('lost' as const);
  };
  return {
    async begin(key, fingerprint, leaseMs) {
      const lease = crypto.randomUUID();
      const values = [key, fingerprint, lease, leaseMs, time.now()];
      const [started] = await access.query(start, values);
      if (started) return { state: 'started', lease, since: momentOf(started.since_ms) };
      for (;;) {
        const [row] = await access.query(look, [key, time.now()]);
        const known = row && stateOf(row, fingerprint);
        if (known && known.state !== 'free' && known.state !== 'uncertain') return known;
        const [taken] = await access.query(takeOver, values);
        if (taken?.inherited === true) return { state: 'uncertain', lease, ...ageOf(taken) };
        if (taken) return { state: 'started', lease, since: momentOf(taken.since_ms) };
        // Somebody was faster: what was seen is over.
      }
    },
    async renew(key, lease, leaseMs) {
      const changed = await access.query(prolong, [key, lease, leaseMs, time.now()]);
      return changed.length === 1 ? 'renewed' : 'lost';
    },
    finish: (key, lease, result) => settleAs('done', key, lease, 'finished', toJsonText(result)),
    release: (key, lease) => settleAs('free', key, lease, 'released'),
    doubt: (key, lease) => settleAs('doubted', key, lease, 'doubted'),
    async peek(key, fingerprint) {
      const [row] = await access.query(look, [key, time.now()]);
      return row && stateOf(row, fingerprint);
    },
  };
}

function stateOf(row: Row, fingerprint: string | undefined): KeyState {
  if (row.state === 'free') return { state: 'free' };
  if (fingerprint !== undefined && row.fingerprint !== fingerprint) return { state: 'conflict' };
  if (row.state === 'done') return { state: 'done', result: fromJsonText(row.result) };
  if (row.state === 'running' && row.until_ms > row.now_ms) return { state: 'running', until: momentOf(row.until_ms) };
  return { state: 'uncertain', ...ageOf(row) };
}

function ageOf({ since_ms, now_ms }: Pick<Row, 'since_ms' | 'now_ms'>): KeyAge {
  return { since: momentOf(since_ms), ageMs: now_ms - since_ms };
}

function momentOf(ms: number): string {
  return new Date(ms).toISOString();
}
