import { CommerceError, type PageProblem, type StockBucket, type StockLevel } from '@crossdock/core';
import { skuIn } from './product-record.ts';
import type { WireStockLevel } from './wire/inventory-level.ts';

/** Where a level was read, and when. */
export interface LevelReading {
  readonly system: string;
  readonly operation: string;
  readonly location: string;
  readonly asOf: string;
}

/**
 * Our name for each of Shopify's quantities. What is set aside for any reason of its own cannot be sold and is whole:
 * `unavailable` is all of it together. shopify.dev, inventory states, read 2026-11-26.
 */
const buckets: Readonly<Record<string, StockBucket>> = {
  available: 'available',
  on_hand: 'on-hand',
  committed: 'committed',
  incoming: 'inbound',
  damaged: 'damaged',
  quality_control: 'quarantined',
  reserved: 'unavailable',
  safety_stock: 'unavailable',
};

/**
 * What a location has of a SKU. Nothing for an item without a SKU, of which nobody could speak, and for one that the shop
 * does not count; a problem for a SKU that several items share, because none of their numbers is the SKU's.
 */
export function toStockLevel(wire: WireStockLevel, reading: LevelReading): StockLevel | PageProblem | undefined {
  const { system, location, asOf } = reading;
  const sku = skuIn(wire.item.sku);
  if (sku === undefined || !wire.item.tracked) return undefined;
  if (wire.item.duplicateSkuCount > 0) return shared(sku, wire, reading);
  const held: Partial<Record<StockBucket, number>> = {};
  for (const { name, quantity } of wire.quantities) {
    const bucket = buckets[name];
    if (bucket !== undefined) held[bucket] = (held[bucket] ?? 0) + quantity;
  }
  return {
    sku,
    location: { system, kind: 'location', id: location },
    available: held.available ?? 0,
    buckets: held,
    asOf,
  };
}

function shared(sku: string, wire: WireStockLevel, { system, operation, location }: LevelReading): PageProblem {
  const error = new CommerceError({
    code: 'record.duplicate',
    system,
    operation,
    message: `Stock of SKU "${sku}" at location "${location}" was not taken over from "${system}": several variants have it, one of them with item "${wire.item.id}". Give each variant a SKU of its own in Shopify; it comes again when it was changed.`,
  });
  return { ref: undefined, error, version: wire.updatedAt };
}
