import {
  CommerceError,
  createHttpClient,
  isCommerceError,
  mayHaveWritten,
  type HttpAnswer,
  type Runtime,
} from '@crossdock/core';
import type * as z from 'zod';
import { statusRefusal } from './status-refusal.ts';
import { grantErrorSchema } from './wire/token.ts';

/** By what a token is asked for. */
export type GrantKind = 'client-credentials' | 'refresh-token' | 'session-token' | 'code';

/** Asks Shopify for tokens: the one address that all grants go to. */
export interface TokenOffice {
  /**
   * `auth.rejected` for a clear no. Whatever else keeps a token from coming is an error after which nothing was changed,
   * because the call that needed the token was not sent.
   */
  grant<T>(kind: GrantKind, form: Readonly<Record<string, string>>, answer: z.ZodType<T>): Promise<T>;
}

const operation = 'oauth.token';
/** Three attempts stay below the time for which `oneAtATime` holds a turn. */
const timeoutMs = 10_000;
const retries = 2;

/** An office of its own client: the call that needs a token may be the only one that an open circuit lets through. */
export function tokenOffice({
  system,
  origin,
  fetch,
  clock,
  random,
}: Pick<Runtime, 'fetch' | 'clock' | 'random'> & { readonly system: string; readonly origin: string }): TokenOffice {
  function sender(kind: GrantKind) {
    const explain = (answer: HttpAnswer) => refusedGrant(system, kind, answer);
    const client = { system, baseUrl: `${origin}/admin`, fetch, clock, random, timeoutMs, retry: { retries }, explain };
    return createHttpClient({ ...client, breaker: false }).send;
  }
  const senders = new Map<GrantKind, ReturnType<typeof sender>>();

  return {
    async grant(kind, form, answer) {
      const send = senders.get(kind) ?? sender(kind);
      senders.set(kind, send);
      try {
        // A repeat asks for another token, and a refresh token stays good until the token that came for it is used.
        const call = { operation, method: 'POST', path: 'oauth/access_token', safety: 'repeatable' } as const;
        return (await send({ ...call, form, answer })).data;
      } catch (error) {
        throw isCommerceError(error) && mayHaveWritten(error) ? noToken(system, error) : error;
      }
    },
  };
}

/** The words for a clear no. What Shopify says in a sentence is not repeated: it may quote what was sent. */
function refusedGrant(system: string, kind: GrantKind, answer: HttpAnswer): CommerceError | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  if (status !== 400 && status !== 401 && status !== 403) return statusRefusal(system, operation, answer);
  const { what, next } = refusals[kind];
  const word = grantErrorSchema.safeParse(answer.json).data?.error;
  return new CommerceError({
    code: 'auth.rejected',
    system,
    operation,
    message: `"${system}" gave no access token: it refused ${what} (${status}${word === undefined ? '' : `, "${word}"`}). ${next}`,
    details: { status },
  });
}

const refusals: Readonly<Record<GrantKind, { readonly what: string; readonly next: string }>> = {
  'client-credentials': {
    what: 'the client id and secret',
    next: 'Check both, and that the app is of the organization of the shop and installed there.',
  },
  'refresh-token': {
    what: 'the stored refresh token',
    next: 'It ended after 90 days, was used by a program that did not store what came for it, or the app was removed: install the app anew in this shop and store the pair that comes.',
  },
  'session-token': {
    what: 'the session token',
    next: 'It lives for a minute and is for one shop and one app: take the one of the request at hand.',
  },
  code: {
    what: 'the code of the installation',
    next: 'It is good for one exchange within minutes: begin the installation anew.',
  },
};

/** Silence about a token leaves nothing open: what needed it was not sent. */
function noToken(system: string, error: CommerceError): CommerceError {
  const { code, retryAfterMs } = isCommerceError(error.cause) ? error.cause : error;
  return new CommerceError({
    code: 'network.unreachable',
    system,
    operation,
    retryAfterMs,
    message: `"${system}" was not asked: no access token came, the request for one ended as "${code}". Nothing was changed. Try again later.`,
    cause: error,
  });
}
