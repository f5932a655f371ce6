import type { TestClock } from '../../fake/clock.ts';
import type { SessionTokens } from './session-token.ts';

/** What a token may do and until when. */
type Token = {
  readonly scopes: ReadonlySet<string> | undefined;
  readonly expiresAt: number | undefined;
  /** Whether it belongs to somebody who is logged in, and not to the app alone. */
  readonly isOnline: boolean;
};
type Answer = { readonly status: 200 | 400 | 401; readonly body: Readonly<Record<string, unknown>> };

/** The app's credentials and its tokens in one shop. */
export interface Tokens {
  /** The token when it is known and not expired. */
  check(token: string): Token | undefined;
  /** Answers the token endpoint. */
  grant(form: Readonly<Record<string, string>>): Promise<Answer>;
  /** A pair of expiring tokens, as an installed app gets for its code. */
  install(): { readonly accessToken: string; readonly refreshToken: string };
  /** A code as the merchant's browser brings it back, good for one exchange. */
  authorize(): string;
  /** Ends every token, that of old apps too, until the app is installed again. */
  uninstall(): void;
  /** From now on the token endpoint refuses with this error; undefined ends it. */
  refuse(error: string | undefined): void;
  /** Lets every token that was granted expire now, except the one the shop was made with. */
  expire(): void;
  /** Takes a token away for good. */
  revoke(token: string): void;
}

// A client-credentials token lasts 24 hours less a second, as an online one does; an expiring offline one an hour, its
// refresh token 90 days. shopify.dev, access tokens, read 2026-11-23.
const dayTokenSeconds = 86_399;
const offlineTokenSeconds = 3600;
const refreshTokenSeconds = 90 * 24 * 60 * 60;

// Errors as shopify.dev writes them, read 2026-11-26; which one answers what besides the first two is ours.
const refusals: Readonly<Record<string, string>> = {
  shop_not_permitted: 'Client credentials cannot be performed on this shop.',
  application_cannot_be_found: 'The application cannot be found.',
  app_not_installed: 'The application is not installed on this shop.',
};

/** Makes the token office of one shop. */
export function tokenOffice(options: {
  readonly clock: TestClock;
  readonly uuid: () => string;
  readonly staticToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[] | undefined;
  readonly sessions: SessionTokens;
}): Tokens {
  const { clock, uuid } = options;
  const scopes = options.scopes && new Set(options.scopes);
  const tokens = new Map<string, Token>([[options.staticToken, { scopes, expiresAt: undefined, isOnline: false }]]);
  /** Refresh tokens by value. A used one stays good until the token that came with its successor is used. */
  const refreshes = new Map<string, { readonly expiresAt: number; readonly replaces: string | undefined }>();
  const successors = new Map<string, string>();
  const codes = new Set<string>();
  const scopeText = (options.scopes ?? ['read_orders', 'write_orders']).join(',');
  let isInstalled = true;
  let refused: string | undefined;

  const issue = (seconds: number | undefined, isOnline = false): string => {
    const token = `shpat_${uuid().replaceAll('-', '')}`;
    tokens.set(token, {
      scopes,
      expiresAt: seconds === undefined ? undefined : clock.now() + seconds * 1000,
      isOnline,
    });
    return token;
  };

  const issuePair = (replaces: string | undefined) => {
    const token = issue(offlineTokenSeconds);
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

  /** A token of the app alone: a pair where it is to expire, else one that does not. */
  const offline = (form: Readonly<Record<string, string>>): Answer => ({
    status: 200,
    body: form['expiring'] === '1' ? issuePair(undefined) : { access_token: issue(undefined), scope: scopeText },
  });

  const exchange = async (form: Readonly<Record<string, string>>): Promise<Answer> => {
    if (form['subject_token_type'] !== 'urn:ietf:params:oauth:token-type:id_token')
      return refuse('invalid_request', 'The type of the subject token is not supported.');
    if (!(await options.sessions.isGood(form['subject_token'] ?? '')))
      return refuse('invalid_subject_token', 'The session token is missing, over, or not signed for this app.');
    isInstalled = true;
    switch (form['requested_token_type']) {
      case 'urn:shopify:params:oauth:token-type:offline-access-token':
        return offline(form);
      case 'urn:shopify:params:oauth:token-type:online-access-token':
        return {
          status: 200,
          body: {
            access_token: issue(dayTokenSeconds, true),
            scope: scopeText,
            expires_in: dayTokenSeconds,
            associated_user_scope: scopeText,
            associated_user: { id: 42, account_owner: true, locale: 'en', collaborator: false, email_verified: true },
          },
        };
      case undefined:
      default:
        return refuse('invalid_request', 'The requested type of token is not supported.');
    }
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
    async grant(form) {
      if (refused !== undefined) return refuse(refused, refusals[refused] ?? 'The request was refused.');
      if (form['client_id'] !== options.clientId || form['client_secret'] !== options.clientSecret) {
        return refuse('invalid_client', 'The client credentials are not valid.', 401);
      }
      switch (form['grant_type']) {
        case 'client_credentials': {
          if (!isInstalled) return refuse('app_not_installed', refusals['app_not_installed'] ?? '');
          const token = issue(dayTokenSeconds);
          return { status: 200, body: { access_token: token, scope: scopeText, expires_in: dayTokenSeconds } };
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
          return exchange(form);
        case undefined:
        case 'authorization_code':
          if (!codes.delete(form['code'] ?? '')) {
            return refuse('invalid_request', 'The authorization code was not found or was already used');
          }
          isInstalled = true;
          return offline(form);
        default:
          return refuse('unsupported_grant_type', 'The grant type is not supported.');
      }
    },
    install() {
      isInstalled = true;
      const pair = issuePair(undefined);
      return { accessToken: pair.access_token, refreshToken: pair.refresh_token };
    },
    authorize() {
      const code = uuid().replaceAll('-', '');
      codes.add(code);
      return code;
    },
    uninstall() {
      isInstalled = false;
      tokens.clear();
      refreshes.clear();
      successors.clear();
      codes.clear();
    },
    refuse(error) {
      refused = error;
    },
    expire() {
      for (const [token, known] of tokens) {
        if (token !== options.staticToken) tokens.set(token, { ...known, expiresAt: clock.now() });
      }
    },
    revoke: (token) => void tokens.delete(token),
  };
}

function refuse(error: string, description: string, status: 400 | 401 = 400): Answer {
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
