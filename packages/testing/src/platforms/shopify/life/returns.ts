import { currentQuantity } from '../order-sums.ts';
import { waitingUnits } from '../order-status.ts';
import type {
  DispositionRecord,
  FulfillmentRecord,
  LineRecord,
  OrderRecord,
  ReturnLineRecord,
  ReturnRecord,
  ReverseFulfillmentOrderRecord,
} from '../records.ts';
import { returnReasons } from '../return-reasons.ts';
import type { Store } from '../store.ts';
import { touch, type Happening, type Shop } from './shop.ts';
import { shiftFor } from './stock.ts';

type FulfillmentLine = FulfillmentRecord['lines'][number];

/** Units of a parcel that can come back. */
export type Returnable = {
  readonly fulfillment: FulfillmentRecord;
  readonly line: FulfillmentLine;
  readonly quantity: number;
};

/** What of an order's parcels can still come back: what the buyer has, and what is on no return yet. */
export function returnableOf(store: Store, order: OrderRecord): readonly Returnable[] {
  const related = store.ofOrder.get(order.id);
  const left = new Map(order.lines.map((line) => [line.id, withBuyer(store, order, line)]));
  const shipped = (related?.fulfillments ?? []).filter(({ status }) => status === 'SUCCESS');
  return shipped.flatMap((fulfillment) =>
    fulfillment.lines.flatMap((line): readonly Returnable[] => {
      const known = left.get(line.lineId) ?? 0;
      const quantity = Math.min(known, line.quantity - onReturns(related?.returns ?? [], line.id));
      left.set(line.lineId, known - quantity);
      return quantity > 0 ? [{ fulfillment, line, quantity }] : [];
    }),
  );
}

/** Units of a line that the buyer has and did not begin to send back. */
function withBuyer(store: Store, order: OrderRecord, line: LineRecord): number {
  const waiting = waitingUnits(store, order.id, line.id);
  const returns = store.ofOrder.get(order.id)?.returns ?? [];
  const lines = returns.filter(isLive).flatMap((each) => each.lines.filter(({ lineId }) => lineId === line.id));
  // What was processed left the order already, the rest of a return has not.
  const coming = lines.reduce((total, { quantity, processed }) => total + quantity - processed, 0);
  return Math.max(0, currentQuantity(line) - waiting - coming);
}

function onReturns(returns: readonly ReturnRecord[], fulfillmentLineId: bigint): number {
  const lines = returns.filter(isLive).flatMap((each) => each.lines);
  return lines
    .filter((each) => each.fulfillmentLineId === fulfillmentLineId)
    .reduce((total, { quantity }) => total + quantity, 0);
}

/** A return that was canceled or declined holds nothing. */
function isLive({ status }: ReturnRecord): boolean {
  return status !== 'CANCELED' && status !== 'DECLINED';
}

/** One line of a return that is to be. */
export type ReturnLineDraft = {
  readonly returnable: Returnable;
  readonly quantity: number;
  readonly reasonId?: bigint | undefined;
  readonly note?: string | undefined;
  readonly customerNote?: string | undefined;
};

/** Opens a return, or notes that a buyer asked for one. Whoever calls has checked the quantities. */
export function openReturn(
  shop: Shop,
  order: OrderRecord,
  lines: readonly ReturnLineDraft[],
  status: 'OPEN' | 'REQUESTED',
): ReturnRecord {
  const { store } = shop;
  const related = store.ofOrder.get(order.id);
  const record: ReturnRecord = {
    id: store.nextId(),
    orderId: order.id,
    name: `${order.name}-R${(related?.returns.length ?? 0) + 1}`,
    status,
    createdAt: store.second(),
    closedAt: undefined,
    requestApprovedAt: undefined,
    decline: undefined,
    lines: lines.map(({ returnable, quantity, reasonId, note, customerNote }): ReturnLineRecord => ({
      id: store.nextId(),
      fulfillmentLineId: returnable.line.id,
      lineId: returnable.line.lineId,
      quantity,
      processed: 0,
      refunded: 0,
      reasonId: reasonId ?? returnReasons[0]?.id ?? 0n,
      note: note ?? '',
      customerNote,
    })),
    reverse: [],
    statusWord: undefined,
  };
  store.returns.set(record.id, record);
  related?.returns.push(record);
  if (status === 'OPEN') awaitGoods(shop, record);
  // An archived order comes out of the archive. shopify.dev, returnCreate, read 2026-11-26.
  order.closedAt = undefined;
  // One that the merchant opens counts as approved: Return.status is OPEN. shopify.dev, webhooks, read 2026-11-26.
  told(shop, order, [{ topic: status === 'OPEN' ? 'returns/approve' : 'returns/request', record }]);
  return record;
}

/** The goods are taken back where they were shipped from: a reverse fulfillment order for each location. */
function awaitGoods({ store }: Shop, record: ReturnRecord): void {
  const parcels = store.ofOrder.get(record.orderId)?.fulfillments ?? [];
  const made = new Map<bigint, ReverseFulfillmentOrderRecord>();
  for (const line of record.lines) {
    const parcel = parcels.find(({ lines }) => lines.some(({ id }) => id === line.fulfillmentLineId));
    if (!parcel) continue;
    const reverse: ReverseFulfillmentOrderRecord = made.get(parcel.locationId) ?? {
      id: store.nextId(),
      returnId: record.id,
      orderId: record.orderId,
      locationId: parcel.locationId,
      status: 'OPEN',
      lines: [],
    };
    made.set(parcel.locationId, reverse);
    reverse.lines.push({
      id: store.nextId(),
      returnLineId: line.id,
      fulfillmentLineId: line.fulfillmentLineId,
      lineId: line.lineId,
      total: line.quantity,
      dispositions: [],
    });
  }
  record.reverse.push(...made.values());
}

/** Says yes to a buyer who asked. */
export function approveReturn(shop: Shop, record: ReturnRecord): void {
  record.status = 'OPEN';
  record.requestApprovedAt = shop.store.second();
  awaitGoods(shop, record);
  changed(shop, record, [{ topic: 'returns/approve', record }]);
}

/** Says no to a buyer who asked: the goods can be asked for again. */
export function declineReturn(shop: Shop, record: ReturnRecord, reason: string, note: string | undefined): void {
  record.status = 'DECLINED';
  record.decline = { reason, note };
  changed(shop, record, [{ topic: 'returns/decline', record }]);
}

/** Whether somebody began to work on it: then it cannot be canceled. */
export function isBegun({ lines, reverse }: ReturnRecord): boolean {
  return (
    lines.some(({ processed, refunded }) => processed > 0 || refunded > 0) ||
    reverse.some((each) => each.lines.some(({ dispositions }) => dispositions.length > 0))
  );
}

/** Ends a return, for good or for now. */
export function setReturnStatus(shop: Shop, record: ReturnRecord, status: 'CANCELED' | 'CLOSED' | 'OPEN'): void {
  record.status = status;
  record.closedAt = status === 'CLOSED' ? shop.store.second() : undefined;
  if (status === 'CANCELED') for (const reverse of record.reverse) reverse.status = 'CANCELED';
  const topic = status === 'CANCELED' ? 'returns/cancel' : status === 'CLOSED' ? 'returns/close' : 'returns/reopen';
  changed(shop, record, [{ topic, record }]);
}

/** Takes units off a return that did not come back; without any unit left it is canceled. */
export function removeFromReturn(
  shop: Shop,
  record: ReturnRecord,
  removals: readonly { readonly line: ReturnLineRecord; readonly quantity: number }[],
): void {
  for (const { line, quantity } of removals) {
    line.quantity -= quantity;
    for (const reverse of record.reverse) {
      const waiting = reverse.lines.find(({ returnLineId }) => returnLineId === line.id);
      if (waiting) waiting.total -= quantity;
    }
  }
  changed(shop, record, [
    {
      topic: 'returns/update',
      record,
      removals: removals.map(({ line, quantity }) => ({ id: line.id, delta: quantity })),
    },
  ]);
  if (record.lines.every(({ quantity }) => quantity === 0)) setReturnStatus(shop, record, 'CANCELED');
}

/** What is to become of units that came back. */
export type DispositionDraft = {
  readonly reverse: ReverseFulfillmentOrderRecord;
  readonly line: ReverseFulfillmentOrderRecord['lines'][number];
} & Pick<DispositionRecord, 'type' | 'quantity' | 'locationId'>;

/** Puts units that came back on a shelf, or notes why not. Whoever calls has checked the quantities, and tells it. */
export function dispose(shop: Shop, order: OrderRecord, drafts: readonly DispositionDraft[]): readonly Happening[] {
  const { store } = shop;
  return drafts.map(({ reverse, line, type, quantity, locationId }): Happening => {
    const disposition: DispositionRecord = {
      id: store.nextId(),
      type,
      quantity,
      locationId,
      createdAt: store.second(),
    };
    line.dispositions.push(disposition);
    if (type === 'RESTOCKED' && locationId !== undefined) {
      shiftFor(shop, order, line.lineId, locationId, { available: quantity });
    }
    if (reverse.lines.every((each) => disposedOf(each) >= each.total)) reverse.status = 'CLOSED';
    return { topic: 'reverse_fulfillment_orders/dispose', reverse, disposition };
  });
}

/** Units of a reverse fulfillment order's line that it is known what became of. */
export function disposedOf({ dispositions }: ReverseFulfillmentOrderRecord['lines'][number]): number {
  return dispositions.reduce((total, { quantity }) => total + quantity, 0);
}

/** Marks a return's order as changed, and tells. */
export function changed(shop: Shop, record: ReturnRecord, happenings: readonly Happening[]): void {
  const order = shop.store.orders.get(record.orderId);
  if (order) told(shop, order, happenings);
}

function told(shop: Shop, order: OrderRecord, happenings: readonly Happening[]): void {
  touch(shop, order);
  shop.tell([...happenings, { topic: 'orders/updated', order }]);
}
