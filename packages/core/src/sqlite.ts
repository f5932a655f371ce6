export * from './sqlite/sqlite-stores.ts';
