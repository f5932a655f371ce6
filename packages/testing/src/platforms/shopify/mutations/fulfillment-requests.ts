import type { Context } from '../graphql/context.ts';
import { gid, idIn } from '../gid.ts';
import { allOf, type Units } from '../life/fulfillment-orders.ts';
import {
  answerCancellation,
  answerRequest,
  closeRequest,
  serviceOf,
  submitCancellation,
  submitRequest,
} from '../life/services.ts';
import { isOpen } from '../order-status.ts';
import { numberOf } from '../queries/lookup.ts';
import type { FulfillmentOrderRecord, FulfillmentRequestStatus } from '../records.ts';
import type { View } from '../views/views.ts';
import { unitsOf } from './fulfillment-order-units.ts';
import { userError, type UserError } from './user-error.ts';

// The words of the refusals of this file are ours: none is recorded. All of them are of the plain kind.

type LineInput = { readonly id: string; readonly quantity: number };

/** The merchant asks a service to ship all, or some units: the rest becomes a fulfillment order of its own. */
export function fulfillmentOrderSubmitFulfillmentRequest(
  args: {
    readonly id: string;
    readonly fulfillmentOrderLineItems?: readonly LineInput[] | null;
    readonly message?: string | null;
    readonly notifyCustomer?: boolean | null;
  },
  { shop, views }: Context,
): View {
  const record = shop.store.fulfillmentOrders.get(numberOf(args.id, 'FulfillmentOrder'));
  const problem = record ? whyNotSubmitted(shop.store, record) : notFound;
  if (!record || problem) return notSubmitted(problem ?? notFound);
  const wanted = args.fulfillmentOrderLineItems?.length ? args.fulfillmentOrderLineItems : undefined;
  const units: Units | UserError = wanted ? unitsOf(record, wanted, ['fulfillmentOrderLineItems']) : allOf(record);
  if ('message' in units) return notSubmitted(userError(units.field, units.message));
  const rest = submitRequest(shop, record, units, {
    message: args.message ?? undefined,
    notifyCustomer: args.notifyCustomer ?? undefined,
  });
  return {
    originalFulfillmentOrder: views.fulfillmentOrder(record),
    submittedFulfillmentOrder: views.fulfillmentOrder(record),
    unsubmittedFulfillmentOrder: rest ? views.fulfillmentOrder(rest) : null,
    userErrors: [],
  };
}

const notFound = userError(['id'], 'Fulfillment order does not exist.');

function whyNotSubmitted(store: Context['shop']['store'], record: FulfillmentOrderRecord): UserError | undefined {
  if (!serviceOf(store, record)) {
    return userError(['id'], 'Fulfillment order is not assigned to a fulfillment service.');
  }
  const again: readonly FulfillmentRequestStatus[] = ['UNSUBMITTED', 'REJECTED', 'CANCELLATION_ACCEPTED', 'CLOSED'];
  if (!again.includes(record.requestStatus)) {
    return userError(['id'], `Fulfillment order has already been requested (${record.requestStatus.toLowerCase()}).`);
  }
  if (record.status === 'ON_HOLD') return userError(['id'], 'Fulfillment order is on hold.');
  return allOf(record).length === 0 ? userError(['id'], 'Fulfillment order has nothing left to fulfill.') : undefined;
}

function notSubmitted(problem: UserError): View {
  return {
    originalFulfillmentOrder: null,
    submittedFulfillmentOrder: null,
    unsubmittedFulfillmentOrder: null,
    userErrors: [problem],
  };
}

/** The service says yes. */
export function fulfillmentOrderAcceptFulfillmentRequest(
  args: { readonly id: string; readonly message?: string | null; readonly estimatedShippedAt?: string | null },
  context: Context,
): View {
  return asService(context, args.id, ['SUBMITTED'], 'a fulfillment request', (record) => {
    if (args.estimatedShippedAt != null) record.fulfillBy = Date.parse(args.estimatedShippedAt);
    answerRequest(context.shop, record, { accepted: true, message: args.message ?? undefined });
  });
}

/** The service says no, and why. */
export function fulfillmentOrderRejectFulfillmentRequest(
  args: {
    readonly id: string;
    readonly message?: string | null;
    readonly reason?: string | null;
    readonly lineItems?:
      | readonly { readonly fulfillmentOrderLineItemId: string; readonly message?: string | null }[]
      | null;
  },
  context: Context,
): View {
  return asService(context, args.id, ['SUBMITTED'], 'a fulfillment request', (record) => {
    const lines = (args.lineItems ?? []).map(({ fulfillmentOrderLineItemId, message }) => {
      const id = idIn(fulfillmentOrderLineItemId, 'FulfillmentOrderLineItem');
      return [gid('FulfillmentOrderLineItem', id ?? 0n), message ?? ''] as const;
    });
    answerRequest(context.shop, record, {
      accepted: false,
      message: args.message ?? undefined,
      reason: args.reason ?? undefined,
      lines: Object.fromEntries(lines),
    });
  });
}

type WithMessage = { readonly id: string; readonly message?: string | null };

/** The merchant asks a service that said yes to stop. */
export function fulfillmentOrderSubmitCancellationRequest(
  { id, message }: WithMessage,
  { shop, views }: Context,
): View {
  const record = shop.store.fulfillmentOrders.get(numberOf(id, 'FulfillmentOrder'));
  if (!record) return { fulfillmentOrder: null, userErrors: [notFound] };
  if (record.requestStatus !== 'ACCEPTED' && record.requestStatus !== 'CANCELLATION_REJECTED') {
    const words = 'Cancellation can only be requested for a fulfillment order whose request was accepted.';
    return { fulfillmentOrder: null, userErrors: [userError(['id'], words)] };
  }
  if (!isOpen(record)) return { fulfillmentOrder: null, userErrors: [over(record)] };
  submitCancellation(shop, record, message ?? undefined);
  return { fulfillmentOrder: views.fulfillmentOrder(record), userErrors: [] };
}

/** The service stops. */
export function fulfillmentOrderAcceptCancellationRequest({ id, message }: WithMessage, context: Context): View {
  return asService(context, id, ['CANCELLATION_REQUESTED'], 'a cancellation request', (record) =>
    answerCancellation(context.shop, record, true, message ?? undefined),
  );
}

/** The service goes on. */
export function fulfillmentOrderRejectCancellationRequest({ id, message }: WithMessage, context: Context): View {
  return asService(context, id, ['CANCELLATION_REQUESTED'], 'a cancellation request', (record) =>
    answerCancellation(context.shop, record, false, message ?? undefined),
  );
}

/** The service gives back what it cannot ship. */
export function fulfillmentOrderClose({ id, message }: WithMessage, context: Context): View {
  return asService(context, id, ['ACCEPTED', 'CANCELLATION_REJECTED'], 'an accepted request', (record) => {
    if (record.status !== 'IN_PROGRESS') {
      return userError(['id'], `Fulfillment order has an invalid status= ${record.status.toLowerCase()}.`);
    }
    return closeRequest(context.shop, record, message ?? undefined);
  });
}

/** Why nothing is asked or answered any more: the order was cancelled, or all of it was shipped or refunded. */
function over({ status }: FulfillmentOrderRecord): UserError {
  return userError(['id'], `Fulfillment order has an invalid status= ${status.toLowerCase()}.`);
}

/** What only the app may do whose service it is, and only while the request is at that point and something is left to ship. */
function asService(
  { shop, views }: Context,
  id: string,
  statuses: readonly FulfillmentRequestStatus[],
  what: string,
  work: (record: FulfillmentOrderRecord) => UserError | void,
): View {
  const record = shop.store.fulfillmentOrders.get(numberOf(id, 'FulfillmentOrder'));
  if (!record) return { fulfillmentOrder: null, userErrors: [notFound] };
  if (!serviceOf(shop.store, record)?.own) {
    const words = 'Fulfillment order is not assigned to a fulfillment service of this app.';
    return { fulfillmentOrder: null, userErrors: [userError(['id'], words)] };
  }
  if (!statuses.includes(record.requestStatus)) {
    const words = `Fulfillment order has no ${what.replace(/^an? /, '')} to answer (${record.requestStatus.toLowerCase()}).`;
    return { fulfillmentOrder: null, userErrors: [userError(['id'], words)] };
  }
  const problem = isOpen(record) ? work(record) : over(record);
  return problem
    ? { fulfillmentOrder: null, userErrors: [problem] }
    : { fulfillmentOrder: views.fulfillmentOrder(record), userErrors: [] };
}
