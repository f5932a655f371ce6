export * from './crash/judge.ts';
export * from './crash/node-command.ts';
export * from './crash/node-crash-everywhere.ts';
export * from './crash/point.ts';
export * from './crash/records.ts';
export { isProved, type CrashFailure, type CrashReport } from './crash/report.ts';
export * from './crash/world.ts';
