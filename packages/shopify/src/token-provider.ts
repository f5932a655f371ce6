import type { Clock, SharedStore } from '@crossdock/core';
import type { TokenOffice } from './token-office.ts';

/** What a connector gives a provider to work with. */
export interface TokenRuntime {
  readonly system: string;
  /** The name before `.myshopify.com`. */
  readonly shop: string;
  readonly office: TokenOffice;
  readonly clock: Clock;
  readonly shared: SharedStore | undefined;
}

/** Where the token of a call comes from. */
export interface TokenSource {
  /** The token to sign with; asked for where none is held or the held one is about to end. */
  current(): Promise<string>;
  /** Forgets the held token, because Shopify refused it. */
  renew(): void;
  /** Whether another token can come after a refused one. */
  readonly isRenewed: boolean;
}

/** A way to come by tokens, for `accessToken`. Made by `offlineToken` and `exchangedToken`; one serves any number of connectors. */
export interface TokenProvider {
  /** Signs webhooks too, unless `webhookSecrets` says otherwise. */
  readonly clientSecret: string;
  /** Called once by each connector. */
  open(runtime: TokenRuntime): TokenSource;
}

/** A provider whose secret stays out of what is written about it: `JSON.stringify` and `console.log` leave it away. */
export function quietProvider(provider: TokenProvider): TokenProvider {
  return Object.defineProperty(provider, 'clientSecret', { enumerable: false });
}
