import { SoldOut } from '../../../fake/sold-out.ts';
import type { VariantRecord } from '../records.ts';
import { levelKey, type Store } from '../store.ts';
import { isSold, locationFor } from './stock.ts';

/** What a buyer wants of one line, and where it has to come from when that is given. */
type Wanted = {
  readonly variant: VariantRecord | undefined;
  readonly quantity: number;
  readonly locationId: bigint | undefined;
};
/** How much of a line comes from where. */
export type Share = { readonly locationId: bigint; readonly quantity: number };

/**
 * Says of every line where it comes from, and changes nothing. Throws `SoldOut` when a variant that is counted and not
 * sold without stock has fewer left at all locations together than the lines want of it. Such a line is split when no
 * location has enough of it. shopify.dev, split fulfillment orders, read 2026-11-26.
 */
export function allot(store: Store, lines: readonly Wanted[]): readonly (readonly Share[])[] {
  refuseSoldOut(store, lines);
  const taken = new Map<string, number>();
  const shares = new Map<Wanted, readonly Share[]>();
  // Lines that have to come from one place take first, so that the others are split over what they leave.
  const [placed, free] = [lines.filter(isPlaced), lines.filter((line) => !isPlaced(line))];
  for (const line of [...placed, ...free]) {
    const { variant } = line;
    const parts = sharesOf(store, line, leftOf(store, variant, taken));
    shares.set(line, parts);
    if (!variant) continue;
    for (const { locationId, quantity } of parts) {
      const key = levelKey(variant.itemId, locationId);
      taken.set(key, (taken.get(key) ?? 0) + quantity);
    }
  }
  return lines.map((line) => shares.get(line) ?? []);
}

function refuseSoldOut(store: Store, lines: readonly Wanted[]): void {
  const wanted = new Map<VariantRecord, number>();
  for (const { variant, quantity } of lines) {
    if (variant) wanted.set(variant, (wanted.get(variant) ?? 0) + quantity);
  }
  for (const [variant, units] of wanted) {
    let shown = 0;
    for (const left of leftOf(store, variant, new Map()).values()) shown += left;
    if (!isSold(variant, units, shown)) throw new SoldOut(variant.sku ?? variant.title, units, shown);
  }
}

function sharesOf(store: Store, line: Wanted, left: ReadonlyMap<bigint, number>): readonly Share[] {
  const { variant, quantity, locationId } = line;
  if (locationId !== undefined) return [{ locationId, quantity }];
  const enough = [...left].find(([, units]) => units >= quantity);
  if (enough) return [{ locationId: enough[0], quantity }];
  const isSplit = variant?.tracked === true && variant.inventoryPolicy === 'DENY';
  return isSplit ? split(quantity, left) : [{ locationId: locationFor(store, variant, quantity).id, quantity }];
}

function split(quantity: number, left: ReadonlyMap<bigint, number>): readonly Share[] {
  const parts: Share[] = [];
  let open = quantity;
  for (const [locationId, units] of left) {
    const part = Math.min(open, Math.max(0, units));
    if (part > 0) parts.push({ locationId, quantity: part });
    open -= part;
  }
  return parts;
}

/** What is left of a variant at the active locations after what other lines of the order take. */
function leftOf(
  store: Store,
  variant: VariantRecord | undefined,
  taken: ReadonlyMap<string, number>,
): ReadonlyMap<bigint, number> {
  if (!variant?.tracked) return new Map();
  const active = [...store.locations.values()].filter((location) => location.active);
  return new Map(
    active.map(({ id }) => {
      const available = store.levels.get(levelKey(variant.itemId, id))?.quantities.available ?? 0;
      return [id, available - (taken.get(levelKey(variant.itemId, id)) ?? 0)];
    }),
  );
}

function isPlaced({ locationId }: Wanted): boolean {
  return locationId !== undefined;
}
