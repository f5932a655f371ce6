import { invalidId } from '../api-error.ts';
import type { Context } from '../graphql/context.ts';
import { idIn } from '../gid.ts';
import { restOf, splitOff } from '../life/fulfillment-orders.ts';
import { hold, releaseHolds } from '../life/holds.ts';
import { isOpen } from '../order-status.ts';
import { numberOf } from '../queries/lookup.ts';
import type { View } from '../views/views.ts';
import { unitsOf } from './fulfillment-order-units.ts';
import { userError, type UserError } from './user-error.ts';

// Codes, and the messages where the code's description is one, from the schema of API 2026-10, read 2026-11-26.

// Per app and fulfillment order; so long a handle may be. Schema of API 2026-10, read 2026-11-23.
const mostHolds = 10;
const longestHandle = 64;

/** Holds a fulfillment order back, or some units of it: the rest is split off. A handle is used once per app. */
export function fulfillmentOrderHold(
  args: {
    readonly id: string;
    readonly fulfillmentHold: {
      readonly reason: string;
      readonly reasonNotes?: string | null;
      readonly handle?: string | null;
      readonly externalId?: string | null;
      readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null;
    };
  },
  { shop, views }: Context,
): View {
  const { fulfillmentHold: input } = args;
  const record = shop.store.fulfillmentOrders.get(numberOf(args.id, 'FulfillmentOrder'));
  if (!record) {
    return refused(userError(['id'], 'The fulfillment order could not be found.', 'FULFILLMENT_ORDER_NOT_FOUND'));
  }
  const handle = input.handle ?? '';
  const field = ['fulfillmentHold', 'handle'];
  const own = record.holds.filter(({ app }) => app === 'own');
  if (own.some((each) => each.handle === handle)) {
    return refused(
      userError(
        field,
        'The handle provided for the fulfillment hold is already in use by this app for another hold on this fulfillment order.',
        'DUPLICATE_FULFILLMENT_HOLD_HANDLE',
      ),
    );
  }
  if (handle.length > longestHandle) {
    return refused(userError(field, `Handle is too long (maximum is ${longestHandle} characters)`));
  }
  if (own.length >= mostHolds) {
    return refused(
      userError(
        ['id'],
        'The maximum number of fulfillment holds for this fulfillment order has been reached for this app. An app can only have up to 10 holds on a single fulfillment order at any one time.',
        'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED',
      ),
    );
  }
  if (!isOpen(record) || record.requestStatus === 'SUBMITTED' || record.requestStatus === 'ACCEPTED') {
    // The words are ours: no such refusal is recorded.
    return refused(userError(['id'], `Fulfillment order has an invalid status= ${record.status.toLowerCase()}.`));
  }
  const wanted = input.fulfillmentOrderLineItems?.length ? input.fulfillmentOrderLineItems : undefined;
  if (wanted && record.status === 'ON_HOLD') {
    const words = 'The fulfillment order is not in a splittable state.';
    return refused(userError(['id'], words, 'FULFILLMENT_ORDER_NOT_SPLITTABLE'));
  }
  const units = wanted
    ? unitsOf(record, wanted, ['fulfillmentHold', 'fulfillmentOrderLineItems'], {
        few: 'GREATER_THAN_ZERO',
        wrong: 'INVALID_LINE_ITEM_QUANTITY',
        twice: 'DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS',
      })
    : undefined;
  if (units && 'message' in units) return refused(units);
  const rest = units ? restOf(record, units) : [];
  const remaining = rest.length > 0 ? splitOff(shop, record, rest) : undefined;
  const made = hold(
    shop,
    record,
    {
      reason: input.reason,
      handle,
      notes: input.reasonNotes ?? undefined,
      app: 'own',
      externalId: input.externalId ?? undefined,
    },
    remaining,
  );
  const view = views.fulfillmentOrder(record);
  // A view's holds are a plain list in the order of the record's.
  const holds = view['fulfillmentHolds'];
  return {
    fulfillmentHold: Array.isArray(holds) ? holds[record.holds.indexOf(made)] : null,
    fulfillmentOrder: view,
    remainingFulfillmentOrder: remaining ? views.fulfillmentOrder(remaining) : null,
    userErrors: [],
  };
}

function refused(problem: UserError): View {
  return { fulfillmentHold: null, fulfillmentOrder: null, remainingFulfillmentOrder: null, userErrors: [problem] };
}

/**
 * Ends the holds that are named, or without names all of them, those of other apps too. shopify.dev,
 * fulfillmentOrderReleaseHold, read 2026-11-26.
 */
export function fulfillmentOrderReleaseHold(
  args: { readonly id: string; readonly holdIds?: readonly string[] | null; readonly externalId?: string | null },
  { shop, views }: Context,
): View {
  const record = shop.store.fulfillmentOrders.get(numberOf(args.id, 'FulfillmentOrder'));
  if (!record) {
    const problem = userError(['id'], "The fulfillment order wasn't found.", 'FULFILLMENT_ORDER_NOT_FOUND');
    return { fulfillmentOrder: null, userErrors: [problem] };
  }
  const wanted = args.holdIds?.map((id) => {
    const number = idIn(id, 'FulfillmentHold');
    if (number === undefined) throw invalidId(id);
    return number;
  });
  releaseHolds(shop, record, ({ id }) => !wanted || wanted.includes(id));
  return { fulfillmentOrder: views.fulfillmentOrder(record), userErrors: [] };
}
