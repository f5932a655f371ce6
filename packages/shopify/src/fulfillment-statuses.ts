import { CommerceError, defineStatusMap, holdReasons, type FulfillmentStatus, type Ref } from '@crossdock/core';
import type { WireFulfillmentOrder, WireFulfillmentOrderUnits } from './wire/fulfillment-order.ts';

// All words of Admin API 2026-04 to 2026-10. shopify.dev, read 2026-11-26.

type Word = 'OPEN' | 'IN_PROGRESS' | 'SCHEDULED' | 'ON_HOLD' | 'INCOMPLETE' | 'CLOSED' | 'CANCELLED';
type RequestWord =
  | 'UNSUBMITTED'
  | 'SUBMITTED'
  | 'ACCEPTED'
  | 'REJECTED'
  | 'CANCELLATION_REQUESTED'
  | 'CANCELLATION_ACCEPTED'
  | 'CANCELLATION_REJECTED'
  | 'CLOSED';
type Meanings = Readonly<Record<RequestWord, FulfillmentStatus | { readonly held: string }>>;

/** The service gave it back unfinished, which makes it incomplete; together with these words it says two things. */
const contradictory = { held: 'the fulfillment service closed it, and it goes on' } as const;

/** What the two words say together. Whatever was asked of a service, goods that may not leave are said first. */
const meanings: Readonly<Record<Word, Meanings>> = {
  OPEN: {
    UNSUBMITTED: 'queued',
    SUBMITTED: 'submitted',
    ACCEPTED: 'acknowledged',
    // The service said no; somebody has to choose another.
    REJECTED: 'action-required',
    CANCELLATION_REQUESTED: 'cancel-requested',
    // The service let it go, and it is still to leave.
    CANCELLATION_ACCEPTED: 'action-required',
    CANCELLATION_REJECTED: 'cancel-refused',
    CLOSED: contradictory,
  },
  IN_PROGRESS: {
    UNSUBMITTED: 'allocated',
    SUBMITTED: 'submitted',
    ACCEPTED: 'acknowledged',
    REJECTED: 'action-required',
    CANCELLATION_REQUESTED: 'cancel-requested',
    CANCELLATION_ACCEPTED: 'action-required',
    CANCELLATION_REJECTED: 'cancel-refused',
    CLOSED: contradictory,
  },
  // Must not leave before its day.
  SCHEDULED: {
    UNSUBMITTED: 'on-hold',
    SUBMITTED: 'on-hold',
    ACCEPTED: 'on-hold',
    REJECTED: 'action-required',
    CANCELLATION_REQUESTED: 'cancel-requested',
    CANCELLATION_ACCEPTED: 'on-hold',
    CANCELLATION_REJECTED: 'on-hold',
    CLOSED: contradictory,
  },
  ON_HOLD: {
    UNSUBMITTED: 'on-hold',
    SUBMITTED: 'on-hold',
    ACCEPTED: 'on-hold',
    REJECTED: 'on-hold',
    CANCELLATION_REQUESTED: 'cancel-requested',
    CANCELLATION_ACCEPTED: 'on-hold',
    CANCELLATION_REJECTED: 'on-hold',
    CLOSED: contradictory,
  },
  // Not all of it can be done as it was asked.
  INCOMPLETE: {
    UNSUBMITTED: 'exception',
    SUBMITTED: 'exception',
    ACCEPTED: 'exception',
    REJECTED: 'exception',
    CANCELLATION_REQUESTED: 'cancel-requested',
    CANCELLATION_ACCEPTED: 'exception',
    CANCELLATION_REJECTED: 'exception',
    // The service gave it back unfinished, and the rest is still to leave.
    CLOSED: 'action-required',
  },
  CLOSED: {
    UNSUBMITTED: 'shipped',
    SUBMITTED: 'shipped',
    ACCEPTED: 'shipped',
    // Somebody else shipped it then.
    REJECTED: 'shipped',
    // The wish came too late.
    CANCELLATION_REQUESTED: 'shipped',
    CANCELLATION_ACCEPTED: 'canceled',
    CANCELLATION_REJECTED: 'shipped',
    CLOSED: 'exception',
  },
  CANCELLED: {
    UNSUBMITTED: 'canceled',
    SUBMITTED: 'canceled',
    ACCEPTED: 'canceled',
    REJECTED: 'canceled',
    CANCELLATION_REQUESTED: 'canceled',
    // Its service let it go, and it is still to leave.
    CANCELLATION_ACCEPTED: 'action-required',
    CANCELLATION_REJECTED: 'canceled',
    CLOSED: 'canceled',
  },
};

/** Statuses that goods which left say more of. */
const underWay: ReadonlySet<FulfillmentStatus> = new Set(['queued', 'submitted', 'acknowledged', 'allocated']);
/** A fulfillment in these shipped nothing. shopify.dev, FulfillmentStatus, API 2026-07. */
export const undoneFulfillments: ReadonlySet<string> = new Set(['CANCELLED', 'ERROR', 'FAILURE']);

/**
 * Whether its service let it go or gave it back unfinished: it is the merchant's again, and what remains of it can be shipped.
 * shopify.dev, fulfillmentOrderAcceptCancellationRequest and fulfillmentOrderClose, read 2026-11-26.
 */
export function isGivenBack({
  status,
  requestStatus,
}: {
  readonly status: string;
  readonly requestStatus: string;
}): boolean {
  return (
    (status === 'CANCELLED' && requestStatus === 'CANCELLATION_ACCEPTED') ||
    (status === 'INCOMPLETE' && requestStatus === 'CLOSED')
  );
}

/** Whether anything of a fulfillment order has left. */
export function hasLeft({ fulfillments }: Pick<WireFulfillmentOrder, 'fulfillments'>): boolean {
  return fulfillments.nodes.some(({ status }) => !undoneFulfillments.has(status));
}

/** The one status of a fulfillment order, which Shopify spreads over two words and what has left. */
export function toFulfillmentStatus(
  wire: Pick<WireFulfillmentOrder, 'status' | 'requestStatus' | 'fulfillments'>,
  units: readonly Pick<WireFulfillmentOrderUnits, 'remainingQuantity'>[],
  ref: Ref<'fulfillment'>,
): FulfillmentStatus {
  const meant = meaningOf(wire, ref);
  const isAnyLeft = hasLeft(wire);
  const isAllGone = units.every(({ remainingQuantity }) => remainingQuantity === 0);
  // Also closed where its order was edited or refunded until nothing was left to ship of it.
  if (meant === 'shipped' || (isGivenBack(wire) && isAllGone)) return isAnyLeft ? 'shipped' : 'canceled';
  return isAnyLeft && !isAllGone && underWay.has(meant) ? 'partially-shipped' : meant;
}

function meaningOf(
  { status, requestStatus }: Pick<WireFulfillmentOrder, 'status' | 'requestStatus'>,
  ref: Ref<'fulfillment'>,
): FulfillmentStatus {
  const row: Readonly<Record<string, Meanings[RequestWord]>> = isWord(status) ? meanings[status] : {};
  const meant = Object.hasOwn(row, requestStatus) ? row[requestStatus] : undefined;
  if (typeof meant === 'string') return meant;
  const reason = meant === undefined ? 'these words are in no map' : `held: ${meant.held}`;
  throw new CommerceError({
    code: 'status.unmapped',
    system: ref.system,
    refs: [ref],
    message: `Fulfillment "${ref.id}" was not taken over: "${status}" with "${requestStatus}" as shopify fulfillmentOrder.status with .requestStatus have no counterpart (${reason}). Decide what they mean, map them, then replay.`,
    details: { map: 'shopify fulfillmentOrder.status', word: `${status}/${requestStatus}` },
  });
}

function isWord(status: string): status is Word {
  return Object.hasOwn(meanings, status);
}

/** Why goods may not leave. */
export const holdWords = defineStatusMap({
  name: 'shopify fulfillmentHold.reason',
  wire: [
    'AWAITING_PAYMENT',
    'HIGH_RISK_OF_FRAUD',
    'INCORRECT_ADDRESS',
    'INVENTORY_OUT_OF_STOCK',
    'AWAITING_RETURN_ITEMS',
    'UNKNOWN_DELIVERY_DATE',
    'ONLINE_STORE_POST_PURCHASE_CROSS_SELL',
    'OTHER',
  ],
  canonical: holdReasons,
  decode: {
    AWAITING_PAYMENT: 'payment',
    HIGH_RISK_OF_FRAUD: 'fraud',
    INCORRECT_ADDRESS: 'address',
    INVENTORY_OUT_OF_STOCK: 'stock',
    AWAITING_RETURN_ITEMS: 'return',
    UNKNOWN_DELIVERY_DATE: 'delivery-date',
    // Shopify's own, for some minutes, while the buyer is offered more.
    ONLINE_STORE_POST_PURCHASE_CROSS_SELL: 'other',
    OTHER: 'other',
  },
  encode: {
    payment: 'AWAITING_PAYMENT',
    fraud: 'HIGH_RISK_OF_FRAUD',
    address: 'INCORRECT_ADDRESS',
    stock: 'INVENTORY_OUT_OF_STOCK',
    return: 'AWAITING_RETURN_ITEMS',
    'delivery-date': 'UNKNOWN_DELIVERY_DATE',
    other: 'OTHER',
  },
});
