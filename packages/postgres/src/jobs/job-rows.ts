import type { Bound, Statement } from '../access.ts';
import type { Sql } from '../statement.ts';
import { nowMs } from '../time.ts';

/** The schema of pg-boss whose tables the statements below were written for. */
export const bossVersion = 46;

export type ClaimedRow = {
  readonly id: string;
  readonly key: string;
  readonly payload: string | null;
  readonly priority: number;
  readonly due_at: string;
  readonly attempt: number;
  readonly lease: string;
};
export type StoredRow = Omit<ClaimedRow, 'attempt' | 'lease'> & {
  readonly queue: string;
  readonly state: 'queued' | 'running' | 'parked';
};
export type CountsRow = { total: number; ready: number; lapsed: number; running: number; parked: number };

// Word for word the conditions of pg-boss' indexes.
const queued = (row: string) => `${row}.state < 'active' and not ${row}.blocked and ${row}.policy = 'key_strict_fifo'`;
const holding = (row: string) => `${row}.state in ('active', 'retry', 'failed') and ${row}.policy = 'key_strict_fifo'`;

/**
 * Every statement of ours that looks into the table of pg-boss, and those on our own tables beside it. `bossSchema` is
 * where pg-boss is.
 */
export function jobRows(sql: Sql, schema: string, bossSchema: string) {
  const job = `"${bossSchema}".job_common`;
  const unfinished = `state in ('created', 'retry', 'active', 'failed')`;
  const stored = `select i.id, j.data->>'queue' as queue, j.data->>'key' as key, j.data->>'payload' as payload, j.priority,
    i.due_at, case j.state when 'active' then 'running' when 'failed' then 'parked' else 'queued' end as state
    from @job_ids i join ${job} j on j.name = i.boss_queue and j.id = i.boss`;
  const lease = `j.retry_count || '/' || j.id || '/' || j.name || '/' || md5(i.id)`;

  return {
    /** Before `claim`: a plan for many rows would sort them all, and the server would compile it. */
    byIndex: [
      sql(`select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('enable_sort', 'off', true), set_config('jit', 'off', true)`),
      [],
    ] as const satisfies Bound,
    /** The tables have grown, and the plans that were made while they were small have to be made anew. */
    grown: `analyze (skip_locked) ${job}, "${schema}".job_ids, "${schema}".job_leases`,
    admit: sql(`insert into @job_ids (id, boss, boss_queue, due_at) values ($1, $2, $3, $4)
      on conflict (id) do nothing returning true as added`),
    /**
     * After the job was sent: takes it back when its id was there before. Otherwise puts it behind the youngest of its key
     * that nobody had yet, which it must not overtake: neither because that one is due later, nor because its own
     * transaction began before.
     */
    settle: sql<{ ours: boolean }>(`with
      added as materialized (select exists (select from @job_ids where id = $1 and boss = $2::uuid) as ours),
      taken_back as (delete from ${job} where name = $3 and id = $2::uuid and not (select ours from added)),
      before as (
        select o.id, o.created_on, o.start_after from ${job} o
        where o.name = $3 and o.singleton_key = $4 and o.state = 'created' and ${queued('o')} and o.id <> $2::uuid
        order by o.created_on desc, o.id desc limit 1),
      moved as (
        update ${job} j set
          start_after = greatest(j.start_after, b.start_after),
          created_on = case when (b.created_on, b.id) > (j.created_on, j.id)
            then b.created_on + interval '1 microsecond' else j.created_on end
        from before b
        where j.name = $3 and j.id = $2::uuid and (select ours from added)
          and (b.start_after > j.start_after or (b.created_on, b.id) > (j.created_on, j.id)))
      select ours from added`),
    /** Whether an id was ever added, and whether a job of that key is not over. */
    lookBeforeParking: sql<{ known: boolean; taken: boolean }>(`select
      exists (select from @job_ids where id = $1) as known,
      exists (select from ${job} o where o.name = $2 and o.singleton_key = $3 and ${queued('o')})
        or exists (select from ${job} b where b.name = $2 and b.singleton_key = $3 and ${holding('b')}) as taken`),

    /**
     * Hands out what is due, and what a lease of ran out. It leaves a job as `fetch` of pg-boss does, which we do not ask:
     * it sorts all that waits for each job that it gives, and knows nothing of our leases. Every part looks into an index
     * in its order, so that it costs what it hands out and not what waits in line for its turn. Due jobs that are older
     * and behind another one of their key are passed over: those of keys that are held by a look into a table of these
     * keys in memory, the others by a look into the index for each.
     */
    claim: sql<ClaimedRow>(`with
      now as materialized (select ${nowMs(5)} as ms),
      lapsed as materialized (
        select i.boss as id from @job_leases l join @job_ids i on i.id = l.job
        where l.queue = $2 and l.until_ms <= (select ms from now)
        order by l.until_ms limit $3::bigint for update of l skip locked),
      due as materialized (
        select j.id, j.priority, j.created_on from ${job} j
        where j.name = $1 and j.state < 'active' and not j.blocked
          and j.start_after <= (select to_timestamp(ms / 1000) from now)
          and j.singleton_key not in (select b.singleton_key from ${job} b
            where b.name = $1 and b.state in ('active', 'failed') and b.policy = 'key_strict_fifo')
          and j.id = (select h.id from ${job} h where h.name = j.name and h.singleton_key = j.singleton_key
            and ${queued('h')} order by h.state desc, h.created_on, h.id limit 1)
        order by j.priority desc, j.created_on limit $3::bigint for update of j skip locked),
      next as materialized (
        select id from (
          select j.id, j.priority, j.created_on from lapsed join ${job} j on j.name = $1 and j.id = lapsed.id
          union all select * from due) as all_due
        order by priority desc, created_on, id limit $3::bigint),
      taken as (
        update ${job} j set state = 'active',
          started_on = (select to_timestamp(ms / 1000) from now), heartbeat_on = (select to_timestamp(ms / 1000) from now),
          retry_count = case when j.started_on is null then j.retry_count else j.retry_count + 1 end
        where j.name = $1 and j.id = any (array(select id from next))
        returning j.id, j.name, j.priority, j.created_on, j.retry_count, j.data),
      leased as materialized (
        select i.id, j.data->>'key' as key, j.data->>'payload' as payload, j.priority, i.due_at, j.created_on, j.id as boss,
          j.retry_count - i.attempts_before + 1 as attempt, ${lease} as lease
        from taken j join @job_ids i on i.id = j.data->>'id'),
      noted as (
        insert into @job_leases (job, queue, lease, until_ms)
        select id, $2, lease, (select ms from now) + $4::double precision from leased
        on conflict (job) do update set lease = excluded.lease, until_ms = excluded.until_ms)
      select id, key, payload, priority, due_at, attempt, lease from leased order by priority desc, created_on, boss`),
    prolong: sql(`update @job_leases set until_ms = ${nowMs(4)} + $3::double precision
      where job = $1 and lease = $2 returning true as done`),
    endLease: sql('delete from @job_leases where job = $1 and lease = $2 returning true as ended'),
    countFrom: sql('update @job_ids set attempts_before = $2 where id = $1'),
    /** Without a moment: now. */
    setDue: sql(`update @job_ids set due_at = coalesce($2,
      to_char(to_timestamp(${nowMs(3)} / 1000) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) where id = $1`),
    /** A parked job, which nobody else decides about until the transaction ends. */
    lockParked: sql<{ boss: string; queue: string }>(`select i.boss, i.boss_queue as queue
      from @job_ids i join ${job} j on j.name = i.boss_queue and j.id = i.boss
      where i.id = $1 and j.state = 'failed' for update of j`),

    peek: sql<StoredRow>(`${stored} where i.id = $1 and ${unfinished}`),
    parked: sql<StoredRow>(`${stored} where i.boss_queue = $1 and j.name = $1 and j.state = 'failed'
      and ($2::text is null or i.id > $2) order by i.id limit $3::bigint`),
    counts: sql<CountsRow>(`with now as materialized (select ${nowMs(3)} as ms)
      select
        (select count(*)::integer from ${job} where name = $1 and ${unfinished}) as total,
        (select count(distinct j.singleton_key)::integer from ${job} j
          where j.name = $1 and ${queued('j')} and j.start_after <= (select to_timestamp(ms / 1000) from now)
          and not exists (select from ${job} b where b.name = j.name and b.singleton_key = j.singleton_key
            and ${holding('b')} and b.id <> j.id)) as ready,
        (select count(*)::integer from @job_leases, now where queue = $2 and until_ms <= ms) as lapsed,
        (select count(*)::integer from @job_leases, now where queue = $2 and until_ms > ms) as running,
        (select count(*)::integer from ${job} where name = $1 and state = 'failed') as parked`),
    /** Only the oldest of a key counts. Those behind it are due no earlier. */
    nextDue: sql<{ ms: number | null }>(`with now as materialized (select ${nowMs(3)} as ms)
      select least(
        (select min(until_ms) from @job_leases, now where queue = $2 and until_ms > ms),
        (select ceil(extract(epoch from min(j.start_after)) * 1000)::double precision from ${job} j
          where j.name = $1 and ${queued('j')} and j.start_after > (select to_timestamp(ms / 1000) from now)
          and not exists (select from ${job} b where b.name = j.name and b.singleton_key = j.singleton_key
            and ${holding('b')} and b.id <> j.id)
          and not exists (select from ${job} o where o.name = j.name and o.singleton_key = j.singleton_key
            and ${queued('o')}
            and (o.created_on, o.id) < (j.created_on, j.id)))
      )::double precision as ms`),
  } satisfies Record<string, Statement | Bound | string>;
}
export type JobRows = ReturnType<typeof jobRows>;
