export * from './fallbacks/delayed-confirmation.ts';
export type { ExportFile, ExportFormat } from './fallbacks/export-file.ts';
export * from './fallbacks/manual-export.ts';
export { queuedRelease, type ReleaseOptions } from './fallbacks/queued-release.ts';
export * from './fallbacks/release-queue.ts';
