import { idIn } from '../gid.ts';
import { toMinor } from '../money.ts';
import { currentQuantity, sumsOf } from '../order-sums.ts';
import { financialStatus, fulfillmentOrdersOf, isOpen } from '../order-status.ts';
import type { Address, FulfillmentOrderRecord, HoldRecord, Note, OrderRecord } from '../records.ts';
import { refused, touch, type Happening, type Shop } from './shop.ts';
import { putBack, shiftFor } from './stock.ts';

/** What people change on an order in the admin. What is left out stays. */
export interface OrderEdit {
  readonly note?: string | undefined;
  readonly poNumber?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly customAttributes?: readonly Note[] | undefined;
  readonly shippingAddress?: Address | undefined;
  /** New quantities by line id, not above what is ordered now. 0 takes the line off. */
  readonly quantities?: Readonly<Record<string, number>> | undefined;
}

/** Changes an order. Quantities make it edited, everything else only updated. */
export function edit(shop: Shop, order: OrderRecord, change: OrderEdit): void {
  const quantities = Object.entries(change.quantities ?? {});
  for (const [lineId, quantity] of quantities) reduce(shop, order, lineId, quantity);
  if (change.note !== undefined) order.note = change.note;
  if (change.poNumber !== undefined) order.poNumber = change.poNumber;
  if (change.tags !== undefined) order.tags = [...new Set(change.tags)].toSorted();
  if (change.email !== undefined) order.email = change.email;
  if (change.phone !== undefined) order.phone = change.phone;
  if (change.customAttributes !== undefined) order.customAttributes = change.customAttributes;
  if (change.shippingAddress !== undefined) order.shippingAddress = change.shippingAddress;
  if (quantities.length > 0) order.edited = true;
  touch(shop, order);
  shop.tell([
    ...(quantities.length > 0 ? [{ topic: 'orders/edited', order } satisfies Happening] : []),
    { topic: 'orders/updated', order },
  ]);
}

function reduce(shop: Shop, order: OrderRecord, lineId: string, quantity: number): void {
  const line = order.lines.find(({ id }) => id === idIn(lineId, 'LineItem'));
  if (!line)
    throw refused(`Order "${order.name}" was not edited: it has no line "${lineId}". Take an id of its lines.`);
  const now = currentQuantity(line);
  const fewest = line.fulfilled;
  if (!Number.isInteger(quantity) || quantity < fewest || quantity > now) {
    throw refused(
      `Order "${order.name}" was not edited: a quantity of "${quantity}" is not between ${fewest} and ${now}.`,
    );
  }
  let left = now - quantity;
  line.removed += left;
  for (const fulfillmentOrder of fulfillmentOrdersOf(shop.store, order.id).filter(isOpen)) {
    for (const part of fulfillmentOrder.lines.filter((each) => each.lineId === line.id)) {
      const units = Math.min(left, part.remaining);
      part.remaining -= units;
      part.total -= units;
      left -= units;
      shiftFor(shop, order, line.id, fulfillmentOrder.locationId, { available: units, committed: -units });
    }
    if (fulfillmentOrder.lines.every(({ remaining }) => remaining === 0)) fulfillmentOrder.status = 'CLOSED';
    touch(shop, fulfillmentOrder);
  }
  putBack(shop, order, line, left);
}

/** Books a payment that came later. Default what is still owed. */
export function pay(shop: Shop, order: OrderRecord, decimal?: string): void {
  const { store, tell } = shop;
  const amount = decimal === undefined ? sumsOf(order).outstanding : toMinor(decimal, order.currency);
  const authorization = order.transactions.find(({ kind, status }) => kind === 'AUTHORIZATION' && status === 'SUCCESS');
  order.transactions.push({
    id: store.nextId(),
    kind: authorization ? 'CAPTURE' : 'SALE',
    status: 'SUCCESS',
    gateway: order.gateway,
    amount,
    at: store.second(),
    parentId: authorization?.id,
  });
  touch(shop, order);
  tell([
    ...(financialStatus(order) === 'PAID' ? [{ topic: 'orders/paid', order } satisfies Happening] : []),
    { topic: 'orders/updated', order },
  ]);
}

/** Holds a fulfillment order back, with a reason; a handle names the hold. */
export function hold(
  shop: Shop,
  fulfillmentOrder: FulfillmentOrderRecord,
  reason: string,
  handle: string,
  notes: string | undefined,
): void {
  fulfillmentOrder.holds.push({ id: shop.store.nextId(), handle, reason, notes });
  fulfillmentOrder.status = 'ON_HOLD';
  told(shop, fulfillmentOrder, 'fulfillment_orders/placed_on_hold');
}

/** Ends some holds of a fulfillment order; it opens again when none is left. */
export function releaseHolds(
  shop: Shop,
  fulfillmentOrder: FulfillmentOrderRecord,
  isReleased: (hold: HoldRecord) => boolean,
): void {
  const kept = fulfillmentOrder.holds.filter((each) => !isReleased(each));
  fulfillmentOrder.holds.splice(0, fulfillmentOrder.holds.length, ...kept);
  if (kept.length > 0 || fulfillmentOrder.status !== 'ON_HOLD') return;
  const begun = fulfillmentOrder.lines.some(({ remaining, total }) => remaining < total);
  fulfillmentOrder.status = begun ? 'IN_PROGRESS' : 'OPEN';
  told(shop, fulfillmentOrder, 'fulfillment_orders/hold_released');
}

function told(
  shop: Shop,
  fulfillmentOrder: FulfillmentOrderRecord,
  topic: 'fulfillment_orders/placed_on_hold' | 'fulfillment_orders/hold_released',
): void {
  touch(shop, fulfillmentOrder);
  const order = shop.store.orders.get(fulfillmentOrder.orderId);
  if (order) touch(shop, order);
  shop.tell([{ topic, fulfillmentOrder }, ...(order ? [{ topic: 'orders/updated', order } satisfies Happening] : [])]);
}
