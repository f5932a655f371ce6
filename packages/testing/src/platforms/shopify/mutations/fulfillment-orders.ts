import type { Context } from '../graphql/context.ts';
import { allOf, cancelFulfillmentOrder, merge, move, splitOff, tell, type Units } from '../life/fulfillment-orders.ts';
import { serviceOf } from '../life/services.ts';
import { isOpen } from '../order-status.ts';
import { numberOf } from '../queries/lookup.ts';
import type { FulfillmentOrderRecord } from '../records.ts';
import { levelKey } from '../store.ts';
import { actionsOf } from '../views/fulfillment-actions.ts';
import type { View } from '../views/views.ts';
import { unitsOf } from './fulfillment-order-units.ts';
import { userError, type UserError } from './user-error.ts';

// Codes, and the messages where the code's description is one, from the schema of API 2026-10, read 2026-11-26. The other
// messages are ours: none is recorded.

type LineInput = { readonly id: string; readonly quantity: number };
type ById = { readonly id: string };

const notFound = 'The fulfillment order could not be found.';

/** Cancels what was asked of a service and not answered yet; another fulfillment order stands for what is left. */
export function fulfillmentOrderCancel({ id }: ById, { shop, views, version }: Context): View {
  const record = find(shop.store, id);
  if (!record) return refuse(notFound);
  if (record.progress) {
    const words = 'Cannot cancel fulfillment order with reported progress. Mark as unfulfilled first.';
    return refuse(words, 'FULFILLMENT_ORDER_HAS_MANUALLY_REPORTED_PROGRESS');
  }
  if (!actionsOf(shop.store, record, version).includes('CANCEL_FULFILLMENT_ORDER')) {
    return refuse(`Fulfillment order has an invalid status= ${record.status.toLowerCase()}.`);
  }
  const replacement = cancelFulfillmentOrder(shop, record);
  return {
    fulfillmentOrder: views.fulfillmentOrder(record),
    replacementFulfillmentOrder: replacement ? views.fulfillmentOrder(replacement) : null,
    userErrors: [],
  };
}

/** Opens what is scheduled, or takes back that work on it has begun. */
export function fulfillmentOrderOpen({ id }: ById, { shop, views }: Context): View {
  const record = find(shop.store, id);
  if (!record) return { fulfillmentOrder: null, userErrors: [userError(['id'], notFound)] };
  if (record.status !== 'SCHEDULED' && !record.progress) {
    const words = `Fulfillment order has an invalid status= ${record.status.toLowerCase()}.`;
    return { fulfillmentOrder: null, userErrors: [userError(['id'], words)] };
  }
  const stopped = record.progress;
  record.progress = false;
  record.status = 'OPEN';
  tell(shop, record, [
    {
      topic: stopped
        ? 'fulfillment_orders/manually_reported_progress_stopped'
        : 'fulfillment_orders/scheduled_fulfillment_order_ready',
      fulfillmentOrder: record,
    },
  ]);
  return { fulfillmentOrder: views.fulfillmentOrder(record), userErrors: [] };
}

/** Says that work on it has begun. */
export function fulfillmentOrderReportProgress(
  { id, progressReport }: ById & { readonly progressReport?: { readonly reasonNotes?: string | null } | null },
  { shop, views }: Context,
): View {
  const record = find(shop.store, id);
  if (!record) return refuse(notFound, 'FULFILLMENT_ORDER_NOT_FOUND');
  if (serviceOf(shop.store, record)?.own === false) {
    const words = 'The fulfillment order is not assigned to the requesting fulfillment service.';
    return refuse(words, 'FULFILLMENT_ORDER_INVALID_FULFILLMENT_SERVICE_OWNERSHIP');
  }
  if ((record.status !== 'OPEN' && record.status !== 'IN_PROGRESS') || allOf(record).length === 0) {
    return refuse('The fulfillment order status is invalid.', 'FULFILLMENT_ORDER_STATUS_INVALID');
  }
  const before = record.status;
  record.status = 'IN_PROGRESS';
  record.progress = true;
  const notes = progressReport?.reasonNotes ?? undefined;
  tell(shop, record, [{ topic: 'fulfillment_orders/progress_reported', fulfillmentOrder: record, before, notes }]);
  return { fulfillmentOrder: views.fulfillmentOrder(record), userErrors: [] };
}

/** Puts off what is scheduled. */
export function fulfillmentOrderReschedule(
  { id, fulfillAt }: ById & { readonly fulfillAt: string },
  { shop, views }: Context,
): View {
  const record = find(shop.store, id);
  if (!record || record.status !== 'SCHEDULED') {
    const words = record ? 'Fulfillment order is not scheduled.' : 'Fulfillment order could not be found.';
    const code = record ? undefined : 'FULFILLMENT_ORDER_NOT_FOUND';
    return { fulfillmentOrder: null, userErrors: [userError(['id'], words, code)] };
  }
  record.fulfillAt = Date.parse(fulfillAt);
  tell(shop, record, [{ topic: 'fulfillment_orders/rescheduled', fulfillmentOrder: record }]);
  return { fulfillmentOrder: views.fulfillmentOrder(record), userErrors: [] };
}

/** Gives what is not shipped to another location. */
export function fulfillmentOrderMove(
  args: ById & { readonly newLocationId: string; readonly fulfillmentOrderLineItems?: readonly LineInput[] | null },
  { shop, views }: Context,
): View {
  const { store } = shop;
  const record = find(store, args.id);
  const to = numberOf(args.newLocationId, 'Location');
  if (!record) return notMoved(userError(['id'], notFound));
  const units = args.fulfillmentOrderLineItems?.length
    ? unitsOf(record, args.fulfillmentOrderLineItems, ['fulfillmentOrderLineItems'])
    : allOf(record);
  if ('message' in units) return notMoved(units);
  const problem = whyNotMoved(store, record, to, units);
  if (problem) return notMoved(problem);
  const moved = move(shop, record, to, units);
  return {
    movedFulfillmentOrder: views.fulfillmentOrder(moved),
    originalFulfillmentOrder: views.fulfillmentOrder(record),
    remainingFulfillmentOrder: null,
    userErrors: [],
  };
}

const withService: ReadonlySet<string> = new Set([
  'SUBMITTED',
  'ACCEPTED',
  'CANCELLATION_REQUESTED',
  'CANCELLATION_REJECTED',
]);

function whyNotMoved(
  store: Context['shop']['store'],
  record: FulfillmentOrderRecord,
  to: bigint,
  units: Units,
): UserError | undefined {
  if (!isOpen(record)) {
    return userError(['id'], `Fulfillment order has an invalid status= ${record.status.toLowerCase()}.`);
  }
  if (record.progress) {
    const words = 'Cannot move a fulfillment order that has progress reported.';
    return userError(['id'], words, 'CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS');
  }
  if (withService.has(record.requestStatus)) {
    const words = `Fulfillment order is with a fulfillment service (${record.requestStatus.toLowerCase()}).`;
    return userError(['id'], words);
  }
  if (!store.locations.get(to)?.active) return userError(['newLocationId'], 'Location does not exist.');
  if (to === record.locationId) return userError(['newLocationId'], 'Location is the one it is assigned to.');
  const order = store.orders.get(record.orderId);
  const missing = units.some(({ line }) => {
    const variantId = order?.lines.find(({ id }) => id === line.lineId)?.variantId;
    const variant = variantId === undefined ? undefined : store.variants.get(variantId);
    return variant?.tracked === true && !store.levels.has(levelKey(variant.itemId, to));
  });
  return missing ? userError(['newLocationId'], 'The location does not stock the requested items.') : undefined;
}

/** Splits units off into a fulfillment order of their own. */
export function fulfillmentOrderSplit(
  args: {
    readonly fulfillmentOrderSplits: readonly {
      readonly fulfillmentOrderId: string;
      readonly fulfillmentOrderLineItems: readonly LineInput[];
    }[];
  },
  { shop, views, version }: Context,
): View {
  const plans: { readonly record: FulfillmentOrderRecord; readonly units: Units }[] = [];
  for (const [index, wanted] of args.fulfillmentOrderSplits.entries()) {
    const field = ['fulfillmentOrderSplits', String(index)];
    const record = find(shop.store, wanted.fulfillmentOrderId);
    const name = 'fulfillmentOrderLineItems';
    const problem = !record
      ? userError([...field, 'fulfillmentOrderId'], notFound, 'FULFILLMENT_ORDER_NOT_FOUND')
      : wanted.fulfillmentOrderLineItems.length === 0
        ? userError(
            [...field, name],
            'The fulfillment order must have at least one line item input to split.',
            'NO_LINE_ITEMS_PROVIDED_TO_SPLIT',
          )
        : actionsOf(shop.store, record, version).includes('SPLIT')
          ? undefined
          : userError([...field, 'fulfillmentOrderId'], unable(record, 'split'));
    if (!record || problem)
      return { fulfillmentOrderSplits: null, userErrors: [problem ?? userError(field, notFound)] };
    const units = unitsOf(record, wanted.fulfillmentOrderLineItems, [...field, name], {
      few: 'GREATER_THAN',
      wrong: 'INVALID_LINE_ITEM_QUANTITY',
      twice: 'INVALID_LINE_ITEM_QUANTITY',
    });
    if ('message' in units) return { fulfillmentOrderSplits: null, userErrors: [units] };
    plans.push({ record, units });
  }
  const results = plans.map(({ record, units }) => {
    const remaining = splitOff(shop, record, units);
    tell(shop, record, [{ topic: 'fulfillment_orders/split', fulfillmentOrder: record, remaining }]);
    return {
      fulfillmentOrder: views.fulfillmentOrder(record),
      remainingFulfillmentOrder: views.fulfillmentOrder(remaining),
      replacementFulfillmentOrder: null,
    };
  });
  return { fulfillmentOrderSplits: results, userErrors: [] };
}

/** Puts several fulfillment orders of one order and one location together. */
export function fulfillmentOrderMerge(
  args: {
    readonly fulfillmentOrderMergeInputs: readonly {
      readonly mergeIntents: readonly {
        readonly fulfillmentOrderId: string;
        readonly fulfillmentOrderLineItems?: readonly LineInput[] | null;
      }[];
    }[];
  },
  { shop, views }: Context,
): View {
  const plans: { readonly record: FulfillmentOrderRecord; readonly units: Units }[][] = [];
  for (const [set, { mergeIntents }] of args.fulfillmentOrderMergeInputs.entries()) {
    const parts: { readonly record: FulfillmentOrderRecord; readonly units: Units }[] = [];
    for (const [index, wanted] of mergeIntents.entries()) {
      const field = ['fulfillmentOrderMergeInputs', String(set), 'mergeIntents', String(index)];
      const record = find(shop.store, wanted.fulfillmentOrderId);
      if (!record) {
        return notMerged(userError([...field, 'fulfillmentOrderId'], notFound, 'FULFILLMENT_ORDER_NOT_FOUND'));
      }
      const other = parts[0]?.record;
      if (other && (other.orderId !== record.orderId || other.locationId !== record.locationId)) {
        return notMerged(userError(field, 'Fulfillment orders must be of one order and one location.'));
      }
      if (!isMergeable(record)) {
        return notMerged(userError([...field, 'fulfillmentOrderId'], unable(record, 'merged')));
      }
      const units = wanted.fulfillmentOrderLineItems?.length
        ? unitsOf(record, wanted.fulfillmentOrderLineItems, [...field, 'fulfillmentOrderLineItems'], {
            few: 'GREATER_THAN',
            wrong: 'INVALID_LINE_ITEM_QUANTITY',
          })
        : allOf(record);
      if ('message' in units) return notMerged(units);
      parts.push({ record, units });
    }
    plans.push(parts);
  }
  const merged = plans.flatMap((parts) => merge(shop, parts) ?? []);
  return {
    fulfillmentOrderMerges: merged.map((record) => ({ fulfillmentOrder: views.fulfillmentOrder(record) })),
    userErrors: [],
  };
}

function isMergeable(record: FulfillmentOrderRecord): boolean {
  const isReady = record.status === 'OPEN' || (record.status === 'IN_PROGRESS' && !record.progress);
  return isReady && isOpen(record) && !withService.has(record.requestStatus);
}

/** None of the codes is for this: that it is refused, and how, is ours. */
function unable({ status, requestStatus }: FulfillmentOrderRecord, done: string): string {
  const [now, request] = [status, requestStatus].map((word) => word.toLowerCase());
  return `Fulfillment order cannot be ${done} with status= ${now} and request_status= ${request}.`;
}

function refuse(message: string, code?: string): View {
  return {
    fulfillmentOrder: null,
    replacementFulfillmentOrder: null,
    userErrors: [userError(['id'], message, code)],
  };
}

function notMoved(problem: UserError): View {
  return {
    movedFulfillmentOrder: null,
    originalFulfillmentOrder: null,
    remainingFulfillmentOrder: null,
    userErrors: [problem],
  };
}

function notMerged(problem: UserError): View {
  return { fulfillmentOrderMerges: null, userErrors: [problem] };
}

function find(store: Context['shop']['store'], id: string): FulfillmentOrderRecord | undefined {
  return store.fulfillmentOrders.get(numberOf(id, 'FulfillmentOrder'));
}
