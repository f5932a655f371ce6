import {
  quantityNames,
  type Address,
  type LevelRecord,
  type LineRecord,
  type LocationRecord,
  type OrderRecord,
  type ProductRecord,
  type QuantityName,
  type VariantRecord,
} from '../records.ts';
import { levelKey, type Store } from '../store.ts';
import type { Happening, Shop } from './shop.ts';

// on_hand is available and everything that is there but spoken for. Recorded on API 2026-04.
const onHandParts = new Set<QuantityName>([
  'available',
  'committed',
  'reserved',
  'damaged',
  'safety_stock',
  'quality_control',
]);

/** The level of an item at a location. Where it was not stocked it is now, with nothing there, and subscribers are told. */
export function stocked({ store, tell }: Shop, itemId: bigint, locationId: bigint): LevelRecord {
  const key = levelKey(itemId, locationId);
  const found = store.levels.get(key);
  if (found) return found;
  const now = store.second();
  const level: LevelRecord = {
    id: store.nextId(),
    itemId,
    locationId,
    quantities: noQuantities(),
    active: true,
    createdAt: now,
    updatedAt: now,
  };
  store.levels.set(key, level);
  tell([{ topic: 'inventory_levels/connect', level }]);
  return level;
}

/** Nothing of anything. */
export function noQuantities(): Record<QuantityName, number> {
  return {
    available: 0,
    on_hand: 0,
    committed: 0,
    incoming: 0,
    reserved: 0,
    damaged: 0,
    safety_stock: 0,
    quality_control: 0,
  };
}

/** Where an item is stocked. */
export function levelsOf(store: Store, itemId: bigint): readonly LevelRecord[] {
  return [...store.locations.keys()].flatMap((locationId) => store.levels.get(levelKey(itemId, locationId)) ?? []);
}

/** Whether so many units are sold where so many are left. */
export function isSold({ tracked, inventoryPolicy }: VariantRecord, units: number, left: number): boolean {
  return !tracked || inventoryPolicy === 'CONTINUE' || left >= units;
}

/** What of a level changes by how much. */
type Shift = { readonly level: LevelRecord; readonly by: Partial<Record<QuantityName, number>> };

/** Changes quantities; on_hand follows from its parts. What is changed in one call is one action of the merchant. */
export function shift({ store, tell }: Shop, shifts: readonly Shift[]): void {
  for (const { level, by } of shifts) {
    for (const name of quantityNames) {
      const delta = by[name] ?? 0;
      level.quantities[name] += delta;
      if (onHandParts.has(name)) level.quantities.on_hand += delta;
    }
    level.updatedAt = store.second();
  }
  // Only `available` is in the payload, so nobody is told when it stays. shopify.dev, webhooks, read 2026-11-23.
  const levels = new Set(shifts.flatMap(({ level, by }) => (by.available ? [level] : [])));
  if (levels.size === 0) return;
  const products = productsOf(store, levels);
  for (const product of products) product.updatedAt = Math.max(product.updatedAt, store.second());
  tell([
    ...[...levels].map((level): Happening => ({ topic: 'inventory_levels/update', level })),
    ...[...products].map((product): Happening => ({ topic: 'products/update', product })),
  ]);
}

// What is counted anew is an update of its product. Product in the schema of API 2026-10, read 2026-11-26.
function productsOf(store: Store, levels: ReadonlySet<LevelRecord>): ReadonlySet<ProductRecord> {
  return new Set(
    [...levels].flatMap(({ itemId }) => {
      const variant = store.byItem.get(itemId);
      return (variant && store.products.get(variant.productId)) ?? [];
    }),
  );
}

/** Moves stock for some units of an order's line; a line without a tracked variant moves nothing. */
export function shiftFor(
  shop: Shop,
  order: OrderRecord,
  lineId: bigint,
  locationId: bigint,
  by: Partial<Record<QuantityName, number>>,
): void {
  const line = order.lines.find(({ id }) => id === lineId);
  const variant = line?.variantId === undefined ? undefined : shop.store.variants.get(line.variantId);
  if (variant?.tracked) shift(shop, [{ level: stocked(shop, variant.itemId, locationId), by }]);
}

/** Puts back units that no fulfillment order holds: what is not shipped left the stock when it was ordered. */
export function putBack(shop: Shop, order: OrderRecord, line: LineRecord, units: number, locationId?: bigint): void {
  if (units === 0 || line.requiresShipping) return;
  const variant = line.variantId === undefined ? undefined : shop.store.variants.get(line.variantId);
  shiftFor(shop, order, line.id, locationId ?? locationFor(shop.store, variant, 0).id, { available: units });
}

/** Where the shop ships an item from: the first location that has enough, else one that has any, else the first of all. */
export function locationFor(store: Store, variant: VariantRecord | undefined, units: number): LocationRecord {
  const active = [...store.locations.values()].filter((location) => location.active);
  const at = (location: LocationRecord) =>
    variant ? (store.levels.get(levelKey(variant.itemId, location.id))?.quantities.available ?? 0) : 0;
  return (
    active.find((location) => at(location) >= units) ??
    active.find((location) => at(location) > 0) ??
    active[0] ??
    addLocation(store, 'Shop location', { countryCode: 'US' })
  );
}

/** Opens a location. A shop is never without one: the first order or product makes it when nobody did. */
export function addLocation(store: Store, name: string, address: Address): LocationRecord {
  const now = store.second();
  const location: LocationRecord = { id: store.nextId(), name, address, active: true, createdAt: now, updatedAt: now };
  store.locations.set(location.id, location);
  return location;
}
