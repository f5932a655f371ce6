import { originOption, parseOptions, runtimeOptions, type Runtime } from '@crossdock/core';
import * as z from 'zod';
import { shopName } from './shop-name.ts';
import type { TokenProvider } from './token-provider.ts';

/** What a Dev Dashboard app signs in with: a token is asked for, kept for its life and renewed. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * A token that never ends, as text; an app's credentials, for a shop of the app's own organization; what `offlineToken` or
 * `exchangedToken` gave; or your own source, which is asked before every call and so has to keep its token.
 */
export type AccessToken = string | ClientCredentials | TokenProvider | (() => Promise<string>);

/** Something that goes on working for now: a version that was not served, a field that will go away. */
export type ShopifyWarning =
  | {
      readonly kind: 'version-not-served';
      readonly message: string;
      readonly asked: string;
      /** The oldest version that is still supported, which Shopify answers with instead. */
      readonly served: string;
    }
  | {
      readonly kind: 'deprecated';
      readonly message: string;
      /** Shopify's words. */
      readonly reason: string;
    };

/**
 * What `shopify()` takes. An option that is wrong, missing or misspelt is `options.invalid` before anything is sent.
 */
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
  /**
   * What stands before a trade customer's account number in a tag of the customer, such as `account:`. Default: none, and
   * what is about an account number is refused.
   */
  readonly accountNumberTag?: string | undefined;
  /**
   * Where stock is read and set: the id of a location, as a number or as `gid://shopify/Location/…`. Default: the shop's
   * only active location; one with several has to name it.
   */
  readonly location?: string | number | undefined;
  /** How far a pull goes back behind the one before, for changes that became visible late. Default 120 000. */
  readonly overlapMs?: number | undefined;
  /**
   * From how many records on a pull that begins is read out of a file, which Shopify writes in the background, instead of
   * pages. Default 5000; at most 10 000, as far as Shopify counts; `Infinity` for never.
   */
  readonly bulkFrom?: number | undefined;
  /** Whether Shopify tells the buyer about a confirmed shipment, a refund or a canceled order. Default false. */
  readonly notifyBuyer?: boolean | undefined;
  /** Carrier names as Shopify knows them, by our name in small letters; adds to the built-in ones. */
  readonly carriers?: Readonly<Record<string, string>> | undefined;
  /** Largest webhook body that is read, in bytes. Default 5 MiB. */
  readonly maxWebhookBytes?: number | undefined;
  /** Longest wait for one attempt, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /**
   * Hears each warning once. The pinned version not being served also fails `check()`. What it throws is its owner's
   * trouble: the call goes on.
   */
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
  readonly accountNumberTag: string | undefined;
  /** As a global id. */
  readonly location: string | undefined;
  readonly overlapMs: number;
  readonly bulkFrom: number;
  readonly notifyBuyer: boolean;
  readonly carriers: Readonly<Record<string, string>>;
  readonly maxWebhookBytes: number;
  readonly timeoutMs: number | undefined;
  readonly onWarning: (warning: ShopifyWarning) => void;
}

/** Checks what a developer wrote, in words, before the first call. Secrets are never repeated in the words. */
export function settingsOf(options: ShopifyOptions): ShopifySettings {
  const { name, ...checked } = parseOptions(schema, options, 'shopify', {
    wants,
    shown: { shop: address, apiVersion: short },
  });
  const { shop, accessToken, location, origin = `https://${shop}.myshopify.com`, webhookSecrets } = checked;
  return {
    ...checked,
    origin,
    system: name,
    webhookSecrets: webhookSecrets ?? (typeof accessToken === 'object' ? [accessToken.clientSecret] : []),
    accountNumberAttribute: checked.accountNumberAttribute,
    accountNumberTag: checked.accountNumberTag,
    location: location === undefined ? undefined : `gid://shopify/Location/${/\d+$/.exec(String(location))?.[0] ?? ''}`,
    timeoutMs: checked.timeoutMs,
  };
}

/** The address of a shop and nothing behind it, so that it may be quoted. */
const address = /^(?:https?:\/\/)?[a-z0-9][a-z0-9-]*\.myshopify\.com\/?$/i;

/** Shorter than any token or secret, so that it may be quoted. */
const short = /^[\w.-]{1,10}$/;

/** What an option wants, and what to pass. What came instead may be a secret in the wrong place. */
const wants = {
  options: 'an object. Pass { shop: "acme", accessToken }',
  accessToken:
    'a token in one line, { clientId, clientSecret }, a provider such as offlineToken({ … }) or a function. Pass one of them',
  webhookSecrets: 'a list of client secrets, none of them blank. Leave it out or pass [secret]',
  // A version comes out with every quarter. shopify.dev, read 2026-11-23.
  apiVersion: 'the year and the month of a quarter. Pass one such as "2026-07"',
  name: 'a text of 1 to 100 letters. Leave it out or pass one such as "north"',
  accountNumberAttribute: 'the name of an attribute. Leave it out or pass one such as "Account number"',
  accountNumberTag: 'the beginning of a tag, without a comma. Leave it out or pass one such as "account:"',
  location: 'the id of a location. Pass one such as "gid://shopify/Location/1"',
  overlapMs: 'whole milliseconds from 0. Pass a number such as 120000',
  bulkFrom: 'a whole number from 1 to 10000, or Infinity. Leave it out or pass one such as 5000',
  notifyBuyer: 'true or false. Leave it out or pass one of the two',
  carriers: 'carrier names by name in small letters. Leave it out or pass one such as { ups: "UPS" }',
  maxWebhookBytes: 'whole bytes from 1. Pass a number such as 5242880',
  timeoutMs: 'whole milliseconds from 1. Pass a number such as 30000',
  onWarning: 'a function. Leave it out or pass one',
};

/** A token is a header's value: blanks and line breaks were pasted with it. */
const line = z.string().regex(/^[\x21-\x7e]+$/);
const text = z.string().max(100).regex(/\S/);

const schema = z.strictObject({
  shop: shopName,
  accessToken: z.union([
    line,
    z.custom<TokenProvider>(isProvider),
    z.strictObject({ clientId: line, clientSecret: line }),
    z.custom<() => Promise<string>>((value) => typeof value === 'function'),
  ]),
  webhookSecrets: z.array(line).optional(),
  apiVersion: z
    .string()
    .regex(/^20\d{2}-(01|04|07|10)$|^unstable$/)
    .default('2026-07'),
  origin: originOption.optional(),
  name: text.default('shopify'),
  accountNumberAttribute: text.optional(),
  // A comma ends a tag. shopify.dev, Customer.tags, API 2026-07.
  accountNumberTag: text.regex(/^[^,]+$/).optional(),
  location: z.union([z.int().positive(), z.string().regex(/^(?:gid:\/\/shopify\/Location\/)?[1-9]\d*$/)]).optional(),
  overlapMs: z.int().nonnegative().default(120_000),
  // Counts end there. shopify.dev, productsCount, API 2026-07.
  bulkFrom: z.union([z.int().min(1).max(10_000), z.literal(Infinity)]).default(5000),
  notifyBuyer: z.boolean().default(false),
  carriers: z.record(z.string(), text).default({}),
  maxWebhookBytes: z
    .int()
    .positive()
    .default(5 * 1024 * 1024),
  timeoutMs: z.int().positive().optional(),
  onWarning: z
    .custom<(warning: ShopifyWarning) => void>((value) => typeof value === 'function')
    .default(() => () => undefined),
  ...runtimeOptions,
});

function isProvider(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return typeof Reflect.get(value, 'open') === 'function' && line.safeParse(Reflect.get(value, 'clientSecret')).success;
}
