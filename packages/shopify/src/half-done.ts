import { CommerceError, isCommerceError, mayHaveWritten, type Ref } from '@crossdock/core';

/** What an operation of several writes says once the first of them went well. */
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
  const message = `${what}: what followed ended as "${error.code}". ${next}`;
  return new CommerceError({ code: 'write.uncertain', system, operation, refs, message, cause: error });
}
