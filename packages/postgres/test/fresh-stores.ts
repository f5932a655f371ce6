import { randomBytes } from 'node:crypto';
import { postgresStores, type PostgresStoresOptions } from '@crossdock/postgres';
import { inject } from 'vitest';

/** A schema name that nobody used. */
export function freshSchema(): string {
  return `t_${randomBytes(8).toString('hex')}`;
}

/** Stores in a schema of their own on the server of the test run. */
export function freshStores(options: PostgresStoresOptions = {}) {
  return postgresStores({ connectionString: inject('postgres'), schema: freshSchema(), ...options });
}
