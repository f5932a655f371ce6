import { openFailure, storeTables } from './open-schema.ts';
import { checkBusy, checkSchema, defaultBusyMs, poolOf, type PostgresStoresOptions } from './options.ts';
import { connectionsOf, type Session } from './pool.ts';
import { inTransaction } from './transaction.ts';

/** Where pg-boss keeps jobs; its queues stay. */
const bossTables = ['job', 'job_common', 'job_dependency'];

/**
 * Forgets everything that the stores of a schema keep and leaves the schema as a new one, which takes a fraction of the
 * time that making it takes: for tests that begin anew many times. Does nothing where there is no such schema. Call it
 * while nobody has the stores open; what is gone is gone.
 *
 * Only tables of stores are emptied, in the schema and in the one of its jobs. Throws `store.corrupt` and changes nothing
 * when either holds another program's, `options.invalid` when a newer version wrote it, `store.unavailable` when somebody
 * keeps one of them for longer than `busyTimeoutMs`.
 */
export async function emptyPostgresStores(
  options: Pick<PostgresStoresOptions, 'connectionString' | 'pool' | 'schema' | 'busyTimeoutMs'>,
): Promise<void> {
  const { schema = 'crossdock', busyTimeoutMs = defaultBusyMs } = options;
  checkSchema(schema);
  checkBusy(busyTimeoutMs);
  const { pool, ours } = poolOf(options);
  const connections = connectionsOf(pool, ours, busyTimeoutMs);
  const empty = (session: Session) =>
    inTransaction(session, busyTimeoutMs, async () => {
      const tables = await storeTables(session, schema);
      if (tables.length === 0) return;
      const { rows } = await session.tell(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where (schemaname = $1 and tablename = any ($3)) or (schemaname = $2 and tablename = any ($4))`,
        [schema, `${schema}_jobs`, tables, bossTables],
      );
      await session.tell(rows.map(({ name }) => `delete from ${String(name)}`).join('; '));
    });
  try {
    await connections.use(empty);
  } catch (error) {
    throw openFailure(error, schema);
  } finally {
    await connections.close();
  }
}
