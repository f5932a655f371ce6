import { AsyncLocalStorage } from 'node:async_hooks';
import { CommerceError, defaultClockToleranceMs, type StoreSet, type Stores } from '@crossdock/core';
import type { Access } from './access.ts';
import { postgresAudit } from './audit.ts';
import { belongingIn } from './belonging.ts';
import { postgresCursors } from './cursors.ts';
import { postgresExceptions } from './exceptions.ts';
import { postgresIdempotency } from './idempotency.ts';
import { postgresInbox } from './inbox.ts';
import { openBoss, type Boss } from './jobs/boss.ts';
import { postgresJobs } from './jobs/jobs.ts';
import { postgresLinks } from './links.ts';
import { openFailure, openSchema } from './open-schema.ts';
import { checkBusy, checkSchema, defaultBusyMs, poolOf, type PostgresStoresOptions } from './options.ts';
import { connectionsOf } from './pool.ts';
import { postgresRuns } from './runs.ts';
import { postgresSequences } from './sequences.ts';
import { postgresShared } from './shared-store.ts';
import { statementsIn } from './statement.ts';
import { storeTime } from './time.ts';
import { turnsOf } from './turns.ts';
import { outside, unit } from './unit.ts';

/**
 * Stores in one schema of a PostgreSQL database, which any number of processes on any number of machines may share. What
 * they acknowledge is committed: it survives every process, and the server as far as that keeps what it commits. Without
 * `clock` every lease runs by the server's time, so that no machine's own clock decides who holds what.
 *
 * Throws `options.invalid` for what has to be set right before it can work (settings, rights, an older server, a newer
 * schema), `store.corrupt` for a schema that is another program's, `store.unavailable` while the server cannot be
 * reached. Inside `atomically` use only the stores that it hands over: others are refused as `flow.defect`.
 */
export async function postgresStores(options: PostgresStoresOptions): Promise<Stores> {
  const { schema = 'crossdock', clock, busyTimeoutMs = defaultBusyMs } = options;
  const { clockToleranceMs = defaultClockToleranceMs } = options;
  checkSchema(schema);
  checkBusy(busyTimeoutMs);
  const { pool, ours } = poolOf(options);
  const connections = connectionsOf(pool, ours, busyTimeoutMs);
  const shared = { connections, schema, busyTimeoutMs, turns: turnsOf() };
  const sql = statementsIn(schema);
  const time = storeTime(sql, clock, clockToleranceMs);
  let boss: Boss;
  try {
    await openSchema(connections, schema, busyTimeoutMs);
    await time.check(outside(shared), `The stores in schema "${schema}" were not opened`);
    boss = await openBoss({ pool, ours, schema, sql, clock, busyTimeoutMs });
  } catch (error) {
    await connections.close();
    throw openFailure(error, schema);
  }

  const within = new AsyncLocalStorage<{ over: boolean }>();
  let closed = false;
  const refuseMisuse = () => {
    if (within.getStore()?.over === false) throw isOutside(schema);
    if (closed) throw isClosed(schema);
  };
  const fromOutside = outside(shared, refuseMisuse);
  const through = (access: Access): StoreSet => ({
    idempotency: postgresIdempotency(access, sql, time),
    links: postgresLinks(access, sql),
    sequences: postgresSequences(access, sql),
    cursors: postgresCursors(access, sql),
    inbox: postgresInbox(access, sql),
    jobs: postgresJobs(access, boss, time),
    runs: postgresRuns(access, sql, time),
    exceptions: postgresExceptions(access, sql, time),
    audit: postgresAudit(access, sql),
  });
  return {
    ...through(fromOutside),
    async atomically(work) {
      refuseMisuse();
      return unit(shared, async (inside) => {
        const state = { over: false };
        try {
          return await within.run(state, () => work(through(inside)));
        } finally {
          state.over = true;
        }
      });
    },
    shared: postgresShared(fromOutside, sql, time),
    belongTo: belongingIn(fromOutside, sql),
    async close() {
      if (closed) return;
      refuseMisuse();
      closed = true;
      await boss.close();
      await connections.close();
    },
  };
}

function isClosed(schema: string): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `Nothing was read from or written to schema "${schema}": these stores were closed. Make new ones.`,
  });
}

/** It would not be part of the unit, and may have to wait for it for ever. */
function isOutside(schema: string): CommerceError {
  return new CommerceError({
    code: 'flow.defect',
    message: `Nothing was read from or written to schema "${schema}": a unit of work used the stores outside it. Use the stores that "atomically" hands to the work.`,
  });
}
