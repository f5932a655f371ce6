import type { FulfillmentOrderRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { serviceOf } from './services.ts';

/**
 * Whether a token sees a fulfillment order: that of the merchant, of a service, or of a service of its own app, each by a
 * scope of its own. shopify.dev, fulfillmentOrders, read 2026-11-26.
 */
export function maySee(
  scopes: ReadonlySet<string> | undefined,
  store: Store,
): (record: FulfillmentOrderRecord) => boolean {
  if (!scopes) return () => true;
  const has = (kind: string) =>
    scopes.has(`read_${kind}_fulfillment_orders`) || scopes.has(`write_${kind}_fulfillment_orders`);
  return (record) => {
    const service = serviceOf(store, record);
    if (!service) return has('merchant_managed');
    return has('third_party') || (service.own && has('assigned'));
  };
}
