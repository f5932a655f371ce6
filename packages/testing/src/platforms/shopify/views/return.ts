import { gid } from '../gid.ts';
import { returnableOf } from '../life/returns.ts';
import { netOf, takenOff } from '../order-sums.ts';
import { page, type PageArgs } from '../paging.ts';
import { lineInPresentment } from '../presented.ts';
import type { OrderRecord, ReturnLineRecord, ReturnRecord, ReverseFulfillmentOrderRecord } from '../records.ts';
import { returnReason, type ReturnReasonDefinition } from '../return-reasons.ts';
import { isoOf } from '../store.ts';
import { fulfillmentLineView } from './fulfillment-line.ts';
import { bag, required, type View, type Views } from './views.ts';

/** Goods that come back. */
export function returnView(views: Views, record: ReturnRecord): View {
  const { store } = views;
  const order = required(store.orders.get(record.orderId), `order ${record.orderId}`);
  const refunds = () => order.refunds.filter(({ returnId }) => returnId === record.id);
  return {
    __typename: 'Return',
    id: gid('Return', record.id),
    name: record.name,
    status: record.statusWord ?? record.status,
    createdAt: isoOf(record.createdAt),
    closedAt: record.closedAt === undefined ? null : isoOf(record.closedAt),
    requestApprovedAt: record.requestApprovedAt === undefined ? null : isoOf(record.requestApprovedAt),
    decline: record.decline ? { reason: record.decline.reason, note: record.decline.note ?? null } : null,
    totalQuantity: record.lines.reduce((total, { quantity }) => total + quantity, 0),
    returnShippingFees: [],
    order: () => views.order(order),
    returnLineItems: (args: PageArgs) =>
      page(
        record.lines.filter(({ quantity }) => quantity > 0),
        args,
        { id: ({ id }) => id, view: (line) => returnLineView(views, order, line) },
      ),
    reverseFulfillmentOrders: (args: PageArgs) =>
      page(record.reverse, args, { id: ({ id }) => id, view: (each) => reverseView(views, each) }),
    refunds: (args: PageArgs) =>
      page(refunds(), args, { id: ({ id }) => id, view: (each) => views.refund(order, each) }),
    transactions: (args: PageArgs) =>
      page(
        order.transactions.filter(({ id }) => refunds().some(({ transactionIds }) => transactionIds.includes(id))),
        args,
        { id: ({ id }) => id, view: (each) => views.transaction(order, each) },
      ),
  };
}

/** One item of a return. */
export function returnLineView(views: Views, order: OrderRecord, line: ReturnLineRecord): View {
  const ordered = required(
    order.lines.find(({ id }) => id === line.lineId),
    `line ${line.lineId}`,
  );
  const theirs = lineInPresentment(order, ordered);
  const definition = returnReason(line.reasonId);
  const open = line.quantity - line.processed;
  return {
    __typename: 'ReturnLineItem',
    id: gid('ReturnLineItem', line.id),
    quantity: line.quantity,
    processableQuantity: open,
    processedQuantity: line.processed,
    unprocessedQuantity: open,
    refundedQuantity: line.refunded,
    refundableQuantity: line.quantity - line.refunded,
    returnReason: definition.reason,
    returnReasonDefinition: reasonView(definition),
    returnReasonNote: line.note,
    customerNote: line.customerNote ?? null,
    restockingFee: null,
    totalWeight: { unit: 'GRAMS', value: ordered.grams * line.quantity },
    withCodeDiscountedTotalPriceSet: bag(
      order,
      netOf(ordered, line.quantity),
      takenOff(theirs) === 0n ? theirs.unitPrice * BigInt(line.quantity) : netOf(theirs, line.quantity),
    ),
    fulfillmentLineItem: () => fulfillmentLineById(views, order, line.fulfillmentLineId),
  };
}

/** What one location takes back. */
export function reverseView(views: Views, record: ReverseFulfillmentOrderRecord): View {
  const order = required(views.store.orders.get(record.orderId), `order ${record.orderId}`);
  return {
    __typename: 'ReverseFulfillmentOrder',
    id: gid('ReverseFulfillmentOrder', record.id),
    status: record.status,
    order: () => views.order(order),
    lineItems: (args: PageArgs) =>
      page(
        record.lines.filter(({ total }) => total > 0),
        args,
        { id: ({ id }) => id, view: (line) => reverseLineView(views, record, line) },
      ),
  };
}

/** One item that a location takes back, and what became of it. */
export function reverseLineView(
  views: Views,
  { orderId }: ReverseFulfillmentOrderRecord,
  line: ReverseFulfillmentOrderRecord['lines'][number],
): View {
  const { store } = views;
  const order = required(store.orders.get(orderId), `order ${orderId}`);
  return {
    __typename: 'ReverseFulfillmentOrderLineItem',
    id: gid('ReverseFulfillmentOrderLineItem', line.id),
    totalQuantity: line.total,
    fulfillmentLineItem: () => fulfillmentLineById(views, order, line.fulfillmentLineId),
    dispositions: line.dispositions.map(({ id, type, quantity, locationId, createdAt }) => {
      const location = locationId === undefined ? undefined : store.locations.get(locationId);
      return {
        __typename: 'ReverseFulfillmentOrderDisposition',
        id: gid('ReverseFulfillmentOrderDisposition', id),
        type,
        quantity,
        createdAt: isoOf(createdAt),
        location: location ? views.location(location) : null,
      };
    }),
  };
}

/** A reason of the shop's library. */
export function reasonView({ id, handle, name }: ReturnReasonDefinition): View {
  return {
    __typename: 'ReturnReasonDefinition',
    id: gid('ReturnReasonDefinition', id),
    handle,
    name,
    deleted: false,
  };
}

/** A parcel of which something can come back. Its id is the parcel's. */
export function returnableViews(views: Views, order: OrderRecord): readonly (View & { readonly number: bigint })[] {
  const all = returnableOf(views.store, order);
  return [...new Set(all.map(({ fulfillment }) => fulfillment))].map((fulfillment) => ({
    __typename: 'ReturnableFulfillment',
    number: fulfillment.id,
    id: gid('ReturnableFulfillment', fulfillment.id),
    fulfillment: () => views.fulfillment(fulfillment),
    returnableFulfillmentLineItems: (args: PageArgs) =>
      page(
        all.filter((each) => each.fulfillment === fulfillment),
        args,
        {
          id: ({ line }) => line.id,
          view: ({ line, quantity }) => ({
            quantity,
            fulfillmentLineItem: () => fulfillmentLineView(views, order, line),
          }),
        },
      ),
  }));
}

function fulfillmentLineById(views: Views, order: OrderRecord, id: bigint): View {
  const parcels = views.store.ofOrder.get(order.id)?.fulfillments ?? [];
  const line = parcels.flatMap(({ lines }) => lines).find((each) => each.id === id);
  return fulfillmentLineView(views, order, required(line, `fulfillment line ${id}`));
}
