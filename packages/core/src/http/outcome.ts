import { CommerceError, isCommerceError, type CommerceErrorInit } from '../errors/commerce-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { mayHaveWritten } from '../errors/may-have-written.ts';
import type { HttpCall } from './call.ts';

/**
 * What a failure after the send means for this call. For a read it is what it is. For a write that the platform did not
 * clearly refuse it is `write.uncertain`, with the failure itself as the cause.
 */
export function afterSend(error: CommerceError, system: string, call: HttpCall<unknown>): CommerceError {
  if (call.safety === 'read' || !isSilence(error)) return error;
  return new CommerceError({
    code: 'write.uncertain',
    message: `"${system}" gave no readable answer to \`${call.operation}\`; the write may have happened. ${error.message} ${advice(call)}`,
    system,
    operation: call.operation,
    details: { safety: call.safety, attemptEndedAs: error.code },
    cause: error,
  });
}

/**
 * What a call ends with when one of its attempts may have been carried out and the last one failed as `last`. Only a
 * refusal that the platform explained settles the earlier attempt: a bare 404 or 409 may be a proxy's, or say that the
 * first attempt is still under way.
 */
export function afterDoubt(
  last: CommerceError,
  doubt: CommerceError,
  explained: CommerceError | undefined,
  system: string,
  call: HttpCall<unknown>,
): CommerceError {
  if (last.code === 'write.uncertain') return last;
  if (last === explained && (last.code === 'request.rejected' || last.kind === 'business')) return last;
  return new CommerceError({
    code: 'write.uncertain',
    message: `"${system}" gave no readable answer to \`${call.operation}\`, and a repeat of it ended as "${last.code}"; the write may have happened. ${advice(call)}`,
    system,
    operation: call.operation,
    retryAfterMs: last.retryAfterMs,
    details: { safety: call.safety, attemptEndedAs: troubleOf(doubt)?.code ?? doubt.code, lastEndedAs: last.code },
    cause: last,
  });
}

/** The failure behind a `write.uncertain`, or the failure itself. */
export function troubleOf(error: CommerceError): CommerceError | undefined {
  if (error.code !== 'write.uncertain') return error;
  return isCommerceError(error.cause) ? error.cause : undefined;
}

/** An error of this call: system and operation are filled in. */
export function callError<C extends ErrorCode>(
  system: string,
  call: HttpCall<unknown>,
  init: Omit<CommerceErrorInit<C>, 'system' | 'operation'>,
): CommerceError<C> {
  return new CommerceError<C>({ ...init, system, operation: call.operation });
}

/** Whether a failure after the send leaves open what the platform did. */
function isSilence(error: CommerceError): boolean {
  // These two are a clean no only before the send, and this is after it.
  return mayHaveWritten(error) || error.code === 'network.unreachable' || error.code === 'call.aborted';
}

function advice(call: HttpCall<unknown>): string {
  return call.safety === 'once'
    ? 'Not repeated. Look the record up there, then resolve or replay.'
    : 'Look the record up there, or replay: a repeat changes nothing more.';
}
