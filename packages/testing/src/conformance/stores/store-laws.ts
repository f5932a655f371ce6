import { atomicityLaws } from './atomicity-laws.ts';
import { auditLaws } from './audit-laws.ts';
import { belongingLaws } from './belonging-laws.ts';
import { clockLaws } from './clock-laws.ts';
import { cursorLaws } from './cursor-laws.ts';
import { exceptionLaws } from './exception-laws.ts';
import { idempotencyLaws } from './idempotency-laws.ts';
import { inboxLaws } from './inbox-laws.ts';
import { jobLaws } from './job-laws.ts';
import { linkLaws } from './link-laws.ts';
import { runLaws } from './run-laws.ts';
import { sequenceLaws } from './sequence-laws.ts';
import { sharedLaws } from './shared-laws.ts';
import type { StoreLaw } from './store-law.ts';

/** Everything that stores promise, as data: for `describeStores`, and for whoever checks in another way. */
export const storeLaws: readonly StoreLaw[] = [
  ...idempotencyLaws,
  ...linkLaws,
  ...sequenceLaws,
  ...cursorLaws,
  ...inboxLaws,
  ...jobLaws,
  ...runLaws,
  ...exceptionLaws,
  ...auditLaws,
  ...sharedLaws,
  ...belongingLaws,
  ...clockLaws,
  ...atomicityLaws,
];
