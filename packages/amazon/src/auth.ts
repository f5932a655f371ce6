import type { Clock, HttpSend } from '@crossdock/core';
import type { AmazonSettings } from './options.ts';
import { tokenSchema } from './wire/token.ts';

/** Where the access token of a call comes from. */
export interface TokenSource {
  /** The token to sign with; asked for where none is held or the held one is about to end. */
  current(send: HttpSend): Promise<string>;
  /** Forgets the held token, because Amazon refused it. */
  renew(): void;
}

/** A token is asked for again this long before its end, so that no call is on its way when it ends. */
const marginMs = 60_000;

/** Tokens of Login with Amazon, which live an hour. developer-docs.amazon.com, read 2026-08-18. */
export function tokenSource(
  { clientId, clientSecret, refreshToken }: Pick<AmazonSettings, 'clientId' | 'clientSecret' | 'refreshToken'>,
  clock: Clock,
): TokenSource {
  let held: { readonly token: string; readonly until: number } | undefined;
  // Calls that need a token at the same time wait for one request.
  let asking: Promise<string> | undefined;

  async function ask(send: HttpSend): Promise<string> {
    const { data } = await send({
      operation: 'oauth.token',
      method: 'POST',
      path: 'auth/o2/token',
      form: {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: clientId,
        client_secret: clientSecret,
      },
      // It changes nothing: a call that ends because there is no token was not made.
      safety: 'read',
      answer: tokenSchema,
    });
    held = { token: data.access_token, until: clock.now() + data.expires_in * 1000 - marginMs };
    return data.access_token;
  }

  return {
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
