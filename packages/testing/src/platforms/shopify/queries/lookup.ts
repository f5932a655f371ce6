import { invalidId } from '../api-error.ts';
import { bulkView } from '../bulk/view.ts';
import type { Context } from '../graphql/context.ts';
import { idIn, partsOf } from '../gid.ts';
import { maySee } from '../life/fulfillment-access.ts';
import type { OrderRecord } from '../records.ts';
import type { View } from '../views/views.ts';
import { handlingNode } from './handling-nodes.ts';

/** The number in an id of that type. An id of another type, or of number 0, is refused. Recorded on API 2026-04. */
export function numberOf(id: string, type: string): bigint {
  const number = idIn(id, type);
  if (number === undefined) throw invalidId(id);
  return number;
}

/** The record of an id that has to be of that type; null when there is none. */
export function typed(context: Context, id: string, type: string): View | null {
  numberOf(id, type);
  return nodeOf(context, id);
}

/** The record of any global id, as `node` finds it; null when there is none. */
export function nodeOf(context: Context, id: string): View | null {
  const { views, shop } = context;
  const { store } = shop;
  const parts = partsOf(id);
  const number = parts && idIn(id.split('?')[0] ?? '', parts.type);
  if (!parts || number === undefined) {
    if (parts?.type === 'Job') return jobOf(context, id);
    throw invalidId(id);
  }
  switch (parts.type) {
    case 'Order':
      return shown(visibleOrder(context, number), views.order);
    case 'FulfillmentOrder': {
      const record = store.fulfillmentOrders.get(number);
      return record && maySee(context.scopes, store)(record) ? views.fulfillmentOrder(record) : null;
    }
    case 'Fulfillment':
      return shown(store.fulfillments.get(number), views.fulfillment);
    case 'Location':
      return shown(store.locations.get(number), views.location);
    case 'Product':
      return shown(store.products.get(number), views.product);
    case 'ProductVariant':
      return shown(store.variants.get(number), views.variant);
    case 'Collection':
      return shown(store.collections.get(number), views.collection);
    case 'BulkOperation': {
      const bulk = store.bulkOperations.get(number);
      return bulk ? bulkView(bulk, context) : null;
    }
    case 'ProductSetOperation':
      return shown(store.productOperations.get(number), views.productOperation);
    case 'InventoryItem':
      return shown(store.byItem.get(number), views.item);
    case 'InventoryLevel':
      return shown(
        [...store.levels.values()].find((level) => level.id === number),
        views.level,
      );
    case 'Customer':
      return shown(store.customers.get(number), views.customer);
    case 'WebhookSubscription':
      return shown(store.subscriptions.get(number), views.subscription);
    default:
      return handlingNode(context, parts.type, number) ?? null;
  }
}

// Orders older than that are not shown without the scope read_all_orders. shopify.dev, Order, read 2026-11-23.
const visibleMs = 60 * 24 * 60 * 60 * 1000;

/** Whether the token may see an order of that age. */
export function isVisible({ scopes, shop }: Context, order: OrderRecord): boolean {
  return !scopes || scopes.has('read_all_orders') || shop.store.clock.now() - order.createdAt <= visibleMs;
}

/** An order that the token may see. */
export function visibleOrder(context: Context, number: bigint): OrderRecord | undefined {
  const order = context.shop.store.orders.get(number);
  return order && isVisible(context, order) ? order : undefined;
}

/** A job by its id: done or not. */
export function jobOf({ shop }: Context, id: string): View | null {
  const job = shop.store.jobs.get(partsOf(id)?.id ?? '');
  return job ? { __typename: 'Job', id, done: job.done, query: {} } : null;
}

function shown<T>(record: T | undefined, view: (record: T) => View): View | null {
  return record === undefined ? null : view(record);
}
