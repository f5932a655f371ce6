import type { Body } from './body.ts';
import { boolean, integer, listOf, oneOf, shape, text, type Check } from './check.ts';

/** What single writes of a product check; items of a batch are not checked. */
export const productChecks: Readonly<Record<string, Check>> = {
  name: text,
  type: oneOf(['simple', 'grouped', 'external', 'variable']),
  status: oneOf(['draft', 'pending', 'private', 'publish', 'future', 'auto-draft', 'trash']),
  sku: text,
  regular_price: text,
  sale_price: text,
  manage_stock: boolean,
  stock_quantity: integer,
  stock_status: oneOf(['instock', 'outofstock', 'onbackorder']),
  backorders: oneOf(['no', 'notify', 'yes']),
  inventory_delta: integer,
  meta_data: listOf(shape({ id: integer, key: text })),
};

/** `manage_stock` of a variation may also be the word `parent`. */
export const variationChecks: Readonly<Record<string, Check>> = {
  ...productChecks,
  manage_stock: (value, path) => (value === 'parent' ? undefined : boolean(value, path)),
};

/**
 * What a single write makes of a null: 0 pieces, no price, no SKU, a draft, stock that is not counted. An item of a batch keeps
 * it, which is as if nothing was sent. Recorded on WooCommerce 10.0.2 (stock-null-qty), the others compared with 10.5.0,
 * 2026-11-26.
 */
export function alone(body: Body): Body {
  const empty = emptied.filter((name) => body[name] === null).map((name) => [name, ''] as const);
  return {
    ...body,
    ...Object.fromEntries(empty),
    ...(body['stock_quantity'] === null ? { stock_quantity: 0 } : {}),
    ...(body['manage_stock'] === null ? { manage_stock: false } : {}),
    ...(body['status'] === null ? { status: 'draft' } : {}),
  };
}

/** Fields of which a single write makes an empty text where it gets a null. */
const emptied = [
  'description',
  'short_description',
  'sku',
  'global_unique_id',
  'regular_price',
  'sale_price',
  'weight',
];
