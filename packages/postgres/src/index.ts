export { emptyPostgresStores } from './empty-stores.ts';
export type { PostgresStoresOptions } from './options.ts';
export { postgresStores } from './postgres-stores.ts';
