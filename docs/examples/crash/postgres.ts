import { emptyPostgresStores, postgresStores } from '@crossdock/postgres';
import type { StoresAtPlace } from '@crossdock/testing/crash';

/** Where "npm run crash" tells its processes which server it started. */
export const serverVariable = 'CRASH_POSTGRES_URL';

/** Stores in the schema of that name, which is made once and emptied for every run. */
export const inPostgres: StoresAtPlace = {
  live: 'at-place',
  open: (place, clock) => postgresStores({ pool: { connectionString: url(), max: 4 }, schema: place, clock }),
  remove: (place) => emptyPostgresStores({ connectionString: url(), schema: place }),
};

function url(): string {
  const named = process.env[serverVariable];
  if (named) return named;
  throw new Error(`No PostgreSQL is named. Set ${serverVariable}, or start this with "npm run crash".`);
}
