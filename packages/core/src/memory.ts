export * from './memory/memory-stores.ts';
