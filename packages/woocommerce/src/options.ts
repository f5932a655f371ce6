import {
  orderStatuses,
  parseOptions,
  runtimeOptions,
  systemClock,
  type Clock,
  type OrderStatus,
  type Runtime,
} from '@crossdock/core';
import * as z from 'zod';

/**
 * What `woocommerce()` takes. An option that is wrong, missing or misspelt is `options.invalid` before anything is sent.
 */
export interface WooCommerceOptions extends Runtime {
  /** Where the shop is, with the folder that WordPress lives in: `https://shop.example`. */
  readonly url: string;
  /** What stands there under Settings, Permalinks: `plain`, or anything else, which is `pretty`. Default `pretty`. */
  readonly permalinks?: 'pretty' | 'plain' | undefined;
  /** `ck_` and 40 hexadecimal digits. The key needs read and write access. */
  readonly consumerKey: string;
  /** `cs_` and 40 hexadecimal digits. */
  readonly consumerSecret: string;
  /** Secrets of the webhooks; several while one is rotated. Default none, and then every delivery is refused. */
  readonly webhookSecrets?: readonly string[] | undefined;
  /** The system's name in references. Default `woocommerce`. */
  readonly name?: string | undefined;
  /** The shop's currency, which prices are compared with. Default: read from the shop once. */
  readonly currency?: string | undefined;
  /** Order statuses that plugins added, without `wc-`, and what they mean: `{ packed: 'allocated' }`. */
  readonly statuses?: Readonly<Record<string, OrderStatus>> | undefined;
  /** The key of the order meta that holds a trade customer's account number. Default: none, no number is read. */
  readonly accountNumberMeta?: string | undefined;
  /** How far a pull goes back behind the one before, for changes that became visible late. Default 120 000. */
  readonly overlapMs?: number | undefined;
  /** Whether an order of which everything left is set to `completed`. Default true. */
  readonly completeWhenShipped?: boolean | undefined;
  /**
   * What an order becomes that is not paid: `on-hold` takes the goods off the stock and waits, `processing` is shipped and
   * WooCommerce notes it as paid. Default `on-hold`.
   */
  readonly unpaidStatus?: 'on-hold' | 'processing' | undefined;
  /** Whether a refund is paid back by the shop's own gateway. Default false: it is booked, and the money went back elsewhere. */
  readonly refundAtGateway?: boolean | undefined;
  /** Whether the shop writes to the buyer about a shipment. Default false. */
  readonly notifyBuyer?: boolean | undefined;
  /** Whether a product that counts no stock begins to when its stock is set. Default false: the item is refused. */
  readonly countStock?: boolean | undefined;
  /** What the shop's host allows. Default no limit: WooCommerce itself has none. */
  readonly rate?: { readonly requests: number; readonly perMs: number } | undefined;
  /**
   * Calls on their way at the same time, at most. It begins with 2, grows while the shop answers as fast as ever and is
   * halved when it refuses (429, 503) or does not answer in time. Default 8.
   */
  readonly concurrency?: number | undefined;
  /** Largest webhook body that is read, in bytes. Default 5 MiB. */
  readonly maxWebhookBytes?: number | undefined;
  /** Longest wait for one attempt, in milliseconds. Default 60 000: a batch of stock takes seconds on a shared host. */
  readonly timeoutMs?: number | undefined;
  /** Whether a shop without TLS is spoken to, with signed requests instead of the key itself. Default false. */
  readonly allowHttp?: boolean | undefined;
}

/** The options with their defaults, checked. */
export interface WooCommerceSettings {
  /** Without a slash at the end. */
  readonly url: string;
  readonly permalinks: 'pretty' | 'plain';
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly webhookSecrets: readonly string[];
  readonly system: string;
  readonly currency: string | undefined;
  readonly statuses: Readonly<Record<string, OrderStatus>>;
  readonly accountNumberMeta: string | undefined;
  readonly overlapMs: number;
  readonly completeWhenShipped: boolean;
  readonly unpaidStatus: 'on-hold' | 'processing';
  readonly refundAtGateway: boolean;
  readonly notifyBuyer: boolean;
  readonly countStock: boolean;
  readonly rate: { readonly requests: number; readonly perMs: number } | undefined;
  readonly concurrency: number;
  readonly maxWebhookBytes: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly runtime: Runtime;
}

/** Checks what a developer wrote, in words, before the first call. Keys and secrets are never repeated in the words. */
export function settingsOf(options: WooCommerceOptions): WooCommerceSettings {
  const {
    fetch,
    clock,
    random,
    shared,
    name,
    allowHttp: _allowed,
    ...rest
  } = parseOptions(schema, options, 'woocommerce', {
    wants,
    shown: { url: plainUrl, currency: short },
  });
  return {
    ...rest,
    system: name,
    currency: rest.currency,
    accountNumberMeta: rest.accountNumberMeta,
    rate: rest.rate,
    clock: clock ?? systemClock,
    runtime: { fetch, clock, random, shared },
  };
}

/** A host in short words and nothing else, so that no secret is quoted. */
const plainUrl = /^(?:https?:\/\/)?(?:[a-z0-9-]{1,20}\.){1,4}[a-z]{2,12}(?::\d{1,5})?\/?$/;

/** Shorter than any key or secret, so that it may be quoted. */
const short = /^[A-Za-z]{1,4}$/;

/** What an option wants, and what to pass. What came instead may be a secret in the wrong place. */
const wants = {
  options: 'an object. Pass { url: "https://shop.example", consumerKey, consumerSecret }',
  permalinks: '"pretty" or "plain". Leave it out, or pass "plain" where Settings, Permalinks say so',
  consumerKey:
    '"ck_" and 40 hexadecimal digits. Pass the key as WooCommerce shows it under Settings, Advanced, REST API',
  consumerSecret: '"cs_" and 40 hexadecimal digits. Pass the secret that WooCommerce showed once with the key',
  webhookSecrets: 'a list of secrets, none of them blank. Leave it out or pass [secret]',
  name: 'a text of 1 to 100 letters. Leave it out or pass one such as "north"',
  currency: 'an ISO 4217 code. Leave it out or pass one such as "EUR"',
  statuses: `our statuses by the plugin's, without "wc-". Pass one such as { packed: "allocated" }`,
  accountNumberMeta: 'the key of an order meta. Leave it out or pass one such as "_account_number"',
  overlapMs: 'whole milliseconds from 0. Pass a number such as 120000',
  completeWhenShipped: 'true or false. Leave it out or pass one of the two',
  unpaidStatus: '"on-hold" or "processing". Leave it out or pass one of the two',
  refundAtGateway: 'true or false. Leave it out or pass one of the two',
  notifyBuyer: 'true or false. Leave it out or pass one of the two',
  countStock: 'true or false. Leave it out or pass one of the two',
  rate: 'whole numbers from 1. Leave it out or pass { requests: 60, perMs: 60000 }',
  concurrency: 'a whole number from 1. Pass one such as 4',
  maxWebhookBytes: 'whole bytes from 1. Pass a number such as 5242880',
  timeoutMs: 'whole milliseconds from 1. Pass a number such as 60000',
  allowHttp: 'true or false. Leave it out or pass one of the two',
};

const text = z.string().max(100).regex(/\S/);

/** Statuses that no option may give another meaning: an order in the trash is deleted, a draft is no order yet. */
const fixed: ReadonlySet<string> = new Set(['trash', 'auto-draft', 'checkout-draft']);

const schema = z
  .strictObject({
    url: z
      .string()
      .refine(
        isShop,
        'wants where the shop is, with http or https and no user or query. Pass one such as "https://shop.example"',
      )
      .transform((url) => new URL(url).href.replace(/\/+$/, '')),
    permalinks: z.enum(['pretty', 'plain']).default('pretty'),
    consumerKey: z.string().regex(/^ck_[0-9a-f]{40}$/),
    consumerSecret: z.string().regex(/^cs_[0-9a-f]{40}$/),
    webhookSecrets: z.array(z.string().regex(/\S/)).default([]),
    name: text.default('woocommerce'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional(),
    statuses: z
      .record(
        z.string().refine((word) => /^[a-z0-9_-]+$/.test(word) && !word.startsWith('wc-') && !fixed.has(word)),
        z.enum(orderStatuses),
      )
      .default({}),
    accountNumberMeta: text.optional(),
    overlapMs: z.int().nonnegative().default(120_000),
    completeWhenShipped: z.boolean().default(true),
    unpaidStatus: z.enum(['on-hold', 'processing']).default('on-hold'),
    refundAtGateway: z.boolean().default(false),
    notifyBuyer: z.boolean().default(false),
    countStock: z.boolean().default(false),
    rate: z.strictObject({ requests: z.int().positive(), perMs: z.int().positive() }).optional(),
    concurrency: z.int().positive().default(8),
    maxWebhookBytes: z
      .int()
      .positive()
      .default(5 * 1024 * 1024),
    timeoutMs: z.int().positive().default(60_000),
    allowHttp: z.boolean().default(false),
    ...runtimeOptions,
  })
  .refine(({ url, allowHttp }) => allowHttp || url.startsWith('https:'), {
    path: ['url'],
    error:
      'wants https: without it everybody on the way reads the orders. Pass an address with "https://", or allowHttp: true for a host under development',
  });

function isShop(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, search, hash } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && [username, password, search, hash].every((part) => part === '');
}
