import { heldToken, type EndingToken } from './token-held.ts';
import type { TokenOffice } from './token-office.ts';
import type { TokenProvider } from './token-provider.ts';
import { offlineTokenSchema, tokenSchema, type WireOfflineToken } from './wire/token.ts';
import type * as z from 'zod';

/** An embedded app, whose requests bring session tokens. */
export interface ExchangedTokenOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** `online`: acts as the user of the session, and ends with it. `offline`: acts as the app. */
  readonly kind: 'online' | 'offline';
  /** Gives a session token of the moment, whose signature you have checked. It lives for a minute. */
  readonly sessionToken: () => Promise<string>;
}

/**
 * Tokens that are exchanged for session tokens, for the work of a request. What works when nobody is there wants
 * `offlineToken`.
 */
export function exchangedToken(options: ExchangedTokenOptions): TokenProvider {
  const { kind, clientSecret } = options;
  return {
    clientSecret,
    open: ({ office, clock }) =>
      heldToken(clock, async (): Promise<EndingToken> => {
        const asked = await options.sessionToken();
        const wire = await (kind === 'online' ? exchangeOnline : exchangeOffline)(office, options, asked);
        return { token: wire.access_token, endsAt: clock.now() + wire.expires_in * 1000 };
      }),
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
