export * from './fake/clock.ts';
export * from './fake/faults.ts';
export * from './fake/journal.ts';
export * from './fake/platform.ts';
export * from './fake/random.ts';
export * from './fake/webhook-feed.ts';
export * from './platforms/shipbob/index.ts';
export * from './platforms/odoo/index.ts';
