import type { Clock } from '@crossdock/core';
import type pg from 'pg';
import { PgBoss, type Db } from 'pg-boss';
import type { Bound } from '../access.ts';
import { badOptions } from '../failure.ts';
import { namedStatement, type Sql } from '../statement.ts';
import { bossDatabase } from './boss-database.ts';
import { bossStatements, type BossStatements } from './boss-statements.ts';
import { machineClock, stillClock } from './clock.ts';
import { bossVersion, jobRows, type JobRows } from './job-rows.ts';
import { orderedIds } from './ordered-ids.ts';

/** Years: pg-boss would delete what waits for longer, if somebody let it maintain itself. */
const neverSeconds = 2_000_000_000;

/** pg-boss at work in a schema beside ours. */
export interface Boss {
  readonly statements: BossStatements;
  readonly rows: JobRows;
  newId(): string;
  /** Whether pg-boss has that queue. */
  has(queue: string): Promise<boolean>;
  /** Makes a queue of pg-boss unless it is there. On a connection of its own: every other one may be waiting for this. */
  ready(queue: string): Promise<void>;
  /** What has to run in a transaction before statements of pg-boss, so that they see the time of a clock that was given. */
  atItsTime(): readonly Bound[];
  /** A job was added. */
  added(): void;
  close(): Promise<void>;
}

/** Makes the schema `<schema>_jobs` and brings it up to date. Processes that do so at once wait for each other. */
export async function openBoss(options: {
  readonly pool: pg.Pool;
  readonly ours: boolean;
  readonly schema: string;
  readonly sql: Sql;
  readonly clock: Pick<Clock, 'now'> | undefined;
  readonly busyTimeoutMs: number;
}): Promise<Boss> {
  const { sql, clock } = options;
  const schema = `${options.schema}_jobs`;
  const apart = bossDatabase({ ...options, schema });
  const { db } = apart;
  const { rows: found } = await db.executeSql('select from pg_namespace where nspname = $1', [schema]);
  const boss = new PgBoss({
    db,
    schema,
    createSchema: found.length === 0,
    // Nothing runs in the background, so nothing is deleted, retried or sent but by us.
    clock: stillClock(clock ?? machineClock),
    supervise: false,
    schedule: false,
    registerInstance: false,
    // Its statements are carried out elsewhere: it would measure nothing.
    openTelemetry: { enabled: false },
  });
  // Whatever fails is thrown where it was asked for. Unheard, an error event would end the process.
  boss.on('error', () => {});
  const close = async () => {
    await boss.stop({ close: false, graceful: false });
    await apart.close();
  };
  try {
    await boss.start();
    apart.opened();
    await refuseOtherVersion(boss, schema);
    if (clock) await followSetting(db, schema);
  } catch (error) {
    await close();
    throw error;
  }

  const there = new Set<string>();
  const has = async (queue: string) => {
    if (!there.has(queue) && (await boss.getQueue(queue))) there.add(queue);
    return there.has(queue);
  };
  const made = new Map<string, Promise<void>>();
  const make = async (queue: string) => {
    if (await has(queue)) return;
    const policy = {
      policy: 'key_strict_fifo',
      retryLimit: 0,
      retentionSeconds: neverSeconds,
      deleteAfterSeconds: 0,
    } as const;
    await boss.createQueue(queue, policy);
  };
  const rows = jobRows(sql, options.schema, schema);
  const planning = planningAnew(() => db.executeSql(rows.grown));
  const setTime = namedStatement("select set_config('crossdock.now_ms', $1, true)");
  return {
    statements: bossStatements(boss),
    rows,
    newId: orderedIds(clock ?? machineClock),
    has,
    ready(queue) {
      const making = made.get(queue) ?? make(queue);
      made.set(queue, making);
      making.catch(() => made.delete(queue));
      return making;
    },
    atItsTime: () => (clock ? [[setTime, [String(Math.floor(clock.now()))]]] : []),
    added: () => planning.added(),
    async close() {
      await planning.over();
      await close();
    },
  };
}

/**
 * Lets the server look at the tables each time that they may have grown to twice what they were. It would do so by itself a
 * minute later; until then a backlog that came at once would be read from end to end for each job.
 */
function planningAnew(look: () => Promise<unknown>) {
  let added = 0;
  let nextAt = 250;
  let looking: Promise<unknown> = Promise.resolve();
  return {
    added() {
      added++;
      if (added < nextAt) return;
      nextAt = Math.min(2 * nextAt, nextAt + 50_000);
      // Nothing depends on it but speed.
      looking = look().catch(() => {});
    },
    over: () => looking,
  };
}

/** We read its tables, so we have to know them. */
async function refuseOtherVersion(boss: PgBoss, schema: string): Promise<void> {
  const version = await boss.schemaVersion();
  if (version === bossVersion) return;
  throw badOptions(
    `pg-boss keeps schema "${schema}" in version ${version}, and this package knows version ${bossVersion}. Use the version of pg-boss that this package names, or update this package.`,
  );
}

/**
 * Lets the statements of pg-boss ask for the time that a transaction was told, if it was told one. Everybody else gets
 * the server's time as before.
 */
async function followSetting(db: Db, schema: string): Promise<void> {
  await db.executeSql(`begin; select pg_advisory_xact_lock(hashtextextended('crossdock/clock/${schema}', 0));
    create or replace function ${schema}.job_now() returns timestamp with time zone language sql stable as $$
      select coalesce(
        to_timestamp(nullif(current_setting('crossdock.now_ms', true), '')::double precision / 1000), pg_catalog.now())
    $$; commit`);
}
