import { sessionUser } from './session-user.ts';
import { heldToken, type EndingToken } from './token-held.ts';
import type { TokenOffice } from './token-office.ts';
import { quietProvider, type TokenProvider, type TokenRuntime, type TokenSource } from './token-provider.ts';
import { offlineTokenSchema, tokenSchema, type WireOfflineToken } from './wire/token.ts';
import type * as z from 'zod';

/** An embedded app, whose requests bring session tokens. */
export interface ExchangedTokenOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `online`: acts as the user of the session, and ends with it. `offline`: acts as the app. */
  readonly kind: 'online' | 'offline';
  /**
   * Gives the session token of the request at hand, whose signature you have checked. It lives for a minute. `online`
   * asks for it before every call, and gives nobody the token of another user.
   */
  readonly sessionToken: () => Promise<string>;
}

/**
 * Tokens that are exchanged for session tokens, for the work of a request. What works when nobody is there wants
 * `offlineToken`.
 */
export function exchangedToken(options: ExchangedTokenOptions): TokenProvider {
  const { kind, clientSecret } = options;
  const open = (runtime: TokenRuntime) => (kind === 'online' ? tokensOfUsers : tokenOfApp)(options, runtime);
  return quietProvider({ clientSecret, open });
}

function tokenOfApp(options: ExchangedTokenOptions, { system, office, clock }: TokenRuntime): TokenSource {
  return heldToken({ system, clock }, async () => {
    const wire = await exchangeOffline(office, options, await options.sessionToken());
    return { token: wire.access_token, endsAt: clock.now() + wire.expires_in * 1000 };
  });
}

/** So many users work at a time with one client; of more, the first one's token is asked for anew. */
const mostUsers = 500;

function tokensOfUsers(options: ExchangedTokenOptions, { system, shop, office, clock }: TokenRuntime): TokenSource {
  /** By user. What a token is exchanged for is the session token that the user showed last. */
  const users = new Map<string, { readonly source: TokenSource; show(sessionToken: string): void }>();

  function userOf(id: string, shown: string): TokenSource {
    const user = users.get(id) ?? newUser();
    user.show(shown);
    const [first] = users.keys();
    if (users.size >= mostUsers && first !== undefined && !users.has(id)) users.delete(first);
    users.set(id, user);
    return user.source;
  }

  function newUser() {
    let shown = '';
    return {
      source: heldToken({ system, clock }, () => exchanged(shown)),
      show: (sessionToken: string) => void (shown = sessionToken),
    };
  }

  async function exchanged(sessionToken: string): Promise<EndingToken> {
    const wire = await exchangeOnline(office, options, sessionToken);
    return { token: wire.access_token, endsAt: clock.now() + wire.expires_in * 1000 };
  }

  return {
    isRenewed: true,
    // Whose token was refused is not known here.
    renew: () => users.clear(),
    async current() {
      const shown = await options.sessionToken();
      const id = await sessionUser(shown, { ...options, shop, clock });
      // Shopify decides about one that is not known here to be a user's.
      return id === undefined ? (await exchanged(shown)).token : userOf(id, shown).current();
    },
  };
}

interface App {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An expiring offline token for a session token. */
export function exchangeOffline(office: TokenOffice, app: App, sessionToken: string): Promise<WireOfflineToken> {
  return exchange(office, app, sessionToken, { ...offline, expiring: '1' }, offlineTokenSchema);
}

/** An online token for a session token. */
export function exchangeOnline(
  office: TokenOffice,
  app: App,
  sessionToken: string,
): Promise<z.infer<typeof tokenSchema>> {
  return exchange(office, app, sessionToken, online, tokenSchema);
}

// shopify.dev, token exchange, read 2026-11-23.
const offline = { requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token' };
const online = { requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token' };

function exchange<T>(
  office: TokenOffice,
  { clientId, clientSecret }: App,
  sessionToken: string,
  wanted: Readonly<Record<string, string>>,
  answer: z.ZodType<T>,
): Promise<T> {
  const form = {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    client_id: clientId,
    client_secret: clientSecret,
    subject_token: sessionToken,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    ...wanted,
  };
  return office.grant('session-token', form, answer);
}
