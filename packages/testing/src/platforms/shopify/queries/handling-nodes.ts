import type { Context } from '../graphql/context.ts';
import type { OrderRecord } from '../records.ts';
import { returnReasons } from '../return-reasons.ts';
import { reasonView, returnableViews, returnLineView, reverseLineView, reverseView } from '../views/return.ts';
import { serviceView } from '../views/service.ts';
import type { View } from '../views/views.ts';

/** What hangs on orders and has an id of its own; undefined for a type that is none of it. */
export function handlingNode({ shop, views }: Context, type: string, number: bigint): View | null | undefined {
  const { store } = shop;
  const orders = [...store.orders.values()];
  const returns = [...store.returns.values()];
  const reverse = returns.flatMap((record) => record.reverse);
  const inOrder = <T>(
    rows: (order: OrderRecord) => readonly (T & { readonly id: bigint })[],
    view: (order: OrderRecord, row: T & { readonly id: bigint }) => View,
  ): View | null => {
    for (const order of orders) {
      const row = rows(order).find(({ id }) => id === number);
      if (row) return view(order, row);
    }
    return null;
  };
  switch (type) {
    case 'LineItem':
      return inOrder(({ lines }) => lines, views.line);
    case 'OrderTransaction':
      return inOrder(({ transactions }) => transactions, views.transaction);
    case 'Refund':
      return inOrder(({ refunds }) => refunds, views.refund);
    case 'Return': {
      const record = store.returns.get(number);
      return record ? views.return(record) : null;
    }
    case 'ReturnLineItem': {
      const record = returns.find(({ lines }) => lines.some(({ id }) => id === number));
      const line = record?.lines.find(({ id }) => id === number);
      const order = record && store.orders.get(record.orderId);
      return line && order ? returnLineView(views, order, line) : null;
    }
    case 'ReturnableFulfillment': {
      const parcel = store.fulfillments.get(number);
      const order = parcel && store.orders.get(parcel.orderId);
      return (order && returnableViews(views, order).find((each) => each.number === number)) ?? null;
    }
    case 'ReverseFulfillmentOrder': {
      const record = reverse.find(({ id }) => id === number);
      return record ? reverseView(views, record) : null;
    }
    case 'ReverseFulfillmentOrderLineItem': {
      const record = reverse.find(({ lines }) => lines.some(({ id }) => id === number));
      const line = record?.lines.find(({ id }) => id === number);
      return record && line ? reverseLineView(views, record, line) : null;
    }
    case 'ReturnReasonDefinition': {
      const reason = returnReasons.find(({ id }) => id === number);
      return reason ? reasonView(reason) : null;
    }
    case 'FulfillmentService': {
      const service = store.services.get(number);
      return service ? serviceView(views, service) : null;
    }
    default:
      return undefined;
  }
}
