import { isCommerceError } from '@crossdock/core';
import { badOptions, codeOf, corrupt, failureOf, sqlState, unavailable } from './failure.ts';
import { migrationTimeoutMs } from './limits.ts';
import { Unreached, type Connections, type Session } from './pool.ts';
import { migrations, tablesUpTo } from './schema.ts';
import { inTransaction, lockLimit } from './transaction.ts';

/** pg-boss 12 asks for 13, and PostgreSQL itself looked after nothing older than 15 at the end of 2026. */
const oldest = { number: 150_000, name: '15' };

type Place = {
  readonly version_num: number;
  readonly version: string;
  readonly standby: boolean;
  readonly encoding: string;
  readonly durable: string;
  readonly exists: boolean;
  readonly ours: boolean;
  readonly others: number;
  /** Whether what the schema of the jobs holds is pg-boss'. */
  readonly jobs_boss: boolean;
  readonly jobs_others: number;
};

const relations = `'r', 'p', 'v', 'm', 'f', 'S'`;
// Whoever may not use a schema still sees that it is there.
const look = `select
  current_setting('server_version_num')::integer as version_num,
  current_setting('server_version') as version,
  pg_is_in_recovery() as standby,
  current_setting('server_encoding') as encoding,
  current_setting('synchronous_commit') as durable,
  exists (select from pg_namespace where nspname = $1) as exists,
  exists (select from pg_class where relnamespace = s.oid and relname = 'crossdock_version') as ours,
  (select count(*)::integer from pg_class where relnamespace = s.oid and relkind in (${relations})) as others,
  (select count(*) = 3 from pg_class where relnamespace = s.jobs and relname in ('version', 'queue', 'job_common'))
    as jobs_boss,
  (select count(*)::integer from pg_class where relnamespace = s.jobs and relkind in (${relations})) as jobs_others
  from (select (select oid from pg_namespace where nspname = $1) as oid,
    (select oid from pg_namespace where nspname = $1 || '_jobs') as jobs) as s`;

/**
 * Makes the schema if there is none, and brings it up to date; processes that do so at once wait for each other. Refuses
 * without touching it a schema that is another program's or of a newer version, and a server that cannot keep the promise.
 */
export async function openSchema(connections: Connections, schema: string, busyTimeoutMs: number): Promise<void> {
  await connections.use(async (session) => {
    const place = await inTransaction(session, busyTimeoutMs, async () => {
      const found = await placeOf(session, schema);
      refuseServer(found, schema);
      refuseForeign(found, schema);
      return { ...found, version: found.ours ? await wholeVersionOf(session, schema) : 0 };
    });
    if (place.version < migrations.length) await migrate(session, schema, place.exists, busyTimeoutMs);
  });
}

/**
 * The tables of stores in that schema, none where there are no stores. Throws for tables that are another program's, in it
 * or in the schema of its jobs, or of a newer version.
 */
export async function storeTables(session: Session, schema: string): Promise<readonly string[]> {
  const place = await placeOf(session, schema);
  refuseForeign(place, schema);
  return place.ours ? tablesUpTo(await wholeVersionOf(session, schema)) : [];
}

async function placeOf(session: Session, schema: string): Promise<Place> {
  // The row that `look` selects.
  const [place] = (await session.tell(look, [schema])).rows as readonly Place[];
  if (place === undefined) throw corrupt(schema, 'the server did not say what it is. Look at its log');
  return place;
}

function refuseForeign({ ours, others, jobs_boss, jobs_others }: Place, schema: string): void {
  if (!ours && others > 0) {
    throw corrupt(schema, 'it holds tables of another program, and nothing in it was changed. Put it aside');
  }
  // Ours are made first, and pg-boss' only afterwards.
  if (jobs_others > 0 && !(ours && jobs_boss)) {
    const whose = jobs_boss ? 'jobs, and the tables that belong to them are missing' : 'tables of another program';
    throw corrupt(schema, `"${schema}_jobs" holds ${whose}, and nothing in it was changed. Put it aside`);
  }
}

function refuseServer({ version_num, version, standby, encoding, durable }: Place, schema: string): void {
  if (version_num < oldest.number) {
    throw badOptions(`the server is PostgreSQL ${version}, and ${oldest.name} or later is needed. Update it.`);
  }
  if (standby) throw badOptions('the server is a standby, which can only be read. Point to the primary.');
  if (encoding !== 'UTF8') {
    throw badOptions(`the database keeps texts as "${encoding}", which lacks characters. Make one with encoding UTF8.`);
  }
  if (durable === 'off') {
    throw badOptions(
      `"synchronous_commit" is off, so a server that crashes would forget what it acknowledged. Switch it on, at least for the role that uses schema "${schema}".`,
    );
  }
}

async function migrate(session: Session, schema: string, exists: boolean, busyTimeoutMs: number): Promise<void> {
  const exec = (text: string) => session.tell(text, undefined, migrationTimeoutMs);
  // Whoever else makes the tables just now is waited for as long as that may take. Whoever comes second finds nothing left.
  await inTransaction(session, migrationTimeoutMs, async () => {
    await exec(`select pg_advisory_xact_lock(hashtextextended('crossdock/open/${schema}', 0))`);
    // Everybody who wants a table waits behind one who wants it alone.
    await exec(lockLimit(busyTimeoutMs));
    if (!exists) await exec(`create schema if not exists "${schema}"`);
    await exec(`set local search_path to "${schema}"`);
    await exec(
      'create table if not exists crossdock_version (version integer primary key, applied_at timestamptz not null)',
    );
    for (let version = (await versionOf(session, schema)) + 1; version <= migrations.length; version++) {
      await exec(migrations[version - 1] ?? '');
      await session.tell('insert into crossdock_version (version, applied_at) values ($1, now())', [version]);
    }
  });
}

/** The version of tables that are there. A table that has the name of ours does not make a schema ours. */
async function wholeVersionOf(session: Session, schema: string): Promise<number> {
  const version = await versionOf(session, schema);
  // It lands together with the tables.
  if (version === 0) {
    throw corrupt(schema, 'tables of it are there and their version is not. Somebody changed it: restore a backup');
  }
  const { rows } = await session.tell('select tablename as name from pg_tables where schemaname = $1', [schema]);
  const missing = tablesUpTo(version).find((table) => !rows.some(({ name }) => name === table));
  if (missing === undefined) return version;
  throw corrupt(
    schema,
    `it lacks the table "${missing}", so it is damaged or another program's, and nothing in it was changed. Restore a backup`,
  );
}

async function versionOf(session: Session, schema: string): Promise<number> {
  const found = await session.tell(`select coalesce(max(version), 0) as version from "${schema}".crossdock_version`);
  const version = Number(found.rows[0]?.['version'] ?? 0);
  if (version <= migrations.length) return version;
  throw badOptions(
    `schema "${schema}" was written by a newer version of this package (schema ${version}, this one knows ${migrations.length}). Update the package, or name another schema.`,
  );
}

// SQLSTATE. postgresql.org/docs/15/errcodes-appendix.html, read 2026-11-26
const refusals: readonly (readonly [codes: RegExp, what: (schema: string) => string])[] = [
  [/^28/, () => 'the server does not let this role in. Look at its name, its password and pg_hba.conf.'],
  [/^3D000/, () => 'the server has no database of that name. Create it, or name another.'],
  [
    /^42501/,
    (schema) =>
      `the role lacks rights on schema "${schema}" or "${schema}_jobs". Let somebody who has them run "create schema … authorization <role>" for both.`,
  ],
  [/^25006/, () => 'the database can only be read. Point to the primary, and look at default_transaction_read_only.'],
];

/** While stores are being opened, what the server refuses is a matter of the options and not of the weather. */
export function openFailure(thrown: unknown, schema: string): unknown {
  const error = thrown instanceof Unreached ? thrown.cause : thrown;
  if (isCommerceError(error) || !(error instanceof Error)) return error;
  const code = sqlState(error);
  const refusal = code === undefined ? undefined : refusals.find(([codes]) => codes.test(code));
  if (refusal) return badOptions(refusal[1](schema), error);
  if (thrown instanceof Unreached && code === undefined) return unreached(error, schema);
  return failureOf(error, schema, 'nothing');
}

function unreached(error: Error, schema: string): unknown {
  if (/SSL|TLS|CERT/i.test(`${codeOf(error)} ${error.message}`)) {
    return badOptions(
      'the server and these settings do not agree on TLS. Look at "ssl" and at the certificate.',
      error,
    );
  }
  if (/password/i.test(error.message)) {
    return badOptions('the server asks for a password, and none or no text was given. Pass it.', error);
  }
  const words = failureOf(error, schema, 'nothing');
  return words === error
    ? unavailable(schema, error, 'no connection was to be had. Look at the server', 'nothing')
    : words;
}
