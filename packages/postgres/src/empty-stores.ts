import { hasStores, openFailure } from './open-schema.ts';
import { checkSchema, defaultBusyMs, poolOf, type PostgresStoresOptions } from './options.ts';
import { connectionsOf } from './pool.ts';
import { tableNames } from './schema.ts';

/** Where pg-boss keeps jobs; its queues stay. */
const bossTables = ['job', 'job_common', 'job_dependency'];

/**
 * Forgets everything that the stores of a schema keep and leaves the schema as a new one, which takes a fraction of the
 * time that making it takes: for tests that begin anew many times. Does nothing where there is no such schema. Call it
 * while nobody has the stores open; what is gone is gone.
 *
 * Only tables of stores are emptied, in the schema and in the one of its jobs. Throws `store.corrupt` and changes nothing
 * when either holds another program's, `options.invalid` when a newer version wrote it.
 */
export async function emptyPostgresStores(
  options: Pick<PostgresStoresOptions, 'connectionString' | 'pool' | 'schema'>,
): Promise<void> {
  const { schema = 'crossdock' } = options;
  checkSchema(schema);
  const { pool, ours } = poolOf(options);
  const connections = connectionsOf(pool, ours, defaultBusyMs);
  try {
    await connections.use(async (session) => {
      if (!(await hasStores(session, schema))) return;
      const { rows } = await session.tell(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where (schemaname = $1 and tablename = any ($3)) or (schemaname = $2 and tablename = any ($4))`,
        [schema, `${schema}_jobs`, tableNames, bossTables],
      );
      if (rows.length === 0) return;
      // One text is one transaction.
      await session.tell(rows.map(({ name }) => `delete from ${String(name)}`).join('; '));
    });
  } catch (error) {
    throw openFailure(error, schema);
  } finally {
    await connections.close();
  }
}
