import type { GraphQLResolveInfo } from 'graphql';
import { apiError } from '../api-error.ts';
import { gid, idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { keyUseOf, type Attempt } from '../idempotency.ts';
import { levelAt, shift } from '../life/stock.ts';
import { quantityNames, type LevelRecord, type QuantityName } from '../records.ts';
import { numberOf } from '../queries/lookup.ts';
import { isoOf, levelKey } from '../store.ts';
import type { View } from '../views/views.ts';
import { ledgerProblems, quantityProblems, reasonProblems, staleProblems, type Row } from './inventory-problems.ts';
import { userError, type UserError } from './user-error.ts';

type SetInput = {
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
  readonly ignoreCompareQuantity?: boolean | null;
  readonly quantities: readonly Row[];
};
type AdjustInput = {
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
  readonly changes: readonly Row[];
};
type Change = { readonly level: LevelRecord; readonly name: QuantityName; readonly delta: number };

const adjustable = new Set(['available', 'damaged', 'incoming', 'quality_control', 'reserved', 'safety_stock']);

/** Sets quantities, all or none, once per key, and only where they were what the caller believed. */
export function inventorySetQuantities(
  { input }: { readonly input: SetInput },
  context: Context,
  info: GraphQLResolveInfo,
): unknown {
  needsChangeFrom(input.quantities, context, 'InventoryQuantityInput');
  return once(context, info, () => {
    const problems: UserError[] = [];
    if (input.name !== 'available' && input.name !== 'on_hand') {
      problems.push(
        userError(['input', 'name'], "The quantity name must be either 'available' or 'on_hand'.", 'INVALID_NAME'),
      );
    }
    const name: QuantityName = input.name === 'on_hand' ? 'on_hand' : 'available';
    problems.push(...reasonProblems(input.reason));
    const places = input.quantities.map(({ inventoryItemId, locationId }) => `${inventoryItemId}@${locationId}`);
    const changes = input.quantities.flatMap((row, index) => {
      const field = ['input', 'quantities', String(index)];
      const quantity = row.quantity ?? 0;
      if (places.indexOf(places[index] ?? '') !== places.lastIndexOf(places[index] ?? '')) {
        problems.push(
          userError(
            [...field, 'locationId'],
            'The combination of inventoryItemId and locationId must be unique.',
            'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
          ),
        );
      }
      problems.push(...quantityProblems([...field, 'quantity'], quantity, name));
      const level = levelOf(context, row, field, problems);
      if (!level) return [];
      const now = level.quantities[name];
      problems.push(...staleProblems(context.version, input, row, now, field));
      // What is set is available, and on_hand goes with it.
      return [{ level, name: 'available' as const, delta: quantity - now }];
    });
    return apply(context, input, changes, problems);
  });
}

/** Moves quantities by a number, all or none, once per key. */
export function inventoryAdjustQuantities(
  { input }: { readonly input: AdjustInput },
  context: Context,
  info: GraphQLResolveInfo,
): unknown {
  needsChangeFrom(input.changes, context, 'InventoryChangeInput');
  return once(context, info, () => {
    const problems: UserError[] = [];
    if (!adjustable.has(input.name)) {
      problems.push(userError(['input', 'name'], 'The specified quantity name is invalid.', 'INVALID_QUANTITY_NAME'));
    }
    problems.push(...reasonProblems(input.reason));
    const name = quantityNames.find((each) => each === input.name) ?? 'available';
    const changes = input.changes.flatMap((row, index) => {
      const field = ['input', 'changes', String(index)];
      problems.push(...ledgerProblems(input.name, row.ledgerDocumentUri, field));
      const level = levelOf(context, row, field, problems);
      if (!level) return [];
      const now = level.quantities[name];
      problems.push(
        ...staleProblems(context.version, {}, row, now, field),
        ...quantityProblems([...field, 'delta'], now + (row.delta ?? 0), name),
      );
      return [{ level, name, delta: row.delta ?? 0 }];
    });
    return apply(context, input, changes, problems);
  });
}

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
    if (known && args.available != null) {
      return notActivated(
        'available',
        'Not allowed to set available quantity when the item is already active at the location.',
      );
    }
    const level = levelAt(shop.store, itemId, locationId);
    const wanted = args.available ?? args.onHand;
    if (!known && wanted != null) shift(shop.store, level, { available: wanted });
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

function once(context: Context, info: GraphQLResolveInfo, attempt: () => Attempt): unknown {
  const use = keyUseOf(info, context.rawVariables, context.version);
  if (!use) return attempt().show();
  return context.keys.run(use, attempt, ({ message, code }) => ({
    inventoryAdjustmentGroup: null,
    userErrors: [userError(null, message, code)],
  }));
}

/** From 2026-04 the field must be there: a number is compared, an explicit null is not. */
function needsChangeFrom(rows: readonly Row[], { version }: Context, type: string): void {
  if (version < '2026-04' || rows.every((row) => Object.hasOwn(row, 'changeFromQuantity'))) return;
  throw apiError('INVALID_FIELD_ARGUMENTS', `${type} must include the following argument: changeFromQuantity.`);
}

function levelOf(context: Context, row: Row, field: readonly string[], problems: UserError[]): LevelRecord | undefined {
  const { store } = context.shop;
  const itemId = idIn(row.inventoryItemId, 'InventoryItem');
  const locationId = idIn(row.locationId, 'Location');
  if (itemId === undefined || !store.byItem.has(itemId)) {
    const message = 'The specified inventory item could not be found.';
    problems.push(userError([...field, 'inventoryItemId'], message, 'INVALID_INVENTORY_ITEM'));
    return undefined;
  }
  if (locationId === undefined || !store.locations.has(locationId)) {
    problems.push(
      userError([...field, 'locationId'], 'The specified location could not be found.', 'INVALID_LOCATION'),
    );
    return undefined;
  }
  const level = store.levels.get(levelKey(itemId, locationId));
  if (level) return level;
  // 2026-10 has no such code any more; that it stocks the item by itself is inferred from that.
  if (context.version >= '2026-10') return levelAt(store, itemId, locationId);
  const message = 'The specified inventory item is not stocked at the location.';
  problems.push(userError([...field, 'locationId'], message, 'ITEM_NOT_STOCKED_AT_LOCATION'));
  return undefined;
}

function apply(
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
  for (const { level, name, delta } of changes) {
    if (delta === 0) continue;
    shift(store, level, { [name]: delta });
    if (name === 'available') shop.tell([{ topic: 'inventory_levels/update', level }]);
  }
  const moved = changes.filter(({ delta }) => delta !== 0);
  const shown = ({ level, delta }: Change, name: QuantityName): View => ({
    name,
    delta,
    quantityAfterChange: null,
    ledgerDocumentUri: null,
    item: () => views.item(variantOf(store, level)),
    location: () => nodeView(views, store, level),
  });
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
        changes: [
          ...moved.map((change) => shown(change, change.name)),
          ...moved.filter(({ name }) => name !== 'incoming').map((change) => shown(change, 'on_hand')),
        ],
      },
      userErrors: [],
    }),
  };
}

type Store = Context['shop']['store'];

function variantOf(store: Store, level: LevelRecord) {
  const variant = store.byItem.get(level.itemId);
  if (!variant) throw new Error(`The fake shop has lost item ${level.itemId}.`);
  return variant;
}

function nodeView(views: Context['views'], store: Store, level: LevelRecord): View | null {
  const location = store.locations.get(level.locationId);
  return location ? views.location(location) : null;
}
