import type { TestClock } from '../../fake/clock.ts';

/** What a token may do and until when. */
type Token = {
  readonly scopes: ReadonlySet<string> | undefined;
  readonly expiresAt: number | undefined;
  /** Whether it belongs to somebody who is logged in, and not to the app alone. */
  readonly isOnline: boolean;
};

/** The app's credentials and its tokens in one shop. */
export interface Tokens {
  /** The token when it is known and not expired. */
  check(token: string): Token | undefined;
  /** Answers the token endpoint. */
  grant(form: Readonly<Record<string, string>>): {
    readonly status: 200 | 400 | 401;
    readonly body: Readonly<Record<string, unknown>>;
  };
  /** A pair of expiring tokens, as an installed app gets for its code. */
  install(): { readonly accessToken: string; readonly refreshToken: string };
  /** Lets every token that was granted expire now, except the one the shop was made with. */
  expire(): void;
  /** Takes a token away for good. */
  revoke(token: string): void;
}

// A client-credentials token lasts 24 hours less a second, an expiring offline one an hour, its refresh token 90 days.
// shopify.dev, access tokens, read 2026-11-23.
const clientTokenSeconds = 86_399;
const offlineTokenSeconds = 3600;
const refreshTokenSeconds = 90 * 24 * 60 * 60;

/** Makes the token office of one shop. */
export function tokenOffice(options: {
  readonly clock: TestClock;
  readonly uuid: () => string;
  readonly staticToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[] | undefined;
}): Tokens {
  const { clock, uuid } = options;
  const scopes = options.scopes && new Set(options.scopes);
  const tokens = new Map<string, Token>([[options.staticToken, { scopes, expiresAt: undefined, isOnline: false }]]);
  /** Refresh tokens by value. A used one stays good until the token that came with its successor is used. */
  const refreshes = new Map<string, { readonly expiresAt: number; readonly replaces: string | undefined }>();
  const successors = new Map<string, string>();
  const scopeText = (options.scopes ?? ['read_orders', 'write_orders']).join(',');

  const issue = (prefix: string, seconds: number): string => {
    const token = `${prefix}_${uuid().replaceAll('-', '')}`;
    tokens.set(token, { scopes, expiresAt: clock.now() + seconds * 1000, isOnline: false });
    return token;
  };

  const issuePair = (replaces: string | undefined) => {
    const token = issue('shpat', offlineTokenSeconds);
    const refreshToken = `shprt_${uuid().replaceAll('-', '')}`;
    refreshes.set(refreshToken, { expiresAt: clock.now() + refreshTokenSeconds * 1000, replaces });
    if (replaces !== undefined) successors.set(token, replaces);
    return {
      access_token: token,
      scope: scopeText,
      expires_in: offlineTokenSeconds,
      refresh_token: refreshToken,
      refresh_token_expires_in: refreshTokenSeconds,
    };
  };

  return {
    check(token) {
      const known = tokens.get(token);
      if (!known || (known.expiresAt !== undefined && known.expiresAt <= clock.now())) return undefined;
      // Since 2026-08-28 the old refresh token dies when the new token is first used. shopify.dev, read 2026-11-23.
      const replaced = successors.get(token);
      if (replaced !== undefined) {
        refreshes.delete(replaced);
        successors.delete(token);
      }
      return known;
    },
    grant(form) {
      if (form['client_id'] !== options.clientId || form['client_secret'] !== options.clientSecret) {
        return refuse('invalid_client', 'The client credentials are not valid.', 401);
      }
      switch (form['grant_type']) {
        case 'client_credentials': {
          const token = issue('shpat', clientTokenSeconds);
          return { status: 200, body: { access_token: token, scope: scopeText, expires_in: clientTokenSeconds } };
        }
        case 'refresh_token': {
          const given = form['refresh_token'] ?? '';
          const known = refreshes.get(given);
          if (!known || known.expiresAt <= clock.now())
            return refuse('invalid_grant', 'The refresh token is not valid.');
          if (known.replaces !== undefined) refreshes.delete(known.replaces);
          return { status: 200, body: issuePair(given) };
        }
        case 'urn:ietf:params:oauth:grant-type:token-exchange':
          if (!form['subject_token']) return refuse('invalid_subject_token', 'The session token is missing.');
          return form['expiring'] === '1'
            ? { status: 200, body: issuePair(undefined) }
            : { status: 200, body: { access_token: issue('shpat', refreshTokenSeconds), scope: scopeText } };
        case undefined:
          if (!form['code']) return refuse('invalid_request', 'The code is missing.');
          return { status: 200, body: issuePair(undefined) };
        default:
          return refuse('unsupported_grant_type', 'The grant type is not supported.');
      }
    },
    install() {
      const pair = issuePair(undefined);
      return { accessToken: pair.access_token, refreshToken: pair.refresh_token };
    },
    expire() {
      for (const [token, known] of tokens) {
        if (token !== options.staticToken) tokens.set(token, { ...known, expiresAt: clock.now() });
      }
    },
    revoke: (token) => void tokens.delete(token),
  };
}

function refuse(error: string, description: string, status: 400 | 401 = 400) {
  return { status, body: { error, error_description: description } };
}

/** The fields of a token request, sent as a form or as JSON. */
export function formOf(body: string, contentType = ''): Readonly<Record<string, string>> {
  if (!contentType.includes('json')) return Object.fromEntries(new URLSearchParams(body));
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, String(value)]));
  } catch {
    return {};
  }
}
