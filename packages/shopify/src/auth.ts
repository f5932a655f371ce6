import { CommerceError, type Clock, type HttpSend } from '@crossdock/core';
import type { AccessToken, ClientCredentials } from './options.ts';
import { tokenSchema } from './wire/token.ts';

/** Where the token of a call comes from. */
export interface TokenSource {
  /** The token to sign with; asked for where none is held or the held one is about to end. */
  current(send: HttpSend): Promise<string>;
  /** Forgets the held token, because Shopify refused it. */
  renew(): void;
  /** Whether another token can come after a refused one. */
  readonly isRenewed: boolean;
}

export function tokenSource(token: AccessToken, system: string, clock: Clock): TokenSource {
  if (typeof token === 'string') return { current: async () => token, renew: () => undefined, isRenewed: false };
  if (typeof token === 'function') {
    return { current: () => given(token, system), renew: () => undefined, isRenewed: true };
  }
  return clientCredentials(token, clock);
}

/** A token is asked for again this long before its end, so that no call is on its way when it ends. */
const marginMs = 5 * 60_000;

function clientCredentials(app: ClientCredentials, clock: Clock): TokenSource {
  let held: { readonly token: string; readonly until: number } | undefined;
  // Calls that need a token at the same time wait for one request.
  let asking: Promise<string> | undefined;

  async function ask(send: HttpSend): Promise<string> {
    const { data } = await send({
      operation: 'oauth.token',
      method: 'POST',
      path: 'oauth/access_token',
      form: { grant_type: 'client_credentials', client_id: app.clientId, client_secret: app.clientSecret },
      safety: 'repeatable',
      answer: tokenSchema,
    });
    held = { token: data.access_token, until: clock.now() + data.expires_in * 1000 - marginMs };
    return data.access_token;
  }

  return {
    isRenewed: true,
    renew() {
      held = undefined;
    },
    current(send) {
      if (held && clock.now() < held.until) return Promise.resolve(held.token);
      asking ??= ask(send).finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}

async function given(source: () => Promise<string>, system: string): Promise<string> {
  const token = await source();
  if (token.trim() !== '') return token;
  throw new CommerceError({
    code: 'auth.rejected',
    system,
    message: `"${system}" was not called: the token source gave a blank token. Check the function passed as accessToken.`,
  });
}
