import { invalidId } from '../api-error.ts';
import { gid, idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { cancelFulfillment } from '../life/fulfill.ts';
import { addEvent } from '../life/fulfillment-events.ts';
import { touch } from '../life/shop.ts';
import type { FulfillmentRecord, OrderRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import type { View } from '../views/views.ts';
import { trackingOf, type TrackingInput } from './fulfillment-create.ts';
import { userError } from './user-error.ts';

const notFound = 'Fulfillment does not exist.';

/** Replaces a parcel's tracking: the last write wins. Costs 50 points. */
export function fulfillmentTrackingInfoUpdate(
  args: {
    readonly fulfillmentId: string;
    readonly trackingInfoInput: TrackingInput;
    readonly notifyCustomer?: boolean | null;
  },
  { shop, views }: Context,
): View {
  const found = find(shop.store, args.fulfillmentId);
  if (!found) return { fulfillment: null, userErrors: [userError(['fulfillmentId'], notFound)] };
  const { fulfillment, order } = found;
  if (fulfillment.status === 'CANCELLED') {
    // The words are ours: no such refusal is recorded.
    return { fulfillment: null, userErrors: [userError(['fulfillmentId'], 'Fulfillment is cancelled.')] };
  }
  fulfillment.tracking = trackingOf(args.trackingInfoInput);
  fulfillment.notifiedCustomer = args.notifyCustomer ?? fulfillment.notifiedCustomer;
  touch(shop, fulfillment, order);
  shop.tell([
    { topic: 'fulfillments/update', fulfillment },
    { topic: 'orders/updated', order },
  ]);
  return { fulfillment: views.fulfillment(fulfillment), userErrors: [] };
}

type EventInput = {
  readonly fulfillmentId: string;
  readonly status: string;
  readonly happenedAt?: string | null;
  readonly estimatedDeliveryAt?: string | null;
} & { readonly [K in 'message' | 'city' | 'country' | 'province' | 'zip' | 'address1']?: string | null } & {
  readonly [K in 'latitude' | 'longitude']?: number | null;
};

/** Notes what happened to a parcel. Nothing guards it: a repeat is a second event. */
export function fulfillmentEventCreate(
  { fulfillmentEvent: input }: { readonly fulfillmentEvent: EventInput },
  { shop }: Context,
): View {
  const found = find(shop.store, input.fulfillmentId);
  if (!found)
    return { fulfillmentEvent: null, userErrors: [userError(['fulfillmentEvent', 'fulfillmentId'], notFound)] };
  const now = shop.store.second();
  const event = addEvent(shop, found.fulfillment, {
    status: input.status,
    happenedAt: input.happenedAt ? Date.parse(input.happenedAt) : now,
    estimatedDeliveryAt: input.estimatedDeliveryAt ? Date.parse(input.estimatedDeliveryAt) : undefined,
    message: input.message ?? undefined,
    city: input.city ?? undefined,
    country: input.country ?? undefined,
    province: input.province ?? undefined,
    zip: input.zip ?? undefined,
    address1: input.address1 ?? undefined,
    latitude: input.latitude ?? undefined,
    longitude: input.longitude ?? undefined,
  });
  return {
    fulfillmentEvent: {
      ...event,
      id: gid('FulfillmentEvent', event.id),
      happenedAt: isoOf(event.happenedAt),
      createdAt: isoOf(event.createdAt),
      estimatedDeliveryAt: event.estimatedDeliveryAt === undefined ? null : isoOf(event.estimatedDeliveryAt),
    },
    userErrors: [],
  };
}

/** Takes a parcel back; a repeat is a silent success. */
export function fulfillmentCancel({ id }: { readonly id: string }, { shop, views }: Context): View {
  const found = find(shop.store, id);
  if (!found) return { fulfillment: null, userErrors: [userError(['id'], notFound)] };
  cancelFulfillment(shop, found.order, found.fulfillment);
  return { fulfillment: views.fulfillment(found.fulfillment), userErrors: [] };
}

type Store = Context['shop']['store'];

function find(
  store: Store,
  id: string,
): { readonly fulfillment: FulfillmentRecord; readonly order: OrderRecord } | undefined {
  const number = idIn(id, 'Fulfillment');
  if (number === undefined) throw invalidId(id);
  const fulfillment = store.fulfillments.get(number);
  const order = fulfillment && store.orders.get(fulfillment.orderId);
  return fulfillment && order ? { fulfillment, order } : undefined;
}
