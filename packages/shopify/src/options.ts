import { CommerceError, type Runtime } from '@crossdock/core';

/** What a Dev Dashboard app signs in with: a token is asked for, kept for its life and renewed. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token as text, an app's credentials, or your own source, which is asked before every call and so has to keep it. */
export type AccessToken = string | ClientCredentials | (() => Promise<string>);

/** Something that goes on working for now: a version that was not served, a field that will go away. */
export interface ShopifyWarning {
  readonly kind: 'version-not-served' | 'deprecated';
  readonly message: string;
}

export interface ShopifyOptions extends Runtime {
  /** The name before `.myshopify.com`. */
  readonly shop: string;
  readonly accessToken: AccessToken;
  /**
   * The app's client secrets that sign webhooks; several while one is rotated. Default: the client secret of
   * `accessToken`, else none, and then every delivery is refused.
   */
  readonly webhookSecrets?: readonly string[] | undefined;
  /** Default `2026-07`. */
  readonly apiVersion?: string | undefined;
  /** Where the shop answers. Default `https://{shop}.myshopify.com`; the origin of a fake or a proxy goes here. */
  readonly origin?: string | undefined;
  /** The system's name in references. Default `shopify`. */
  readonly name?: string | undefined;
  /** The order's custom attribute that holds a trade customer's account number. Default: none, no number is read. */
  readonly accountNumberAttribute?: string | undefined;
  /** How far a pull goes back behind the one before, for changes that became visible late. Default 120 000. */
  readonly overlapMs?: number | undefined;
  /** Whether Shopify tells the buyer about a confirmed shipment or a canceled order. Default false. */
  readonly notifyBuyer?: boolean | undefined;
  /** Carrier names as Shopify knows them, by our name in small letters; adds to the built-in ones. */
  readonly carriers?: Readonly<Record<string, string>> | undefined;
  /** Largest webhook body that is read, in bytes. Default 5 MiB. */
  readonly maxWebhookBytes?: number | undefined;
  /** Longest wait for one attempt, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Hears each warning once. The pinned version not being served also fails `check()`. */
  readonly onWarning?: ((warning: ShopifyWarning) => void) | undefined;
}

/** The options with their defaults, checked. */
export interface ShopifySettings extends Runtime {
  readonly shop: string;
  readonly accessToken: AccessToken;
  readonly webhookSecrets: readonly string[];
  readonly apiVersion: string;
  readonly origin: string;
  readonly system: string;
  readonly accountNumberAttribute: string | undefined;
  readonly overlapMs: number;
  readonly notifyBuyer: boolean;
  readonly carriers: Readonly<Record<string, string>>;
  readonly maxWebhookBytes: number;
  readonly timeoutMs: number | undefined;
  readonly onWarning: (warning: ShopifyWarning) => void;
}

/** Checks what a developer wrote, in words, before the first call. Secrets are never repeated in the words. */
export function settingsOf(options: ShopifyOptions): ShopifySettings {
  const { shop, accessToken, apiVersion = '2026-07' } = options;
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(shop)) {
    const name = /^(?:https?:\/\/)?([a-zA-Z0-9-]+)\.myshopify\.com/.exec(shop)?.[1];
    throw invalid(
      `shopify({ shop }) wants the name before ".myshopify.com", got "${shop}".`,
      name === undefined ? 'Pass the name alone.' : `Pass "${name}".`,
    );
  }
  if (!/^\d{4}-\d{2}$|^unstable$/.test(apiVersion)) {
    throw invalid(
      `shopify({ apiVersion }) wants a year and a month, got "${apiVersion}".`,
      'Pass one such as "2026-07".',
    );
  }
  if (isBlankToken(accessToken)) {
    throw invalid('shopify({ accessToken }) is blank.', 'Pass a token, { clientId, clientSecret } or a function.');
  }
  const webhookSecrets = options.webhookSecrets ?? secretOf(accessToken);
  if (webhookSecrets.some((secret) => secret.trim() === '')) {
    // Anybody can sign with an empty key.
    throw invalid('shopify({ webhookSecrets }) holds a blank secret.', 'Leave it out or pass the client secret.');
  }
  const overlapMs = wholeNumber('overlapMs', options.overlapMs ?? 120_000, 0);
  return {
    fetch: options.fetch,
    clock: options.clock,
    random: options.random,
    shop: shop.toLowerCase(),
    accessToken,
    webhookSecrets,
    apiVersion,
    origin: originOf(options.origin ?? `https://${shop.toLowerCase()}.myshopify.com`),
    system: options.name ?? 'shopify',
    accountNumberAttribute: options.accountNumberAttribute,
    overlapMs,
    notifyBuyer: options.notifyBuyer ?? false,
    carriers: options.carriers ?? {},
    maxWebhookBytes: wholeNumber('maxWebhookBytes', options.maxWebhookBytes ?? 5 * 1024 * 1024, 1),
    timeoutMs: options.timeoutMs,
    onWarning: options.onWarning ?? (() => undefined),
  };
}

function isBlankToken(token: AccessToken): boolean {
  if (typeof token === 'string') return token.trim() === '';
  return typeof token === 'object' && (token.clientId.trim() === '' || token.clientSecret.trim() === '');
}

function secretOf(token: AccessToken): readonly string[] {
  return typeof token === 'object' ? [token.clientSecret] : [];
}

function originOf(origin: string): string {
  if (!URL.canParse(origin))
    throw invalid('shopify({ origin }) is no URL.', 'Pass one such as "https://proxy.example".');
  return origin.replace(/\/+$/, '');
}

function wholeNumber(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw invalid(`shopify({ ${name} }) wants a whole number from ${least}, got "${value}".`, 'Pass one.');
}

function invalid(seen: string, next: string): CommerceError {
  return new CommerceError({ code: 'options.invalid', message: `${seen} ${next}` });
}
