import type { Context } from '../graphql/context.ts';
import { gid } from '../gid.ts';
import type { Attempt } from '../idempotency.ts';
import { noQuantities, shift, stocked } from '../life/stock.ts';
import { numberOf } from '../queries/lookup.ts';
import type { LevelRecord, QuantityName } from '../records.ts';
import { isoOf, levelKey } from '../store.ts';
import { required, type View } from '../views/views.ts';
import type { Row } from './inventory-problems.ts';
import { userError, type UserError } from './user-error.ts';

/** Where a row counts: the item may not be stocked there yet. */
type Place = {
  readonly itemId: bigint;
  readonly locationId: bigint;
  readonly quantities: LevelRecord['quantities'];
};
/** One quantity that changes. */
type Change = {
  readonly place: Place;
  readonly name: QuantityName;
  readonly delta: number;
  readonly ledgerDocumentUri?: string | null | undefined;
};

/** Where a row counts, or a problem when that is nowhere. An id of another kind is refused above the payload. */
export function placeOf(
  context: Context,
  row: Row,
  field: readonly string[],
  problems: UserError[],
): Place | undefined {
  const { store } = context.shop;
  const itemId = numberOf(row.inventoryItemId, 'InventoryItem');
  const locationId = numberOf(row.locationId, 'Location');
  const problem = (name: string, message: string, code: string) =>
    void problems.push(userError([...field, name], message, code));
  if (!store.byItem.has(itemId)) {
    problem('inventoryItemId', 'The specified inventory item could not be found.', 'INVALID_INVENTORY_ITEM');
    return undefined;
  }
  if (!store.locations.has(locationId)) {
    problem('locationId', 'The specified location could not be found.', 'INVALID_LOCATION');
    return undefined;
  }
  const level = store.levels.get(levelKey(itemId, locationId));
  if (level) return level;
  // 2026-10 has no such code any more; that it stocks the item by itself is inferred from that.
  if (context.version >= '2026-10') return { itemId, locationId, quantities: noQuantities() };
  const message = 'The specified inventory item is not stocked at the location.';
  problem('locationId', message, 'ITEM_NOT_STOCKED_AT_LOCATION');
  return undefined;
}

/** Makes all changes, or none when there is a problem. */
export function apply(
  { shop, views }: Context,
  input: { readonly reason: string; readonly referenceDocumentUri?: string | null },
  changes: readonly Change[],
  problems: readonly UserError[],
): Attempt {
  if (problems.length > 0)
    return { failed: true, show: () => ({ inventoryAdjustmentGroup: null, userErrors: problems }) };
  const { store } = shop;
  const id = store.nextId();
  const createdAt = store.second();
  const done = changes.map((change) => ({
    ...change,
    level: stocked(shop, change.place.itemId, change.place.locationId),
  }));
  const moved = done.filter(({ delta }) => delta !== 0);
  shift(
    shop,
    moved.map(({ level, name, delta }) => ({ level, by: { [name]: delta } })),
  );
  const written = [
    ...moved.map((change) => ({ ...change, shownAs: change.name })),
    ...moved.filter(({ name }) => name !== 'incoming').map((change) => ({ ...change, shownAs: 'on_hand' as const })),
  ];
  return {
    failed: false,
    show: () => ({
      inventoryAdjustmentGroup: {
        __typename: 'InventoryAdjustmentGroup',
        id: gid('InventoryAdjustmentGroup', id),
        createdAt: isoOf(createdAt),
        reason: input.reason,
        referenceDocumentUri: input.referenceDocumentUri ?? null,
        app: null,
        changes: (asked: ChangesArgs) =>
          written
            .filter(
              ({ level, shownAs }) =>
                isAsked(asked.inventoryItemIds, gid('InventoryItem', level.itemId)) &&
                isAsked(asked.locationIds, gid('Location', level.locationId)) &&
                isAsked(asked.quantityNames, shownAs),
            )
            .map(({ level, delta, shownAs, ledgerDocumentUri }): View => ({
              name: shownAs,
              delta,
              quantityAfterChange: null,
              ledgerDocumentUri: shownAs === 'on_hand' ? null : (ledgerDocumentUri ?? null),
              item: () => views.item(required(store.byItem.get(level.itemId), `item ${level.itemId}`)),
              location: () =>
                views.location(required(store.locations.get(level.locationId), `location ${level.locationId}`)),
            })),
      },
      userErrors: [],
    }),
  };
}

type ChangesArgs = {
  readonly inventoryItemIds?: readonly string[] | null;
  readonly locationIds?: readonly string[] | null;
  readonly quantityNames?: readonly string[] | null;
};

function isAsked(wanted: readonly string[] | null | undefined, shown: string): boolean {
  return !wanted || wanted.includes(shown);
}
