import type { Context } from '../graphql/context.ts';
import { addService } from '../life/services.ts';
import { isOpen } from '../order-status.ts';
import { numberOf } from '../queries/lookup.ts';
import { unsupported } from '../unsupported.ts';
import { serviceView } from '../views/service.ts';
import type { View } from '../views/views.ts';
import { userError } from './user-error.ts';

// The words of the refusals of this file are ours: none is recorded.

type Input = {
  readonly name?: string | null;
  readonly callbackUrl?: string | null;
  readonly inventoryManagement?: boolean | null;
  readonly trackingSupport?: boolean | null;
  readonly requiresShippingMethod?: boolean | null;
};

/** Makes a service of the app, with a location named after it. */
export function fulfillmentServiceCreate(args: Input, { shop, views }: Context): View {
  const name = args.name ?? '';
  if (name.trim() === '') return { fulfillmentService: null, userErrors: [userError(['name'], "Name can't be blank")] };
  const places = [...shop.store.locations.values()];
  if (places.some((location) => location.name.toLowerCase() === name.toLowerCase())) {
    return { fulfillmentService: null, userErrors: [userError(['name'], 'Name has already been taken')] };
  }
  const record = addService(shop, {
    name,
    callbackUrl: args.callbackUrl ?? undefined,
    own: true,
    inventoryManagement: args.inventoryManagement ?? false,
    trackingSupport: args.trackingSupport ?? false,
    requiresShippingMethod: args.requiresShippingMethod ?? true,
  });
  return { fulfillmentService: serviceView(views, record), userErrors: [] };
}

/** Changes a service of the app. */
export function fulfillmentServiceUpdate(args: Input & { readonly id: string }, { shop, views }: Context): View {
  const record = shop.store.services.get(numberOf(args.id, 'FulfillmentService'));
  if (!record?.own) {
    return { fulfillmentService: null, userErrors: [userError(['id'], 'Fulfillment service could not be found.')] };
  }
  if (args.name != null) record.name = args.name;
  if (args.callbackUrl !== undefined) record.callbackUrl = args.callbackUrl ?? undefined;
  if (args.inventoryManagement != null) record.inventoryManagement = args.inventoryManagement;
  if (args.trackingSupport != null) record.trackingSupport = args.trackingSupport;
  if (args.requiresShippingMethod != null) record.requiresShippingMethod = args.requiresShippingMethod;
  return { fulfillmentService: serviceView(views, record), userErrors: [] };
}

/** Ends a service of the app that has nothing left to ship. */
export function fulfillmentServiceDelete(
  args: {
    readonly id: string;
    readonly destinationLocationId?: string | null;
    readonly inventoryAction?: string | null;
  },
  { shop }: Context,
): View {
  const { store } = shop;
  const record = store.services.get(numberOf(args.id, 'FulfillmentService'));
  if (!record?.own) {
    return { deletedId: null, userErrors: [userError(['id'], 'Fulfillment service could not be found.')] };
  }
  const levels = [...store.levels.values()].filter(({ locationId }) => locationId === record.locationId);
  if (levels.length > 0) throw unsupported('the stock of a fulfillment service that is deleted');
  const waiting = [...store.fulfillmentOrders.values()].some(
    (each) => each.locationId === record.locationId && isOpen(each),
  );
  if (waiting) {
    return { deletedId: null, userErrors: [userError(['id'], 'Fulfillment service has unfulfilled orders.')] };
  }
  store.services.delete(record.id);
  const location = store.locations.get(record.locationId);
  if (location) location.active = false;
  return { deletedId: args.id, userErrors: [] };
}
