import { idIn, partsOf } from '../gid.ts';
import type { View, Views } from './views.ts';

/** What a metafield stands on. */
export function ownerView(views: Views, id: string): View | null {
  const { store } = views;
  const type = partsOf(id)?.type ?? '';
  const number = idIn(id, type);
  if (number === undefined) return null;
  switch (type) {
    case 'Product':
      return shown(store.products.get(number), views.product);
    case 'ProductVariant':
      return shown(store.variants.get(number), views.variant);
    case 'Collection':
      return shown(store.collections.get(number), views.collection);
    case 'Customer':
      return shown(store.customers.get(number), views.customer);
    case 'Order':
      return shown(store.orders.get(number), views.order);
    default:
      return null;
  }
}

function shown<T>(record: T | undefined, view: (record: T) => View): View | null {
  return record === undefined ? null : view(record);
}
