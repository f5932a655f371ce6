import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { keyUseOf, type Attempt } from '../idempotency.ts';
import { shift, stocked } from '../life/stock.ts';
import { numberOf } from '../queries/lookup.ts';
import { levelKey } from '../store.ts';
import { userError } from './user-error.ts';

/** Stocks an item at a location. A repeat changes nothing there. */
export function inventoryActivate(
  args: {
    readonly inventoryItemId: string;
    readonly locationId: string;
    readonly available?: number | null;
    readonly onHand?: number | null;
  },
  context: Context,
  info: GraphQLResolveInfo,
): unknown {
  const { shop, views, version } = context;
  const attempt = (): Attempt => {
    const itemId = numberOf(args.inventoryItemId, 'InventoryItem');
    const locationId = numberOf(args.locationId, 'Location');
    if (!shop.store.byItem.has(itemId))
      return notActivated('inventoryItemId', 'The specified inventory item could not be found.');
    if (!shop.store.locations.has(locationId))
      return notActivated('locationId', 'The specified location could not be found.');
    const known = shop.store.levels.has(levelKey(itemId, locationId));
    // The words for `available` as recorded on API 2026-04; those for `onHand` follow them.
    const set = args.available != null ? 'available' : args.onHand != null ? 'onHand' : undefined;
    if (known && set) {
      return notActivated(
        set,
        `Not allowed to set ${set === 'onHand' ? 'on_hand' : set} quantity when the item is already active at the location.`,
      );
    }
    const level = stocked(shop, itemId, locationId);
    const wanted = args.available ?? args.onHand ?? 0;
    shift(shop, [{ level, by: { available: wanted } }]);
    return { failed: false, show: () => ({ inventoryLevel: views.level(level), userErrors: [] }) };
  };
  const use = keyUseOf(info, context.rawVariables, version);
  if (!use) return attempt().show();
  return context.keys.run(use, attempt, ({ message }) => ({
    inventoryLevel: null,
    userErrors: [userError(null, message)],
  }));
}

function notActivated(field: string, message: string): Attempt {
  return { failed: true, show: () => ({ inventoryLevel: null, userErrors: [userError([field], message)] }) };
}
