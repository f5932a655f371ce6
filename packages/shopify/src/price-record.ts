import { money, type ListedPrice, type Price } from '@crossdock/core';
import { skuIn } from './product-record.ts';
import type { WireVariantPrice } from './wire/variant-price.ts';

/** What a variant costs, in the shop's currency; `undefined` for one without a SKU, of which nobody could speak. */
export function toPrice(wire: WireVariantPrice, currency: string): Price | undefined {
  const sku = skuIn(wire.sku);
  if (sku === undefined) return undefined;
  return {
    sku,
    amount: money(wire.price, currency),
    ...(wire.compareAtPrice !== null && { compareAt: money(wire.compareAtPrice, currency) }),
  };
}

/** The same as a record: a variant has one price, so that it stands for it. */
export function toListedPrice(wire: WireVariantPrice, currency: string, system: string): ListedPrice | undefined {
  const price = toPrice(wire, currency);
  return price && { ...price, ref: { system, kind: 'price', id: wire.id }, updatedAt: wire.updatedAt };
}
