import { CommerceError, type ErrorCode, type HttpAnswer } from '@crossdock/core';
import { tidy } from './tidy.ts';
import { plainErrorsSchema } from './wire/envelope.ts';

/**
 * The second layer: what an HTTP status means to Shopify. `undefined` for one that means here what it means everywhere,
 * such as 429 and 5xx. After each of these nothing ran. shopify.dev, Admin API status codes, read 2026-11-23.
 */
export function statusRefusal(system: string, operation: string, answer: HttpAnswer): CommerceError | undefined {
  const known = statuses[answer.status];
  if (!known) return undefined;
  const { code, seen, next } = known;
  return new CommerceError({
    code,
    system,
    operation,
    message: `"${system}" did not do "${operation}": ${seen} (${answer.status})${plainWords(answer)}. ${next}`,
    details: { status: answer.status },
  });
}

/** A token that nobody can renew, or one that can. */
export function tokenRefusal(
  system: string,
  operation: string,
  answer: HttpAnswer,
  tokenIsRenewed: boolean,
): CommerceError {
  return new CommerceError({
    code: tokenIsRenewed ? 'auth.expired' : 'auth.rejected',
    system,
    operation,
    message: `"${system}" did not do "${operation}": it refused the access token (401)${plainWords(answer)}. ${
      tokenIsRenewed
        ? 'A new one was asked for and refused too: install the app again, or check where its tokens come from.'
        : 'It was revoked, or the app was removed: install the app again or pass a new token.'
    }`,
    details: { status: 401 },
  });
}

const statuses: Readonly<
  Record<number, { readonly code: ErrorCode; readonly seen: string; readonly next: string } | undefined>
> = {
  400: {
    code: 'request.rejected',
    seen: 'it could not read the request',
    next: 'Report it, or check what a proxy in between changes.',
  },
  402: {
    code: 'access.denied',
    seen: 'the shop is frozen for an unpaid bill',
    next: 'Its owner has to settle it in the admin, then replay.',
  },
  403: {
    code: 'access.denied',
    seen: 'access is forbidden',
    next: 'Check the scopes of the app, and whether Shopify closed the shop for suspected fraud.',
  },
  404: {
    code: 'options.invalid',
    seen: 'there is no such shop or API version',
    next: 'Check shop, which is the name before ".myshopify.com" at its creation, and apiVersion.',
  },
  423: {
    code: 'access.denied',
    seen: 'the shop is locked',
    next: 'Its owner has to ask Shopify to unlock it, then replay.',
  },
  430: {
    code: 'access.denied',
    seen: 'it took the request for an attack',
    next: 'Send less at once from this address, ask Shopify, then replay.',
  },
};

/** `errors` is a text or an object outside GraphQL. */
export function plainWords({ json }: HttpAnswer): string {
  const errors = plainErrorsSchema.safeParse(json).data?.errors;
  if (errors === undefined) return '';
  const said = typeof errors === 'string' ? [errors] : Object.values(errors).filter((word) => typeof word === 'string');
  return said.length === 0 ? '' : `, "${tidy(said.join('; '))}"`;
}
