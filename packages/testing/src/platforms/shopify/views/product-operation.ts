import { gid } from '../gid.ts';
import type { ProductOperationRecord } from '../records.ts';
import type { View, Views } from './views.ts';

/** A `productSet` that is done later. */
export function productOperationView(views: Views, record: ProductOperationRecord): View {
  const { store } = views;
  return {
    __typename: 'ProductSetOperation',
    id: gid('ProductSetOperation', record.id),
    status: record.status,
    userErrors: record.userErrors,
    product: () => {
      const product = record.productId === undefined ? undefined : store.products.get(record.productId);
      return product ? views.product(product) : null;
    },
  };
}
