import type { Clock } from '@crossdock/core';
import type { AmazonIds } from './ids.ts';
import type { Denial } from './api-error.ts';

/** A token that was given out. Without a scope it speaks for the seller, with one for the application. */
interface Grant {
  readonly scope: string | undefined;
}

/** Gives out access tokens and knows them again. */
export interface TokenOffice {
  /** Answers a request for a token, errors included. These are flat, unlike the API's. */
  answer(request: { readonly contentType: string; readonly text: string }): Response;
  check(token: string | null): Grant | Denial;
  /** Lets every token that was given out run out now. */
  expire(): void;
  /** The seller takes the application's authorization back, or gives it again. */
  setGranted(isGranted: boolean): void;
}

// developer-docs.amazon.com, read 2026-08-18.
const lifeSeconds = 3600;
const scopes = [
  'sellingpartnerapi::notifications',
  'sellingpartnerapi::client_credential:rotation',
  'sellingpartnerapi::shipments:track',
];

/** Makes the office of one application. */
export function tokenOffice(options: {
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: AmazonIds;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}): TokenOffice {
  const { clock, ids } = options;
  const given = new Map<string, Grant & { expiresAt: number }>();
  let isGranted = true;

  function fresh(scope: string | undefined): Response {
    for (const [token, { expiresAt }] of given) if (expiresAt + lifeSeconds * 1000 < clock.now()) given.delete(token);
    const token = `Atza|${ids.text(40)}`;
    given.set(token, { scope, expiresAt: clock.now() + lifeSeconds * 1000 });
    return Response.json({
      access_token: token,
      token_type: 'bearer',
      expires_in: lifeSeconds,
      ...(scope === undefined ? { refresh_token: options.refreshToken } : {}),
    });
  }

  return {
    answer({ contentType, text }) {
      if (!contentType.startsWith('application/x-www-form-urlencoded')) {
        return flat(400, 'invalid_request', 'The Content-Type must be application/x-www-form-urlencoded');
      }
      const form = new URLSearchParams(text);
      const kind = form.get('grant_type');
      if (kind === null || !form.has('client_id') || !form.has('client_secret')) {
        return flat(400, 'invalid_request', 'The request is missing a required parameter');
      }
      if (form.get('client_id') !== options.clientId || form.get('client_secret') !== options.clientSecret) {
        return flat(401, 'invalid_client', 'Client authentication failed');
      }
      if (kind === 'refresh_token') {
        const isRight = isGranted && form.get('refresh_token') === options.refreshToken;
        return isRight
          ? fresh(undefined)
          : flat(400, 'invalid_grant', 'The request has an invalid grant parameter : refresh_token');
      }
      if (kind !== 'client_credentials') {
        return flat(400, 'unsupported_grant_type', 'The authorization grant type is not supported');
      }
      const scope = form.get('scope') ?? '';
      return scopes.includes(scope) ? fresh(scope) : flat(400, 'invalid_scope', 'The requested scope is invalid');
    },
    check(token) {
      if (token === null || token === '') return 'missing';
      const grant = given.get(token);
      if (!grant || (grant.scope === undefined && !isGranted)) return 'malformed';
      return grant.expiresAt > clock.now() ? grant : 'expired';
    },
    expire() {
      for (const grant of given.values()) grant.expiresAt = Math.min(grant.expiresAt, clock.now());
    },
    setGranted(value) {
      isGranted = value;
    },
  };
}

function flat(status: 400 | 401, error: string, description: string): Response {
  return Response.json({ error, error_description: description }, { status });
}
