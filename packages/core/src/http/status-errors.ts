import type { CommerceError } from '../errors/commerce-error.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { HttpAnswer, HttpCall } from './call.ts';
import { callError } from './outcome.ts';
import { parseRetryAfter } from './retry-after.ts';

/** What a status means that the platform's own words did not explain. */
export function statusError(system: string, answer: HttpAnswer, call: HttpCall<unknown>, now: number): CommerceError {
  const { code, next } = meaningOf(answer.status);
  return callError(system, call, {
    code,
    message: `"${system}" did not do \`${call.operation}\`: it answered with status ${answer.status} and no explanation we know. ${next}`,
    retryAfterMs: parseRetryAfter(answer.headers.get('retry-after'), now),
    details: { status: answer.status },
  });
}

function meaningOf(status: number): { readonly code: ErrorCode; readonly next: string } {
  switch (status) {
    case 401:
      return { code: 'auth.rejected', next: 'Check the credentials of this system.' };
    case 403:
      return { code: 'access.denied', next: 'Give its credentials the right that this operation needs.' };
    case 404:
      return { code: 'record.missing', next: 'Check that the record and the base URL are right.' };
    case 408:
      return { code: 'network.timeout', next: 'Try again later.' };
    case 429:
      return { code: 'platform.throttled', next: 'Wait, then try again.' };
    case 425:
      return { code: 'platform.unavailable', next: 'Try again later.' };
    default:
  }
  if (status >= 500)
    return { code: 'platform.unavailable', next: 'Try again later; see the status page of the system.' };
  if (status >= 400)
    return { code: 'request.rejected', next: 'Compare the request with the documentation of its API.' };
  return {
    code: 'response.unexpected',
    next: 'A redirect is not followed, so that credentials stay with their host: check the base URL.',
  };
}
