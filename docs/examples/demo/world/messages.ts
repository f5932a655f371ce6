/** The header in which whatever reaches the worker says what time it is in the world: they share no clock. */
export const worldTime = 'x-world-time';

/** What the world tells the worker. All times are of the world's clock, in milliseconds since 1970. */
export type ToWorker =
  | { readonly kind: 'wake'; readonly id: number; readonly now: number }
  /** Work until nothing is due any more, then say so. */
  | { readonly kind: 'settle'; readonly id: number; readonly now: number }
  /** The scheduler's hour: pull what webhooks may have lost. */
  | { readonly kind: 'sweep'; readonly id: number; readonly now: number };

/** What the worker tells the world. */
export type ToWorld =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'sleep'; readonly id: number; readonly ms: number }
  | { readonly kind: 'wake-cancelled'; readonly id: number }
  /** Nothing is at work here: only the world's clock can make anything happen. */
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'settled';
      readonly id: number;
      readonly nextInMs: number | undefined;
      readonly usage: readonly PlatformUsage[];
    }
  | { readonly kind: 'failed'; readonly message: string };

/** Calls and allowance of one connected system, as its connector counted them. */
export type PlatformUsage = {
  readonly system: string;
  readonly bucket: string;
  readonly calls: number;
  readonly spent: number;
  readonly throttled: number;
  readonly waitedMs: number;
};

/** What the worker is started with, as one JSON argument. */
export type WorkerSettings = {
  readonly now: number;
  readonly file: string;
  readonly port: number;
  readonly shopify: {
    readonly url: string;
    readonly shop: string;
    readonly accessToken: string;
    readonly webhookSecret: string;
  };
  readonly woocommerce: {
    readonly url: string;
    readonly consumerKey: string;
    readonly consumerSecret: string;
    readonly webhookSecret: string;
  };
  readonly amazon: {
    readonly url: string;
    readonly marketplaceId: string;
    readonly sellerId: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly refreshToken: string;
  };
  readonly odoo: {
    readonly url: string;
    readonly database: string;
    readonly apiKey: string;
    readonly pricelist: number;
  };
  readonly shipbob: {
    readonly url: string;
    readonly token: string;
    readonly channelId: string;
    readonly webhookSecret: string;
  };
  readonly tillSecret: string;
};
