import {
  quantityNames,
  type Address,
  type LevelRecord,
  type LocationRecord,
  type OrderRecord,
  type QuantityName,
  type VariantRecord,
} from '../records.ts';
import { levelKey, type Store } from '../store.ts';
import type { Shop } from './shop.ts';

// on_hand is available and everything that is there but spoken for. Recorded on API 2026-04.
const onHandParts = new Set<QuantityName>([
  'available',
  'committed',
  'reserved',
  'damaged',
  'safety_stock',
  'quality_control',
]);

/** The level of an item at a location, made with zeros when the item was not stocked there. */
export function levelAt(store: Store, itemId: bigint, locationId: bigint): LevelRecord {
  const key = levelKey(itemId, locationId);
  const found = store.levels.get(key);
  if (found) return found;
  const now = store.second();
  const level: LevelRecord = {
    id: store.nextId(),
    itemId,
    locationId,
    quantities: noQuantities(),
    createdAt: now,
    updatedAt: now,
  };
  store.levels.set(key, level);
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

/** Changes quantities of a level; on_hand follows from its parts. */
export function shift(store: Store, level: LevelRecord, changes: Partial<Record<QuantityName, number>>): void {
  for (const name of quantityNames) {
    const delta = changes[name] ?? 0;
    level.quantities[name] += delta;
    if (onHandParts.has(name)) level.quantities.on_hand += delta;
  }
  level.updatedAt = store.second();
}

/** Moves stock for some units of an order's line; a line without a tracked variant moves nothing. */
export function shiftFor(
  { store, tell }: Shop,
  order: OrderRecord,
  lineId: bigint,
  locationId: bigint,
  changes: Partial<Record<QuantityName, number>>,
): void {
  const line = order.lines.find(({ id }) => id === lineId);
  const variant = line?.variantId === undefined ? undefined : store.variants.get(line.variantId);
  if (!variant?.tracked) return;
  const level = levelAt(store, variant.itemId, locationId);
  shift(store, level, changes);
  // Only `available` is in the payload, so nobody is told when it stays. shopify.dev, webhooks, read 2026-11-23.
  if (changes.available) tell([{ topic: 'inventory_levels/update', level }]);
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
