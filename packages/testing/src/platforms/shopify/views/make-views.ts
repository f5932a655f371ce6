import type { Store } from '../store.ts';
import { itemView, levelView, locationView } from './catalogue.ts';
import { collectionView } from './collection.ts';
import { customerView } from './customer.ts';
import { fulfillmentOrderView } from './fulfillment-order.ts';
import { fulfillmentView } from './fulfillment.ts';
import { lineView } from './line.ts';
import { orderView } from './order.ts';
import { productView, variantView } from './product.ts';
import { productOperationView } from './product-operation.ts';
import { refundView, transactionView } from './refund.ts';
import { returnView } from './return.ts';
import { subscriptionView } from './shop.ts';
import { ownerView } from './owner.ts';
import type { Views } from './views.ts';

/** Makes the views of one store at one version of the API. */
export function makeViews(store: Store, version: string): Views {
  const views: Views = {
    store,
    version,
    order: (record) => orderView(views, record),
    line: (order, record) => lineView(views, order, record),
    transaction: (order, record) => transactionView(views, order, record),
    refund: (order, record) => refundView(views, order, record),
    return: (record) => returnView(views, record),
    customer: (record) => customerView(views, record),
    fulfillmentOrder: (record) => fulfillmentOrderView(views, record),
    fulfillment: (record) => fulfillmentView(views, record),
    location: (record) => locationView(views, record),
    product: (record) => productView(views, record),
    variant: (record) => variantView(views, record),
    collection: (record) => collectionView(views, record),
    productOperation: (record) => productOperationView(views, record),
    owner: (id) => ownerView(views, id),
    item: (record) => itemView(views, record),
    level: (record) => levelView(views, record),
    subscription: (record) => subscriptionView(record, version),
  };
  return views;
}
