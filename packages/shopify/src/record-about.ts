import { CommerceError, type ErrorCode, type Ref } from '@crossdock/core';

/** Which write an error is about. `what` starts the sentence: `Fulfillment "1" of "shop" was not held`. */
export interface About {
  readonly what: string;
  readonly system: string;
  readonly operation: string;
  readonly refs: readonly Ref[];
}

export function refusal(about: About, code: ErrorCode, seen: string, next: string, cause?: unknown): CommerceError {
  const { what, system, operation, refs } = about;
  const because = cause === undefined ? {} : { cause };
  return new CommerceError({ code, system, operation, refs, message: `${what}: ${seen}. ${next}`, ...because });
}
