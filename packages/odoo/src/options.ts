import { originOption, parseOptions, runtimeOptions, type Runtime } from '@crossdock/core';
import * as z from 'zod';

/** Which Odoo tax stands for a tax of a sales channel. Every part that is given has to be the same. */
export interface TaxRule {
  /** A fraction as a decimal string: "0.2" is 20 %. */
  readonly rate?: string | undefined;
  readonly title?: string | undefined;
  /** Whether the order's prices hold the tax. Odoo has another tax for each of the two. */
  readonly included?: boolean | undefined;
  readonly owedBy?: 'seller' | 'channel' | undefined;
  /** The id of the `account.tax`. */
  readonly tax: number;
}

/** Location ids by disposition. One that is left out is refused when goods with it arrive. */
export interface ReturnLocations {
  readonly quarantine?: number | undefined;
  readonly rework?: number | undefined;
  readonly dispose?: number | undefined;
  readonly donate?: number | undefined;
  readonly 'return-to-merchant'?: number | undefined;
  readonly pending?: number | undefined;
}

/** What the orders of one channel are made with instead of what the connector's options say. */
export interface ChannelOptions {
  readonly team?: number | undefined;
  /** The id or code of the warehouse that ships them. One that a draft names itself goes before it. */
  readonly warehouse?: number | string | undefined;
  /** Price list by currency. */
  readonly pricelists?: Readonly<Record<string, number>> | undefined;
}

/** What `odoo()` takes. An option that is wrong, missing or misspelt is `options.invalid` before anything is sent. */
export interface OdooOptions extends Runtime {
  /** Where Odoo is: "https://erp.example.com". */
  readonly url: string;
  readonly database: string;
  /** An API key of the connector's own user. Its rights are what the connector may do. */
  readonly apiKey: string;
  /** The user's login. Needed on 17 and 18, where the key alone does not say whose it is. */
  readonly login?: string | undefined;
  /** Default `detect`: Odoo is asked once, before the first call. */
  readonly version?: '17' | '18' | '19' | 'detect' | undefined;
  /** The id of the company to work in. Default: the user's own. */
  readonly company?: number | undefined;
  /** The id or the code ("WH") of the warehouse that ships and is counted. Default: all are counted, Odoo chooses. */
  readonly warehouse?: number | string | undefined;
  /** Whether stock is counted by warehouse or by each location in them that holds stock. Default `warehouse`. */
  readonly countBy?: 'warehouse' | 'location' | undefined;
  /** The module part of external ids, by which a repeated write finds what the first one made. Default `crossdock`. */
  readonly externalIdModule?: string | undefined;
  /** The system's name in references and errors. Default `odoo`. */
  readonly name?: string | undefined;
  /** Price list by currency: an order's currency is that of its list. A currency left out gets the customer's own list. */
  readonly pricelists?: Readonly<Record<string, number>> | undefined;
  /** Sales team of the orders made here. */
  readonly team?: number | undefined;
  /**
   * What orders of one channel are made with, by the system's name in their source: its sales team, the warehouse (id or
   * code) that ships them, its price list by currency. What is left out, and a channel that is, goes by the options above.
   */
  readonly channels?: Readonly<Record<string, ChannelOptions>> | undefined;
  /** Default true. False leaves orders that are made here as quotations: `orders.confirm` or a person confirms them. */
  readonly confirmOrders?: boolean | undefined;
  /** Odoo's taxes for the channels' taxes; the first rule that fits counts. A tax without a rule raises `tax.mismatch`. */
  readonly taxes?: readonly TaxRule[] | undefined;
  /**
   * Who says how much tax is on a line. Default `odoo`: it reckons and rounds by its own rules. With `channel` each line
   * keeps the channel's amounts to the cent, on Odoo 19 and later only: an older one refuses every order.
   */
  readonly taxAmounts?: 'odoo' | 'channel' | undefined;
  /** SKU of the service product that stands for carriage. Needed for orders with carriage. */
  readonly shippingProduct?: string | undefined;
  /** SKU of the service product for other charges. Needed for orders with fees. */
  readonly feeProduct?: string | undefined;
  /** SKU of the service product for reductions that no percentage with two digits expresses exactly. */
  readonly discountProduct?: string | undefined;
  /** SKU of the service product for taxes that the channel collects and owes itself. Without it they need a tax rule. */
  readonly channelTaxProduct?: string | undefined;
  /** SKU of the service product for cents by which Odoo rounds a tax otherwise than the channel. Default: none, raised. */
  readonly roundingProduct?: string | undefined;
  /** Carrier's name as warehouses say it → id of the `delivery.carrier`. Others are named in the delivery's note. */
  readonly carriers?: Readonly<Record<string, number>> | undefined;
  /**
   * What becomes of the goods of a delivery that a shipment leaves behind. Default `backorder`: they wait for the next
   * shipment. With `cancel` the first shipment of a delivery is its last, and Odoo forgets the rest.
   */
  readonly unshipped?: 'backorder' | 'cancel' | undefined;
  /** Gateway's name as channels say it → id of the bank or cash `account.journal` that its money comes to. Needed for payments. */
  readonly paymentJournals?: Readonly<Record<string, number>> | undefined;
  /** The id of the `stock.location` for goods that arrive damaged. Without it an arrival with damaged goods is refused. */
  readonly damagedLocation?: number | undefined;
  /** Where goods go that came back and are not for sale again, by what is done with them → id of the `stock.location`. */
  readonly returnLocations?: ReturnLocations | undefined;
  /** The language of product names, descriptions, units and attributes: "fr_FR". Default: that of the key's user. */
  readonly language?: string | undefined;
  /** The time zone in which Odoo decides what day it is: "Europe/Paris". Default: that of the key's user. */
  readonly timeZone?: string | undefined;
  /** The ids of the price lists whose prices are read. Default: every list in use. */
  readonly priceLists?: readonly number[] | undefined;
  /**
   * Secrets, one of which ends the address that Odoo's automation rules post to: "https://hooks.example.com/odoo/<secret>".
   * Several while one takes the place of another. Without any the connector offers no webhooks.
   */
  readonly webhookSecrets?: readonly string[] | undefined;
  /** How far a pull looks back behind its cursor, in seconds. Default 120; longer than Odoo's longest transaction. */
  readonly overlapSeconds?: number | undefined;
  /** Longest wait for one answer, in milliseconds. Default 120 000: Odoo repeats a conflict itself for up to 30 s. */
  readonly timeoutMs?: number | undefined;
  /**
   * At most so many calls of this connector are away at one moment, over all of its ports; further ones wait, urgent before
   * normal before bulk. Default 8: each worker of an Odoo does one call at a time, and most servers have between 2 and 9, so
   * that more would only wait there, their timeout running. Raise it for a larger server. A server without workers refuses
   * what is above its database connections, 64 as it comes, whoever asks: what all processes may have away belongs below
   * half of these, because a call may take two. The import and the client of `odooClientOf` each count for themselves.
   */
  readonly simultaneousCalls?: number | undefined;
}

/** Letters for which no header, path or external id needs an escape. */
const plain = /^[\w.-]+$/;
const id = z.int().positive();
const warehouse = z.union([id, z.string().min(1).max(50)]);
const pricelists = z.record(z.string().regex(/^[A-Z]{3}$/), id);
const sku = z.string().min(1).max(200);
/** Odoo says nothing of a name that it does not know. Recorded on Odoo 19.0, 2026-11-26. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** A header value cannot hold a line break, and a text with blanks around it was pasted wrongly. */
const line = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[\x21-\x7e]+$/);

const schema = z
  .strictObject({
    url: originOption,
    database: z.string().min(1).max(100).regex(plain),
    apiKey: line,
    login: z.string().min(1).max(200).optional(),
    version: z.enum(['17', '18', '19', 'detect']).default('detect'),
    company: id.optional(),
    warehouse: warehouse.optional(),
    externalIdModule: z
      .string()
      .regex(/^[a-z][a-z0-9_]{0,49}$/)
      .default('crossdock'),
    name: z.string().min(1).max(100).default('odoo'),
    pricelists: pricelists.default({}),
    team: id.optional(),
    channels: z
      .record(
        z.string().min(1).max(200),
        z.strictObject({ team: id.optional(), warehouse: warehouse.optional(), pricelists: pricelists.optional() }),
      )
      .default({}),
    confirmOrders: z.boolean().default(true),
    taxes: z
      .array(
        z.strictObject({
          rate: z
            .string()
            .regex(/^\d+(\.\d+)?$/)
            .optional(),
          title: z.string().optional(),
          included: z.boolean().optional(),
          owedBy: z.enum(['seller', 'channel']).optional(),
          tax: id,
        }),
      )
      .default([]),
    taxAmounts: z.enum(['odoo', 'channel']).default('odoo'),
    shippingProduct: sku.optional(),
    feeProduct: sku.optional(),
    discountProduct: sku.optional(),
    channelTaxProduct: sku.optional(),
    roundingProduct: sku.optional(),
    carriers: z.record(z.string().min(1), id).default({}),
    unshipped: z.enum(['backorder', 'cancel']).default('backorder'),
    returnLocations: z
      .strictObject({
        quarantine: id.optional(),
        rework: id.optional(),
        dispose: id.optional(),
        donate: id.optional(),
        'return-to-merchant': id.optional(),
        pending: id.optional(),
      })
      .default({}),
    paymentJournals: z.record(z.string().min(1), id).default({}),
    damagedLocation: id.optional(),
    countBy: z.enum(['warehouse', 'location']).default('warehouse'),
    priceLists: z.array(id).min(1).optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(_[A-Z]{2,3})?(@[a-z]+)?$/)
      .optional(),
    timeZone: z.string().refine(isTimeZone).optional(),
    // It is all that keeps a stranger out.
    webhookSecrets: z.array(z.string().regex(/^[\w.~-]{20,200}$/)).default([]),
    // Below a minute a transaction that was slow to commit is never seen. Proved on Odoo 19.0, 2026-11-23.
    overlapSeconds: z.int().min(60).max(86_400).default(120),
    // Below a minute Odoo may still commit what was given up. Recorded on Odoo 19.0, 2026-11-23.
    timeoutMs: z.int().min(60_000).max(3_600_000).default(120_000),
    // 64 connections, of which a call takes one or two. Recorded on Odoo 19.0, 2026-11-26; its default configuration.
    simultaneousCalls: z.int().min(1).max(64).default(8),
    ...runtimeOptions,
  })
  .refine(({ taxAmounts, version }) => taxAmounts === 'odoo' || version === '19' || version === 'detect', {
    path: ['taxAmounts'],
    message: 'wants "odoo" on 17 and 18, which reckon every tax themselves. Leave it out and pass roundingProduct',
  })
  .refine(({ login, version }) => login !== undefined || version === '19' || version === 'detect', {
    path: ['login'],
    message: "wants the login of the key's user, which 17 and 18 need beside the key. Pass it",
  });

/** The options, checked and with their defaults. */
export type OdooSettings = z.output<typeof schema>;

const aProduct = 'the SKU of a product, a text of 1 to 200 letters. Pass the one that Odoo has as internal reference';

/** What an option wants, and what to pass. What came instead may be a secret in the wrong place. */
const wants = {
  options: 'an object. Pass { url: "https://erp.example.com", database, apiKey }',
  url: 'the origin of the Odoo server with https or http and no user, path or query. Pass one such as "https://erp.example.com"',
  database: 'the name of the database in letters, digits, "_", "." and "-". Pass the one that the key belongs to',
  apiKey: 'an API key in one line without blanks. Pass the key as Odoo showed it',
  login: "the login of the key's user. Pass the one that Odoo shows as their e-mail or login",
  version: '"17", "18", "19" or "detect". Pass one of the four',
  company: 'the id of a company. Pass a whole number above zero',
  warehouse: 'the id of a warehouse or its code. Pass one such as 1 or "WH"',
  countBy: '"warehouse" or "location". Leave it out, or pass one of the two',
  externalIdModule: 'small letters, digits and "_", beginning with a letter. Pass one such as "crossdock"',
  name: 'a text of 1 to 100 letters. Leave it out or pass one such as "erp"',
  pricelists: 'price list ids by currency code. Pass such as { EUR: 2 }',
  team: 'the id of a sales team. Pass a whole number above zero',
  channels:
    'teams, warehouses and price lists by the name of the channel. Pass such as { shop: { team: 5, warehouse: "WEST", pricelists: { EUR: 2 } } }',
  confirmOrders: 'true or false. Leave it out, or pass false to keep orders as quotations',
  taxes: 'rules with the id of a tax and fractions as rates. Pass such as [{ rate: "0.2", tax: 5 }]',
  taxAmounts: '"odoo" or "channel". Leave it out, or pass "channel" on Odoo 19 to keep the amounts of the channel',
  shippingProduct: aProduct,
  feeProduct: aProduct,
  discountProduct: aProduct,
  channelTaxProduct: aProduct,
  roundingProduct: aProduct,
  returnLocations:
    'location ids by what is done with goods that came back. Pass such as { quarantine: 12, dispose: 13 }',
  carriers: 'carrier ids by name. Pass such as { UPS: 2 }',
  unshipped: '"backorder" or "cancel". Leave it out, or pass "cancel" where the rest of a delivery is never shipped',
  paymentJournals: "journal ids by the gateway's name. Pass such as { stripe: 6 }",
  damagedLocation: 'the id of a stock location. Pass a whole number above zero',
  language: 'the code of a language that is installed in Odoo. Pass one such as "fr_FR"',
  timeZone: 'a time zone by its name. Pass one such as "Europe/Paris"',
  priceLists: 'ids of price lists. Pass such as [1, 4], or leave it out for all',
  webhookSecrets:
    'a list of secrets of 20 to 200 letters, digits, "_", "-", "." and "~". Pass such as one of 40 random letters',
  overlapSeconds: 'whole seconds from 60 to 86 400. Pass a number such as 120',
  timeoutMs: 'whole milliseconds from 60 000 to 3 600 000. Pass a number such as 120000',
  simultaneousCalls: 'a whole number from 1 to 64. Pass how many calls your Odoo does at one moment, such as 8',
};

/** Checks the options. Throws `options.invalid` that names what is wrong, and quotes nothing of what was given. */
export function settingsOf(options: OdooOptions): OdooSettings {
  return parseOptions(schema, options, 'odoo', { wants });
}
