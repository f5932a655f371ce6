import type { GraphQLResolveInfo } from 'graphql';
import { apiError } from '../api-error.ts';
import type { Context } from '../graphql/context.ts';
import { keyUseOf, type Attempt } from '../idempotency.ts';
import { quantityNames, type QuantityName } from '../records.ts';
import {
  deltaProblems,
  ledgerProblems,
  oneLedgerProblems,
  quantityProblems,
  reasonProblems,
  referenceProblems,
  staleProblems,
  type Row,
} from './inventory-problems.ts';
import { apply, placeOf } from './inventory-rows.ts';
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
    problems.push(...reasonProblems(input.reason), ...referenceProblems(input.referenceDocumentUri));
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
      const place = placeOf(context, row, field, problems);
      if (!place) return [];
      const now = place.quantities[name];
      problems.push(...staleProblems(context.version, input, row, now, field));
      // What is set is available, and on_hand goes with it.
      return [{ place, name: 'available' as const, delta: quantity - now }];
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
    problems.push(
      ...reasonProblems(input.reason),
      ...referenceProblems(input.referenceDocumentUri),
      ...oneLedgerProblems(input.changes),
    );
    const name = quantityNames.find((each) => each === input.name) ?? 'available';
    const changes = input.changes.flatMap((row, index) => {
      const field = ['input', 'changes', String(index)];
      problems.push(...ledgerProblems(input.name, row.ledgerDocumentUri, field));
      const place = placeOf(context, row, field, problems);
      if (!place) return [];
      const now = place.quantities[name];
      const delta = row.delta ?? 0;
      problems.push(
        ...staleProblems(context.version, {}, row, now, field),
        ...deltaProblems([...field, 'delta'], delta, now),
      );
      return [{ place, name, delta, ledgerDocumentUri: row.ledgerDocumentUri }];
    });
    return apply(context, input, changes, problems);
  });
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
