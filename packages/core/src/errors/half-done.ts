import type { Ref } from '../model/ref.ts';
import { CommerceError, isCommerceError } from './commerce-error.ts';
import { mayHaveWritten } from './may-have-written.ts';

/** What an operation of several calls says once it has written something. */
export interface HalfDone {
  /** What was done and what was not, as the beginning of a sentence. */
  readonly what: string;
  readonly next: string;
  readonly system: string;
  readonly operation: string;
  readonly refs: readonly Ref[];
}

/**
 * The end of an operation that wrote something and then met `error`: never one that says that nothing was written, because
 * its key would be taken for free. A flow repeats it when the trouble behind it is over.
 */
export function halfDone(error: unknown, { what, next, system, operation, refs }: HalfDone): unknown {
  if (!isCommerceError(error) || mayHaveWritten(error)) return error;
  const { code, retryAfterMs } = error;
  // A batch's answers are kept without their causes: what the trouble was has to be said here.
  const message = `${what}: what followed ended as "${code}". ${error.message} ${next}`;
  return new CommerceError({ code: 'write.uncertain', system, operation, refs, message, retryAfterMs, cause: error });
}
