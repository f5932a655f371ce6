import { originOption, parseOptions, runtimeOptions, systemClock, type Runtime } from '@crossdock/core';
import * as z from 'zod';
import { shopName } from './shop-name.ts';
import { exchangeOffline, exchangeOnline } from './token-exchange.ts';
import { tokenOffice } from './token-office.ts';
import { pairOf, type TokenPair } from './token-offline.ts';
import { offlineTokenSchema } from './wire/token.ts';

/** An app and one shop that it is being installed in. */
export interface ShopifyAppOptions extends Pick<Runtime, 'fetch' | 'clock' | 'random'> {
  /** The name before `.myshopify.com`. */
  readonly shop: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Default `https://{shop}.myshopify.com`. */
  readonly origin?: string | undefined;
  /** The system's name in errors. Default `shopify`. */
  readonly name?: string | undefined;
}

/** What an installation brings: the pair to store for `offlineToken`, and what the merchant agreed to. */
export interface Installation {
  readonly pair: TokenPair;
  readonly scopes: readonly string[];
}

/** A token that acts as the user of a session. */
export interface OnlineToken {
  readonly accessToken: string;
  readonly expiresAt: string;
  readonly scopes: readonly string[];
}

/** Gets the first tokens of a shop. Each is `auth.rejected` where Shopify refuses what was brought. */
export interface ShopifyApp {
  /** For the `code` of an authorization, whose `state` and `hmac` you have checked. It is good once. */
  exchangeCode(code: string): Promise<Installation>;
  /** For a session token of an embedded app, whose signature you have checked. It lives for a minute. */
  exchangeSession(sessionToken: string): Promise<Installation>;
  /** The same for the user of the session instead of the app. */
  exchangeSessionOnline(sessionToken: string): Promise<OnlineToken>;
}

/** An app at the door of a shop. Throws `options.invalid` for options that cannot work; sends nothing by itself. */
export function shopifyApp(options: ShopifyAppOptions): ShopifyApp {
  const app = parseOptions(schema, options, 'shopifyApp', { wants });
  const { shop, clientId, clientSecret, name, origin = `https://${shop}.myshopify.com`, ...runtime } = app;
  const office = tokenOffice({ system: name, origin, ...runtime });
  const now = () => (app.clock ?? systemClock).now();
  return {
    async exchangeCode(code) {
      const form = { client_id: clientId, client_secret: clientSecret, code, expiring: '1' };
      return installationOf(await office.grant('code', form, offlineTokenSchema), now());
    },
    async exchangeSession(sessionToken) {
      return installationOf(await exchangeOffline(office, app, sessionToken), now());
    },
    async exchangeSessionOnline(sessionToken) {
      const wire = await exchangeOnline(office, app, sessionToken);
      const expiresAt = new Date(now() + wire.expires_in * 1000).toISOString();
      return { accessToken: wire.access_token, expiresAt, scopes: scopesIn(wire.scope) };
    },
  };
}

function installationOf(wire: z.infer<typeof offlineTokenSchema>, now: number): Installation {
  return { pair: pairOf(wire, now), scopes: scopesIn(wire.scope) };
}

function scopesIn(scope = ''): readonly string[] {
  return scope.split(',').filter((name) => name !== '');
}

const wants = {
  options: 'an object. Pass { shop: "acme", clientId, clientSecret }',
  clientId: 'the client id of the app, in one line. Pass it',
  clientSecret: 'the client secret of the app, in one line. Pass it',
  name: 'a text of 1 to 100 letters. Leave it out or pass one such as "north"',
};

const line = z.string().regex(/^[\x21-\x7e]+$/);

const schema = z.strictObject({
  shop: shopName,
  clientId: line,
  clientSecret: line,
  origin: originOption.optional(),
  name: z.string().max(100).regex(/\S/).default('shopify'),
  fetch: runtimeOptions.fetch,
  clock: runtimeOptions.clock,
  random: runtimeOptions.random,
});
