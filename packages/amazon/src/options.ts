import { originOption, parseOptions, runtimeOptions, systemClock, type Clock, type Runtime } from '@crossdock/core';
import * as z from 'zod';
import { marketplaceOf, type AmazonRegion } from './marketplaces.ts';

/** Who ships an order: the seller, or Amazon out of its own warehouses. */
export type AmazonFulfiller = 'MERCHANT' | 'AMAZON';

/** The program that calls, as Amazon wants it named on every call. */
export interface AmazonApplication {
  readonly name: string;
  readonly version: string;
}

/**
 * What `amazon()` takes. An option that is wrong, missing or misspelt is `options.invalid` before anything is sent.
 */
export interface AmazonOptions extends Runtime {
  readonly region: AmazonRegion;
  /** The store that is sold in: "A1F83G8C2ARO7P" is Amazon.co.uk. Make one connector for each store. */
  readonly marketplaceId: string;
  /** The seller's merchant token, as Seller Central shows it. */
  readonly sellerId: string;
  /** The application's Login with Amazon credentials. */
  readonly clientId: string;
  /** Ends 180 days after it was made. */
  readonly clientSecret: string;
  /** What the seller's authorization of the application gave. It has to be given anew every year. */
  readonly refreshToken: string;
  readonly application: AmazonApplication;
  /** The system's name in references. Default `amazon`. */
  readonly name?: string | undefined;
  /** Calls the static sandbox, which answers from Amazon's examples. Default false. */
  readonly sandbox?: boolean | undefined;
  /** Where the API answers. Default the host of the region; the origin of a fake or a proxy goes here. */
  readonly origin?: string | undefined;
  /** Where tokens are asked for. Default `https://api.amazon.com`. */
  readonly tokenOrigin?: string | undefined;
  /** Whose orders are read. Default `['MERCHANT']`: what Amazon ships by itself is nobody's work here. */
  readonly fulfilledBy?: readonly AmazonFulfiller[] | undefined;
  /** How far a pull goes back behind the one before, for changes that became visible late. Default 120 000. */
  readonly overlapMs?: number | undefined;
  /**
   * From how many items on a push goes as one feed instead of as a call an item. Default 300: a minute of single calls,
   * which answer at once. A feed takes minutes, at busy times hours, and only one in two minutes is allowed for long.
   */
  readonly feedFrom?: number | undefined;
  /** Largest feed, in items; a longer push goes as several. Default 25 000, the most that Amazon takes. */
  readonly itemsPerFeed?: number | undefined;
  /** How often a feed is asked whether it is done. Default 15 000. */
  readonly feedPollMs?: number | undefined;
  /** Longest wait for a feed to be done. Then it is canceled, or has begun and its items are `write.uncertain`. Default 1 800 000. */
  readonly feedWaitMs?: number | undefined;
  /** Amazon's carrier codes by our name in small letters; adds to the built-in ones. */
  readonly carriers?: Readonly<Record<string, string>> | undefined;
  /** Longest wait for one attempt, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
}

/** The options with their defaults, checked. */
export interface AmazonSettings {
  readonly marketplaceId: string;
  readonly currency: string;
  readonly sellerId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly application: AmazonApplication;
  readonly system: string;
  readonly isSandbox: boolean;
  readonly origin: string;
  readonly tokenOrigin: string;
  readonly fulfilledBy: readonly AmazonFulfiller[];
  readonly overlapMs: number;
  readonly feedFrom: number;
  readonly itemsPerFeed: number;
  readonly feedPollMs: number;
  readonly feedWaitMs: number;
  readonly carriers: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  readonly clock: Clock;
  readonly runtime: Runtime;
}

/** Checks what a developer wrote, in words, before the first call. Secrets are never repeated in the words. */
export function settingsOf(options: AmazonOptions): AmazonSettings {
  const { fetch, clock, random, shared, name, region, sandbox, origin, timeoutMs, ...rest } = parseOptions(
    schema,
    options,
    'amazon',
    { wants, shown: { region: short, marketplaceId: id, sellerId: id } },
  );
  const host = `sellingpartnerapi-${region}.amazon.com`;
  return {
    ...rest,
    // The schema has refused every id that is in no table.
    currency: marketplaceOf(rest.marketplaceId)?.currency ?? '',
    system: name,
    isSandbox: sandbox,
    origin: origin ?? (sandbox ? `https://sandbox.${host}` : `https://${host}`),
    timeoutMs,
    clock: clock ?? systemClock,
    runtime: { fetch, clock, random, shared },
  };
}

/** Shorter than any token or secret, so that it may be quoted. */
const short = /^[\w.-]{1,10}$/;
/** What Amazon's ids of stores and sellers look like; its tokens and secrets hold small letters and signs. */
const id = /^[A-Z0-9]{1,20}$/;

/** What an option wants, and what to pass. What came instead may be a secret in the wrong place. */
const wants = {
  options: 'an object. Pass { region: "eu", marketplaceId: "A1F83G8C2ARO7P", sellerId, … }',
  region: '"eu", "na" or "fe". Pass the one whose API serves the store',
  marketplaceId: 'the id of one of Amazon\'s stores. Pass one such as "A1F83G8C2ARO7P"',
  sellerId: 'the merchant token of the seller. Pass the one that Seller Central shows, such as "A2EXAMPLE123"',
  clientId:
    'the client id of the application in one line. Pass the one that begins with "amzn1.application-oa2-client"',
  clientSecret: 'the client secret of the application in one line. Pass the one that is valid now',
  refreshToken: 'the refresh token of the seller in one line. Pass the one that begins with "Atzr|"',
  application: 'the name and version of your program. Pass { name: "Acme Hub", version: "1.2" }',
  name: 'a text of 1 to 100 letters. Leave it out or pass one such as "amazon-uk"',
  sandbox: 'true or false. Leave it out or pass one of the two',
  fulfilledBy: 'a list of "MERCHANT" and "AMAZON", one of them at least. Leave it out or pass ["MERCHANT"]',
  overlapMs: 'whole milliseconds from 0. Pass a number such as 120000',
  feedFrom: 'a whole number from 1. Pass one such as 300',
  itemsPerFeed: 'a whole number from 1 to 25000. Pass one such as 25000',
  feedPollMs: 'whole milliseconds from 1000. Pass a number such as 15000',
  feedWaitMs: 'whole milliseconds from 1. Pass a number such as 1800000',
  carriers: 'carrier codes by name in small letters. Leave it out or pass one such as { ups: "UPS" }',
  timeoutMs: 'whole milliseconds from 1. Pass a number such as 30000',
};

/** Blanks and line breaks were pasted with it. */
const line = z.string().regex(/^[\x21-\x7e]+$/);
const text = z.string().max(100).regex(/\S/);
/** A part of the user agent, in which slash, brackets, equals sign, semicolon and backslash have a meaning. */
const word = z
  .string()
  .max(100)
  .regex(/^[\w.+-]+(?: [\w.+-]+)*$/);

const schema = z
  .strictObject({
    region: z.enum(['eu', 'na', 'fe']),
    marketplaceId: z.string().refine((marketplaceId) => marketplaceOf(marketplaceId) !== undefined),
    sellerId: z.string().regex(id),
    clientId: line,
    clientSecret: line,
    refreshToken: line,
    application: z.strictObject({ name: word, version: word }).readonly(),
    name: text.default('amazon'),
    sandbox: z.boolean().default(false),
    origin: originOption.optional(),
    tokenOrigin: originOption.default('https://api.amazon.com'),
    fulfilledBy: z
      .array(z.enum(['MERCHANT', 'AMAZON']))
      .min(1)
      .readonly()
      .default(['MERCHANT']),
    overlapMs: z.int().nonnegative().default(120_000),
    feedFrom: z.int().positive().default(300),
    // Listings feed schema 2.0 of 2026-08-05.
    itemsPerFeed: z.int().positive().max(25_000).default(25_000),
    feedPollMs: z.int().min(1000).default(15_000),
    feedWaitMs: z.int().positive().default(1_800_000),
    carriers: z.record(z.string(), text).default({}),
    timeoutMs: z.int().positive().optional(),
    ...runtimeOptions,
  })
  .superRefine(({ region, marketplaceId }, context) => {
    const wanted = marketplaceOf(marketplaceId)?.region;
    if (wanted === undefined || wanted === region) return;
    const message = `wants the region of the store "${marketplaceId}". Pass "${wanted}"`;
    context.addIssue({ code: 'custom', path: ['region'], message });
  });
