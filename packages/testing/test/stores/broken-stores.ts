import { brokenAudit } from './broken/audit.ts';
import { brokenBelonging } from './broken/belonging.ts';
import type { BrokenStores } from './broken/but.ts';
import { brokenClock } from './broken/clock.ts';
import { brokenCursors } from './broken/cursors.ts';
import { brokenExceptions } from './broken/exceptions.ts';
import { brokenIdempotency } from './broken/idempotency.ts';
import { brokenInbox } from './broken/inbox.ts';
import { brokenJobs } from './broken/jobs.ts';
import { brokenLinks } from './broken/links.ts';
import { brokenRuns } from './broken/runs.ts';
import { brokenSequences } from './broken/sequences.ts';
import { brokenShared } from './broken/shared-store.ts';
import { brokenUnits } from './broken/units.ts';

/** For every law, stores that break it and no other. */
export const brokenStores: BrokenStores = {
  ...brokenAudit,
  ...brokenBelonging,
  ...brokenClock,
  ...brokenCursors,
  ...brokenExceptions,
  ...brokenIdempotency,
  ...brokenInbox,
  ...brokenJobs,
  ...brokenLinks,
  ...brokenRuns,
  ...brokenSequences,
  ...brokenShared,
  ...brokenUnits,
};
