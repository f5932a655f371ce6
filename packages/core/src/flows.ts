export * from './exceptions/exception-desk.ts';
export * from './flows/compose.ts';
export * from './flows/flow.ts';
export * from './flows/integration.ts';
export * from './flows/run.ts';
export type { PollOptions, PollReport } from './flows/poll.ts';
export type { WorkOptions } from './flows/work.ts';
