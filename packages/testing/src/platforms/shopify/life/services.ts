import type {
  FulfillmentOrderRecord,
  FulfillmentServiceRecord,
  LocationRecord,
  MerchantRequestRecord,
} from '../records.ts';
import type { Store } from '../store.ts';
import { restOf, splitOff, tell, type Units } from './fulfillment-orders.ts';
import type { Shop } from './shop.ts';
import { addLocation } from './stock.ts';

/** The service whose location a fulfillment order is at; undefined where the merchant ships himself. */
export function serviceOf(
  store: Store,
  { locationId }: Pick<FulfillmentOrderRecord, 'locationId'>,
): FulfillmentServiceRecord | undefined {
  return [...store.services.values()].find((service) => service.locationId === locationId);
}

/** Makes a service and the location that belongs to it, named after it and with the shop's address. */
export function addService(
  { store }: Shop,
  draft: Pick<FulfillmentServiceRecord, 'name' | 'callbackUrl' | 'own'> &
    Partial<Pick<FulfillmentServiceRecord, 'inventoryManagement' | 'trackingSupport' | 'requiresShippingMethod'>>,
): FulfillmentServiceRecord {
  const first: LocationRecord | undefined = store.locations.values().next().value;
  const location = addLocation(store, draft.name, first?.address ?? { countryCode: 'US' });
  const record: FulfillmentServiceRecord = {
    id: store.nextId(),
    locationId: location.id,
    name: draft.name,
    handle: draft.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    callbackUrl: draft.callbackUrl,
    inventoryManagement: draft.inventoryManagement ?? false,
    trackingSupport: draft.trackingSupport ?? false,
    requiresShippingMethod: draft.requiresShippingMethod ?? true,
    own: draft.own,
  };
  store.services.set(record.id, record);
  return record;
}

/** Asks a service to ship; what is not asked for is split off. Answers the split-off rest. */
export function submitRequest(
  shop: Shop,
  record: FulfillmentOrderRecord,
  units: Units,
  more: { readonly message?: string | undefined; readonly notifyCustomer?: boolean | undefined },
): FulfillmentOrderRecord | undefined {
  const rest = restOf(record, units);
  const unsubmitted = rest.length > 0 ? splitOff(shop, record, rest) : undefined;
  record.requestStatus = 'SUBMITTED';
  record.status = 'OPEN';
  record.warnings = {};
  const request = requested(shop, record, 'FULFILLMENT_REQUEST', more.message, {
    notify_customer: more.notifyCustomer ?? false,
  });
  tell(shop, record, [
    {
      topic: 'fulfillment_orders/fulfillment_request_submitted',
      fulfillmentOrder: record,
      original: record,
      request,
    },
  ]);
  return unsubmitted;
}

/** The service says whether it ships. */
export function answerRequest(
  shop: Shop,
  record: FulfillmentOrderRecord,
  answer: {
    readonly accepted: boolean;
    readonly message?: string | undefined;
    readonly reason?: string | undefined;
    readonly lines?: Readonly<Record<string, string>> | undefined;
  },
): void {
  const { accepted, message, reason } = answer;
  record.requestStatus = accepted ? 'ACCEPTED' : 'REJECTED';
  record.status = accepted ? 'IN_PROGRESS' : 'OPEN';
  record.warnings = answer.lines ?? {};
  respond(record, { message: message ?? null, ...(reason === undefined ? {} : { reason }) });
  tell(shop, record, [
    {
      topic: accepted
        ? 'fulfillment_orders/fulfillment_request_accepted'
        : 'fulfillment_orders/fulfillment_request_rejected',
      fulfillmentOrder: record,
      message,
    },
  ]);
}

/** Asks a service that said yes to stop. */
export function submitCancellation(shop: Shop, record: FulfillmentOrderRecord, message: string | undefined): void {
  record.requestStatus = 'CANCELLATION_REQUESTED';
  const request = requested(shop, record, 'CANCELLATION_REQUEST', message, {});
  tell(shop, record, [
    { topic: 'fulfillment_orders/cancellation_request_submitted', fulfillmentOrder: record, request },
  ]);
}

/**
 * The service says whether it stops. When it does, the fulfillment order is cancelled, and its merchant can ask again or
 * ship what is left himself. shopify.dev, cancellation requests, read 2026-11-26.
 */
export function answerCancellation(
  shop: Shop,
  record: FulfillmentOrderRecord,
  accepted: boolean,
  message: string | undefined,
): void {
  record.requestStatus = accepted ? 'CANCELLATION_ACCEPTED' : 'CANCELLATION_REJECTED';
  if (accepted) record.status = 'CANCELLED';
  respond(record, { message: message ?? null });
  tell(shop, record, [
    {
      topic: accepted
        ? 'fulfillment_orders/cancellation_request_accepted'
        : 'fulfillment_orders/cancellation_request_rejected',
      fulfillmentOrder: record,
      message,
    },
  ]);
}

/** The service gives back what it cannot ship. */
export function closeRequest(shop: Shop, record: FulfillmentOrderRecord, message: string | undefined): void {
  record.status = 'INCOMPLETE';
  record.requestStatus = 'CLOSED';
  respond(record, { message: message ?? null });
  tell(shop, record, [
    { topic: 'fulfillment_orders/fulfillment_service_failed_to_complete', fulfillmentOrder: record, message },
  ]);
}

function requested(
  { store }: Shop,
  record: FulfillmentOrderRecord,
  kind: MerchantRequestRecord['kind'],
  message: string | undefined,
  options: MerchantRequestRecord['options'],
): MerchantRequestRecord {
  const request: MerchantRequestRecord = {
    id: store.nextId(),
    kind,
    message,
    options,
    response: undefined,
    sentAt: store.second(),
  };
  record.requests.push(request);
  return request;
}

function respond({ requests }: FulfillmentOrderRecord, response: Readonly<Record<string, unknown>>): void {
  const last = requests.at(-1);
  if (last) last.response = response;
}
