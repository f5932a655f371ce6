import { postgresStores } from '@crossdock/postgres';

/** Opens the stores of a schema. */
export function openPlace(where: string) {
  // Only the test writes it.
  return postgresStores(JSON.parse(where) as { readonly connectionString: string; readonly schema: string });
}
