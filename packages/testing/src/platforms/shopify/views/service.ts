import { gid } from '../gid.ts';
import type { FulfillmentServiceRecord } from '../records.ts';
import { required, type View, type Views } from './views.ts';

/** Somebody who ships for the shop. */
export function serviceView(views: Views, record: FulfillmentServiceRecord): View {
  return {
    __typename: 'FulfillmentService',
    id: gid('FulfillmentService', record.id),
    handle: record.handle,
    serviceName: record.name,
    callbackUrl: record.callbackUrl ?? null,
    inventoryManagement: record.inventoryManagement,
    trackingSupport: record.trackingSupport,
    requiresShippingMethod: record.requiresShippingMethod,
    type: 'THIRD_PARTY',
    location: () =>
      views.location(required(views.store.locations.get(record.locationId), `location ${record.locationId}`)),
  };
}
