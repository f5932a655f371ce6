import { CommerceError, type ErrorCode } from '@crossdock/core';
import type { WireProduct } from './wire/product.ts';

/** An item of a push, and the beginning of what is said of it. */
export interface PushedItem {
  readonly sku: string;
  readonly system: string;
  readonly operation: 'inventory.push' | 'prices.push' | 'products.push';
}

/** Why an item was not written. */
export function itemRefusal(item: PushedItem, code: ErrorCode, seen: string, next: string): CommerceError {
  const what = whats[item.operation];
  return new CommerceError({
    code,
    system: item.system,
    operation: item.operation,
    message: `The ${what} of "${item.sku}" in "${item.system}" was not set: ${seen}. ${next}`,
  });
}

const whats: Readonly<Record<PushedItem['operation'], string>> = {
  'inventory.push': 'stock',
  'prices.push': 'price',
  'products.push': 'product',
};

/** The one product of a SKU, or why there is not one. */
export function oneProduct(item: PushedItem, found: readonly WireProduct[] | undefined): WireProduct | CommerceError {
  const [product, other] = found ?? [];
  if (!product) {
    const next = 'Create the product or correct its SKU, then replay.';
    return itemRefusal(item, 'sku.unknown', 'no product or variation there has this SKU', next);
  }
  if (!other) return product;
  const seen = `products "${product.id}" and "${other.id}" there both have this SKU`;
  return itemRefusal(item, 'record.duplicate', seen, 'Give one of them another SKU, then replay.');
}

/** What a write ended as whose answer shows another SKU: the product got it, and is another one now. */
export function movedSku(item: PushedItem, sku: string): CommerceError {
  const [what, got] = item.operation === 'inventory.push' ? ['stock', 'number'] : ['price', 'price'];
  const seen = `the product that had this SKU has "${sku}" now, and got the ${got}`;
  return itemRefusal(item, 'write.uncertain', seen, `Correct the ${what} of both there, then replay.`);
}

/** The items whose SKU comes more than once, which refuse each other. */
export function repeatedSkus(items: readonly { readonly sku: string }[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { sku } of items) (seen.has(sku) ? repeated : seen).add(sku);
  return repeated;
}

/** What a batch's word about one item means. Only its code is repeated: its sentence is translated. */
export function batchRefusal(item: PushedItem, code: string | number): CommerceError {
  const word = typeof code === 'string' && /^[a-z][a-z0-9_-]{2,80}$/.test(code) ? ` ("${code}")` : '';
  const isGone = /_invalid_(product_)?id$/.test(String(code));
  return isGone
    ? itemRefusal(item, 'sku.unknown', `its product went away meanwhile${word}`, 'Replay: the SKU is looked up again.')
    : itemRefusal(item, 'record.rejected', `WooCommerce refused it${word}`, 'Look at the product there.');
}
