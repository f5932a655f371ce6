import type { Json } from '@crossdock/core';
import type {
  Meta,
  WooAttribute,
  WooTerm,
  WooCoupon,
  WooCustomer,
  WooOrder,
  WooProduct,
  WooTaxRate,
  WooWebhook,
} from './records.ts';

type Sequence =
  | 'post'
  | 'item'
  | 'meta'
  | 'orderMeta'
  | 'itemMeta'
  | 'note'
  | 'user'
  | 'rate'
  | 'webhook'
  | 'fulfillment'
  | 'fulfillmentMeta'
  | 'term'
  | 'attribute';

/** Everything the shop remembers, with the indexes that large tests need. */
export interface WooStore {
  readonly products: Map<number, WooProduct>;
  /** Of products, variations, and what lies in the trash. */
  readonly bySku: Map<string, number>;
  readonly variationsOf: Map<number, number[]>;
  /** How often a slug was taken: the second one gets a number. */
  readonly slugs: Map<string, number>;
  readonly orders: Map<number, WooOrder>;
  /** Orders and products that no list shows for now. */
  readonly unlisted: Set<number>;
  readonly customers: Map<number, WooCustomer>;
  /** Ids of customers by e-mail address, in lower case. */
  readonly emails: Map<string, number>;
  /** Names that are taken. */
  readonly logins: Set<string>;
  /** Ids of products by trade number. */
  readonly byGtin: Map<string, number>;
  readonly coupons: Map<number, WooCoupon>;
  readonly rates: Map<number, WooTaxRate>;
  /** Categories, tags, and values of attributes. */
  readonly terms: Map<number, WooTerm>;
  readonly attributes: Map<number, WooAttribute>;
  /** Names by slug. */
  readonly taxClasses: Map<string, string>;
  readonly webhooks: Map<number, WooWebhook>;
  /** Settings that somebody wrote and that nothing here depends on. */
  readonly options: Map<string, string>;
  /** How often something was changed that lists show. */
  changes(): number;
  /** Something was changed that lists show. */
  change(): void;
  /** What lists have found, and how often something had changed by then. */
  readonly found: Map<string, { readonly changes: number; readonly records: readonly { readonly id: number }[] }>;
  /** Products, orders, refunds and coupons share one row of numbers. */
  nextId(sequence: Sequence): number;
}

/** Where every product is that is nowhere else. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export const uncategorized: WooTerm = {
  id: 15,
  kind: 'category',
  name: 'Uncategorized',
  slug: 'uncategorized',
  description: '',
  parent: 0,
  menuOrder: 0,
};

export function wooStore(): WooStore {
  // WordPress comes with posts, a user and a comment of its own.
  const last: Record<Sequence, number> = {
    post: 9,
    item: 0,
    meta: 42,
    orderMeta: 0,
    itemMeta: 9,
    note: 1,
    user: 1,
    rate: 0,
    webhook: 0,
    fulfillment: 0,
    fulfillmentMeta: 0,
    term: 15,
    attribute: 0,
  };
  let changes = 0;
  const products = new Map<number, WooProduct>();
  const orders = new Map<number, WooOrder>();
  return {
    products,
    bySku: new Map(),
    variationsOf: new Map(),
    slugs: new Map(),
    orders,
    unlisted: new Set(),
    customers: new Map(),
    emails: new Map(),
    logins: new Set(),
    byGtin: new Map(),
    coupons: new Map(),
    rates: new Map(),
    terms: new Map([[uncategorized.id, { ...uncategorized }]]),
    attributes: new Map(),
    taxClasses: new Map([
      ['standard', 'Standard rate'],
      ['reduced-rate', 'Reduced rate'],
      ['zero-rate', 'Zero rate'],
    ]),
    webhooks: new Map(),
    options: new Map(),
    changes: () => changes,
    change: () => void (changes += 1),
    found: new Map(),
    nextId(sequence) {
      last[sequence] += 1;
      // An order may have been given any number.
      if (sequence === 'post') while (orders.has(last.post) || products.has(last.post)) last.post += 1;
      return last[sequence];
    },
  };
}

/** What WordPress keeps of a value: scalars become text, the rest stays. Recorded on WooCommerce 10.0.2 (order-html-emoji). */
export function keptValue(value: Json): Json {
  if (value === true) return '1';
  if (value === false || value === null) return '';
  return typeof value === 'number' ? String(value) : value;
}

/**
 * Writes custom fields: by id, else the first of its key, of which the others go; null takes one away. `seen` are the
 * ids that the writer had read: a key that came meanwhile is there twice then. Recorded on WooCommerce 10.0.2, 2026-11-23.
 */
export function writeMeta(
  meta: Meta[],
  entries: readonly { readonly id?: number; readonly key?: string; readonly value?: Json }[],
  nextId: () => number,
  seen?: ReadonlySet<number>,
): void {
  for (const { id, key, value = null } of entries) {
    const isByKey = id === undefined || id === 0;
    const known = meta.filter((entry) =>
      isByKey ? entry.key === key && (seen?.has(entry.id) ?? true) : entry.id === id,
    );
    const [found, ...others] = known;
    for (const other of others) meta.splice(meta.indexOf(other), 1);
    if (found) {
      if (value === null) meta.splice(meta.indexOf(found), 1);
      else found.value = keptValue(value);
    } else if (key !== undefined && value !== null) {
      meta.push({ id: nextId(), key, value: keptValue(value) });
    }
  }
}
