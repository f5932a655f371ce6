import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';

/** Which write an error is about. */
export type Told = {
  readonly key: string;
  readonly system?: string | undefined;
  readonly operation?: string | undefined;
};

export function corruptResult({ key, system, operation }: Told, places: string): CommerceError {
  return new CommerceError({
    code: 'store.corrupt',
    message: `Write "${key}" was carried out, but its stored result does not fit at ${places}. Look the record up; compare the version that stored it.`,
    system,
    operation,
  });
}

export function inFlight({ key, system, operation }: Told, until: string, now: number): CommerceError {
  return new CommerceError({
    code: 'write.in-flight',
    message: `Write "${key}" was not made: another process is making it until "${until}" at the latest. Repeat it then, its result will be there.`,
    system,
    operation,
    retryAfterMs: Math.max(0, Date.parse(until) - now),
  });
}

export function stoppedWaiting({ key, system, operation }: Told): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    message: `Write "${key}" was not made: another process is making it, and its caller stopped waiting. Repeat it when it is wanted, its result may be there.`,
    system,
    operation,
  });
}

export function reused({ key, system, operation }: Told): CommerceError {
  return new CommerceError({
    code: 'key.reused',
    message: `Write "${key}" was not made: its key belongs to another request. Give this request its own key.`,
    system,
    operation,
  });
}

export function doubted({ key, system, operation }: Told): CommerceError {
  return new CommerceError({
    code: 'write.uncertain',
    message: `Write "${key}" was not repeated: an earlier attempt was sent and its answer is not known. Look the record up there, then resolve or replay.`,
    system,
    operation,
  });
}

/**
 * A key in doubt that the platform may have forgotten: a repeat would be another write to it. Has no cause, because
 * whatever the last attempt ended with, waiting does not help.
 */
export function outlived({ key, system, operation }: Told, since: string, validForMs: number): CommerceError {
  const where = system === undefined ? 'the platform' : `"${system}"`;
  return new CommerceError({
    code: 'write.uncertain',
    message: `Write "${key}" was not sent again: an attempt of "${since}" may have been carried out, and ${where} honours its key for ${hoursOf(validForMs)} only, so that a repeat could be a second write. Look the record up there and do by hand what is missing, then resolve; a replay sends nothing.`,
    system,
    operation,
    details: { since, validForMs },
  });
}

export function unstored({ key, system, operation }: Told, failure: unknown, error: unknown): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `Write "${key}" ended as "${codeOf(failure)}", and that could not be stored. When its lease has run out it counts as uncertain; repeat it then.`,
    system,
    operation,
    cause: new AggregateError([failure, error]),
  });
}

export function leaseLost({ key, system, operation }: Told, what: string, cause?: unknown): CommerceError {
  return new CommerceError({
    code: 'lease.lost',
    message: `Write "${key}" is not stored as ended: ${what}, but its lease had run out and another process has taken over. Repeat it to see how that ended; if this recurs, look for what stops this process for so long.`,
    system,
    operation,
    cause,
  });
}

/** What a failure is called in words. */
export function codeOf(error: unknown): string {
  if (error === undefined) return 'refused';
  return isCommerceError(error) ? error.code : error instanceof Error ? error.name : typeof error;
}

function hoursOf(ms: number): string {
  const hours = Math.round(ms / 360_000) / 10;
  return hours === 1 ? 'an hour' : `${hours} hours`;
}
