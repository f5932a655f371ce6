import {
  CommerceError,
  parseRetryAfter,
  type Clock,
  type ErrorCode,
  type Explain,
  type HttpAnswer,
  type HttpCall,
} from '@crossdock/core';
import { errorsSchema } from './wire/error.ts';
import { tokenRefusalSchema } from './wire/token.ts';

type Call = Pick<HttpCall<unknown>, 'operation'>;

/**
 * What the API's refusals mean. Its codes differ from API to API, so the status decides first. An answer that is not
 * Amazon's own, a web page of a gateway without its request id, is left to what its status means everywhere.
 */
export function explainAs(system: string, clock: Clock): Explain {
  return (answer, call) => {
    if (answer.status >= 200 && answer.status < 300) return undefined;
    const said = errorsSchema.safeParse(answer.json).data?.errors;
    if (answer.status === 404 && said === undefined) return notAmazons(system, call, answer.status);
    const requestId = answer.headers.get('x-amzn-requestid');
    const isAboutToken = said?.some(({ details }) => /\btoken\b/i.test(details ?? '')) ?? false;
    if (said === undefined && requestId === null && answer.status !== 401) return undefined;
    const { code, next } = meaningOf(answer.status, isAboutToken);
    const words = (said ?? []).map(({ code: word, message }) => `"${tidy(word)}: ${tidy(message)}"`).slice(0, 3);
    const seen = words.length > 0 ? `it said ${words.join('; ')}` : 'it gave no reason';
    return new CommerceError({
      code,
      system,
      operation: call.operation,
      message: `"${system}" did not do "${call.operation}": ${seen} (${answer.status}). ${next}`,
      retryAfterMs: parseRetryAfter(answer.headers.get('retry-after'), clock.now()),
      details: {
        status: answer.status,
        requestId: requestId === null ? undefined : tidy(requestId),
        codes: (said ?? []).map(({ code: word }) => tidy(word)),
      },
    });
  };
}

function meaningOf(status: number, isAboutToken: boolean): { readonly code: ErrorCode; readonly next: string } {
  switch (status) {
    case 401:
      return renewal;
    case 403:
      if (isAboutToken) return renewal;
      return {
        code: 'access.denied',
        next: 'Give the application the role that this needs, check the seller id, and have the seller authorize it anew if roles were added.',
      };
    case 404:
      return { code: 'record.missing', next: 'Check the id, and that it belongs to this seller and store.' };
    case 409:
      return { code: 'platform.conflict', next: 'Try again.' };
    case 429:
      return { code: 'platform.throttled', next: 'Wait, then try again; another program may use the same allowance.' };
    default:
  }
  if (status >= 500) return { code: 'platform.unavailable', next: 'Try again later.' };
  if (status >= 400) return { code: 'request.rejected', next: 'Compare what was sent with the documentation.' };
  return { code: 'response.unexpected', next: 'A redirect is not followed: check origin.' };
}

const renewal = {
  code: 'auth.expired',
  next: "The access token was renewed once; if it is refused still, see whether the seller's authorization is valid.",
} as const;

/**
 * A 404 without Amazon's reason is the word of something on the way, and says of no record that it is missing. After a
 * write it leaves open what happened.
 */
function notAmazons(system: string, { operation }: Call, status: number): CommerceError {
  return new CommerceError({
    code: 'platform.unavailable',
    system,
    operation,
    message: `"${system}" did not do "${operation}": something on the way answered ${status} without a reason of Amazon's. Try again later; if it stays so, check origin and any proxy.`,
    details: { status },
  });
}

/** What the refusals of Login with Amazon mean. developer-docs.amazon.com, read 2026-08-18. */
export function explainTokenAs(system: string): Explain {
  return (answer, call) => {
    if (answer.status >= 200 && answer.status < 300) return undefined;
    const word = tokenRefusalSchema.safeParse(answer.json).data?.error;
    if (word === undefined) return answer.status === 404 ? notAmazons(system, call, answer.status) : undefined;
    const refused = (next: string) =>
      new CommerceError({
        code: 'auth.rejected',
        system,
        operation: call.operation,
        message: `"${system}" gave no access token: Login with Amazon said "${tidy(word)}". ${next}`,
        details: { status: answer.status, error: tidy(word) },
      });
    switch (word) {
      case 'invalid_grant':
        return refused(
          'The seller has revoked the authorization, or its year is over: have it given anew and pass the new refreshToken.',
        );
      case 'invalid_client':
        return refused(
          'Check clientId and clientSecret: a secret ends 180 days after it was made, and seven days after its successor.',
        );
      case 'unauthorized_client':
        return refused('The refresh token is one of another application: pass the one that belongs to clientId.');
      default:
        return answer.status >= 400 && answer.status < 429 ? refused('Check the credentials.') : undefined;
    }
  };
}

/**
 * What the store of documents means. A file that is not there says of no record that it is missing. Its words are XML and
 * name the whole secret address: none is repeated.
 */
export function explainDocumentAs(system: string): Explain {
  return ({ status }: HttpAnswer, { operation }: Call) => {
    if (status === 404) return notAmazons(system, { operation }, status);
    if (status !== 400 && status !== 403) return undefined;
    return new CommerceError({
      code: 'request.rejected',
      system,
      operation,
      message: `"${system}" did not open a document for "${operation}" (${status}): its address lives five minutes. Ask for a new one.`,
      details: { status },
    });
  };
}

/** Amazon's words without what may be a buyer's or a secret: its messages repeat what they refuse. */
export function tidy(message: string): string {
  return message
    .replaceAll(/https?:\/\/\S+/gi, '(address)')
    .replaceAll(/[^\s"'<>]*x-amz-[\w-]+(?:=|%3D)[^\s"'<>]*/gi, '(address)')
    .replaceAll(/[^\s"'<>()]+@[^\s"'<>()]+/g, '(e-mail)')
    .replaceAll(/\bAt[a-z]{2}[\w.]*(?:\||%7C)[^\s"'<>]*/gi, '(token)')
    .replaceAll(/\b(?:x-amz-[\w-]+:|bearer) *[^\s"'<>,;]+/gi, '(token)')
    .replaceAll(/\bamzn1\.[^\s"'<>]*/gi, '(credential)')
    .replaceAll(/\+\d[\d ()./-]{5,}\d/g, '(phone)')
    .replaceAll(/(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])/g, '(phone)')
    .replaceAll(/(?<![\w.-])\(?0\d[\d ()./-]{6,}\d(?![\w-])/g, (digits) => (isPhone(digits) ? '(phone)' : digits))
    .slice(0, 300);
}

/** Whether digits that begin with a zero are a telephone number, and no number of an order, an item or a product. */
function isPhone(text: string): boolean {
  if (/^\d{3}-\d{7}-\d{7}$/.test(text)) return false;
  const count = text.replaceAll(/\D/g, '').length;
  return count >= 9 && count <= (/\D/.test(text) ? 15 : 11);
}
