import { gid, idIn } from './gid.ts';
import { cancelFulfillment } from './life/fulfill.ts';
import { addEvent } from './life/fulfillment-events.ts';
import { allOf, tell } from './life/fulfillment-orders.ts';
import { hold, releaseHolds } from './life/holds.ts';
import { capture, capturableTheirs, failPayment, release } from './life/payments.ts';
import { processReturn } from './life/process-return.ts';
import {
  approveReturn,
  declineReturn,
  disposedOf,
  openReturn,
  returnableOf,
  setReturnStatus,
  type DispositionDraft,
} from './life/returns.ts';
import {
  addService,
  answerCancellation,
  answerRequest,
  serviceOf,
  submitCancellation,
  submitRequest,
} from './life/services.ts';
import { orderOf, refused, touch, type Shop } from './life/shop.ts';
import { toMinor } from './money.ts';
import { capturableOf } from './order-sums.ts';
import { fulfillmentOrdersOf, isOpen } from './order-status.ts';
import { buyersCurrency } from './presented.ts';
import type {
  FulfillmentOrderRecord,
  FulfillmentRecord,
  OrderRecord,
  ReturnRecord,
  TransactionRecord,
} from './records.ts';
import { returnReasons } from './return-reasons.ts';
import { shownFulfillment, shownFulfillmentOrder } from './shown.ts';
import { shownRefund, shownReturn, shownTransaction } from './shown-handling.ts';
import type { HandlingState, ReturnInput } from './state-handling.ts';
import { required } from './views/views.ts';

/** Makes the part of the state door that handles money, returns and what warehouses are asked. */
export function handlingState(shop: Shop): HandlingState {
  const { store } = shop;
  const recordOf = (returnId: string): { readonly record: ReturnRecord; readonly order: OrderRecord } => {
    const id = idIn(returnId, 'Return');
    const record = id === undefined ? undefined : store.returns.get(id);
    const order = record && store.orders.get(record.orderId);
    if (record && order) return { record, order };
    throw refused(`Nothing was done to return "${returnId}": the shop has no such return. Take an id of openReturn.`);
  };
  const changed = (returnId: string, from: readonly string[], work: (record: ReturnRecord) => void) => {
    const { record, order } = recordOf(returnId);
    if (!from.includes(record.status)) {
      throw refused(`Return "${record.name}" was not changed: it is ${record.status}, not ${from.join(' or ')}.`);
    }
    work(record);
    return shownReturn(order, record);
  };
  const parcelOf = (fulfillmentOrderId: string): FulfillmentOrderRecord => {
    const id = idIn(fulfillmentOrderId, 'FulfillmentOrder');
    const record = id === undefined ? undefined : store.fulfillmentOrders.get(id);
    if (record) return record;
    throw refused(`Nothing was done to "${fulfillmentOrderId}": the shop has no such fulfillment order.`);
  };
  const shipmentOf = (fulfillmentId: string): FulfillmentRecord => {
    const id = idIn(fulfillmentId, 'Fulfillment');
    const record = id === undefined ? undefined : store.fulfillments.get(id);
    if (record) return record;
    throw refused(`Nothing was done to "${fulfillmentId}": the shop has no such parcel. Take an id of shipOrder.`);
  };
  const inRequest = (fulfillmentOrderId: string, statuses: readonly string[]) => {
    const record = parcelOf(fulfillmentOrderId);
    if (!isOpen(record)) {
      throw refused(
        `Nothing was asked or answered for "${fulfillmentOrderId}": it is ${record.status}, and nothing of it is left to ship.`,
      );
    }
    if (serviceOf(store, record) && statuses.includes(record.requestStatus)) return record;
    throw refused(
      `Nothing was asked or answered for "${fulfillmentOrderId}": its request is ${record.requestStatus}, not ` +
        `${statuses.join(' or ')}, or it is not at the location of a fulfillment service.`,
    );
  };

  return {
    transactionsOf: (orderId) => {
      const order = orderOf(shop, orderId);
      return order.transactions.map((each) => shownTransaction(order, each));
    },
    captureOrder(orderId, amount) {
      const order = orderOf(shop, orderId);
      const authorization = authorizationOf(order);
      const theirs =
        amount === undefined ? capturableTheirs(order, authorization) : toMinor(amount, buyersCurrency(order));
      return shownTransaction(order, capture(shop, order, authorization, theirs, false));
    },
    voidOrder(orderId) {
      const order = orderOf(shop, orderId);
      release(shop, order, authorizationOf(order));
    },
    failPayment: (orderId, errorCode) => failPayment(shop, orderOf(shop, orderId), errorCode ?? 'CARD_DECLINED'),
    refundsOf: (orderId) => {
      const order = orderOf(shop, orderId);
      return order.refunds.map((each) => shownRefund(order, each));
    },
    assessOrder(orderId, risk) {
      const order = orderOf(shop, orderId);
      order.risk = risk;
      touch(shop, order);
      shop.tell([
        { topic: 'orders/risk_assessment_changed', order },
        { topic: 'orders/updated', order },
      ]);
    },

    openReturn(orderId, what = {}) {
      const order = orderOf(shop, orderId);
      return shownReturn(
        order,
        openReturn(shop, order, draftsOf(shop, order, what), what.requested ? 'REQUESTED' : 'OPEN'),
      );
    },
    approveReturn: (returnId) => changed(returnId, ['REQUESTED'], (record) => approveReturn(shop, record)),
    declineReturn: (returnId, reason, note) =>
      changed(returnId, ['REQUESTED'], (record) => declineReturn(shop, record, reason ?? 'OTHER', note)),
    processReturn: (returnId, what = {}) =>
      changed(returnId, ['OPEN'], (record) => {
        const { order } = recordOf(returnId);
        const lines = record.lines.flatMap((line) => {
          const sku = order.lines.find(({ id }) => id === line.lineId)?.sku;
          const open = line.quantity - line.processed;
          const quantity = what.lines ? (what.lines.find((each) => each.sku === sku)?.quantity ?? 0) : open;
          if (quantity > open)
            throw refused(`Return "${record.name}" was not processed: ${quantity} are more than ${open}.`);
          return quantity > 0 ? [{ line, quantity }] : [];
        });
        const dispositions = record.reverse.flatMap((reverse) =>
          reverse.lines.flatMap((line): readonly DispositionDraft[] => {
            const wanted = lines.find((each) => each.line.id === line.returnLineId)?.quantity ?? 0;
            const quantity = Math.min(wanted, line.total - disposedOf(line));
            const place = what.locationId === undefined ? reverse.locationId : idIn(what.locationId, 'Location');
            const type = what.restock === false ? 'NOT_RESTOCKED' : 'RESTOCKED';
            return quantity > 0 ? [{ reverse, line, type, quantity, locationId: place }] : [];
          }),
        );
        processReturn(shop, order, record, { lines, dispositions, shipping: 0n, payments: [] });
      }),
    closeReturn: (returnId) => changed(returnId, ['OPEN'], (record) => setReturnStatus(shop, record, 'CLOSED')),
    cancelReturn: (returnId) =>
      changed(returnId, ['OPEN', 'REQUESTED'], (record) => setReturnStatus(shop, record, 'CANCELED')),
    reopenReturn: (returnId) => changed(returnId, ['CLOSED'], (record) => setReturnStatus(shop, record, 'OPEN')),
    useReturnWord(returnId, word) {
      const { record, order } = recordOf(returnId);
      record.statusWord = word;
      touch(shop, order);
    },
    return(returnId) {
      const { record, order } = recordOf(returnId);
      return shownReturn(order, record);
    },
    returnsOf: (orderId) => {
      const order = orderOf(shop, orderId);
      return (store.ofOrder.get(order.id)?.returns ?? []).map((each) => shownReturn(order, each));
    },

    addFulfillmentService({ name, callbackUrl, own }) {
      const { id, locationId } = addService(shop, { name, callbackUrl, own: own ?? true });
      return { id: gid('FulfillmentService', id), locationId: gid('Location', locationId) };
    },
    requestFulfillment(fulfillmentOrderId, more = {}) {
      const record = inRequest(fulfillmentOrderId, ['UNSUBMITTED', 'REJECTED', 'CANCELLATION_ACCEPTED', 'CLOSED']);
      submitRequest(shop, record, allOf(record), more);
    },
    answerFulfillmentRequest(fulfillmentOrderId, accepted, message) {
      answerRequest(shop, inRequest(fulfillmentOrderId, ['SUBMITTED']), { accepted, message });
    },
    requestCancellation(fulfillmentOrderId, message) {
      submitCancellation(shop, inRequest(fulfillmentOrderId, ['ACCEPTED', 'CANCELLATION_REJECTED']), message);
    },
    answerCancellation(fulfillmentOrderId, accepted, message) {
      answerCancellation(shop, inRequest(fulfillmentOrderId, ['CANCELLATION_REQUESTED']), accepted, message);
    },
    holdFulfillmentOrder(fulfillmentOrderId, { reason, handle, notes, app }) {
      const draft = { reason, handle: handle ?? '', notes, app, externalId: undefined };
      return gid('FulfillmentHold', hold(shop, parcelOf(fulfillmentOrderId), draft).id);
    },
    releaseFulfillmentOrder(fulfillmentOrderId, holdId) {
      const wanted = holdId === undefined ? undefined : idIn(holdId, 'FulfillmentHold');
      releaseHolds(shop, parcelOf(fulfillmentOrderId), ({ id }) => holdId === undefined || id === wanted);
    },
    fulfillmentOrder: (fulfillmentOrderId) => shownFulfillmentOrder(store, parcelOf(fulfillmentOrderId)),
    touchFulfillmentOrder: (fulfillmentOrderId) => touch(shop, parcelOf(fulfillmentOrderId)),
    useFulfillmentWords(fulfillmentOrderId, words) {
      const record = parcelOf(fulfillmentOrderId);
      record.words = { ...record.words, ...words };
      touch(shop, record);
    },
    fulfillment: (fulfillmentId) => shownFulfillment(store, shipmentOf(fulfillmentId)),
    cancelFulfillment(fulfillmentId) {
      const record = shipmentOf(fulfillmentId);
      cancelFulfillment(shop, required(store.orders.get(record.orderId), 'the order of a parcel'), record);
    },
    reportEvent(fulfillmentId, { status, happenedAt, message }) {
      const at = happenedAt === undefined ? store.second() : Date.parse(happenedAt);
      addEvent(shop, shipmentOf(fulfillmentId), { status, happenedAt: at, message });
    },
    useShipmentWord(fulfillmentId, displayStatus) {
      const record = shipmentOf(fulfillmentId);
      record.displayWord = displayStatus;
      touch(shop, record, required(store.orders.get(record.orderId), 'the order of a parcel'));
    },
    scheduleOrder(orderId, fulfillAt) {
      const order = orderOf(shop, orderId);
      for (const record of fulfillmentOrdersOf(store, order.id).filter(isOpen)) {
        record.fulfillAt = Date.parse(fulfillAt);
        record.status = 'SCHEDULED';
        tell(shop, record, []);
      }
    },
  };
}

function authorizationOf(order: OrderRecord): TransactionRecord {
  const found = order.transactions.find((each) => capturableOf(order, each) > 0n);
  if (found) return found;
  throw refused(`Nothing of order "${order.name}" was captured or let go: nothing of it is authorized.`);
}

function draftsOf({ store }: Shop, order: OrderRecord, what: ReturnInput) {
  const left = returnableOf(store, order);
  if (!what.lines) return left.map((returnable) => ({ returnable, quantity: returnable.quantity }));
  return what.lines.flatMap(({ sku, quantity, reason, note, customerNote }) => {
    const reasonId = returnReasons.find(({ handle }) => handle === (reason ?? 'unknown'))?.id;
    let open = quantity;
    const drafts = left.flatMap((returnable) => {
      if (order.lines.find(({ id }) => id === returnable.line.lineId)?.sku !== sku) return [];
      const part = Math.min(open, returnable.quantity);
      open -= part;
      return part > 0 ? [{ returnable, quantity: part, reasonId, note, customerNote }] : [];
    });
    if (open > 0)
      throw refused(`Nothing of order "${order.name}" came back: ${quantity} of SKU "${sku}" are too many.`);
    return drafts;
  });
}
