import { idIn } from '../gid.ts';
import { sum, toMinor } from '../money.ts';
import { currentQuantity, netOf, sumsOf, taxOn } from '../order-sums.ts';
import { fulfillmentOrdersOf, isOpen, refundableUnits } from '../order-status.ts';
import { inPresentment, presentedOf } from '../presented.ts';
import type { FulfillmentRecord, LineRecord, OrderRecord, RefundLineRecord } from '../records.ts';
import type { HandShipment } from '../state.ts';
import { fulfill, type Packed } from './fulfill.ts';
import { move } from './fulfillment-orders.ts';
import { refund, refundTold, shippingTaxOn } from './refund.ts';
import { dutiesBack, refundable } from './refundable.ts';
import { refused, type Shop } from './shop.ts';

/** Ships in the admin. */
export function shipByHand(shop: Shop, order: OrderRecord, shipment: HandShipment): FulfillmentRecord {
  const packed: Packed[] = [];
  const left = new Map<string | undefined, number>();
  for (const { sku, quantity } of shipment.lines ?? []) left.set(sku, (left.get(sku) ?? 0) + quantity);
  let place: bigint | undefined;
  for (const fulfillmentOrder of fulfillmentOrdersOf(shop.store, order.id).filter(isOpen)) {
    if (place !== undefined && fulfillmentOrder.locationId !== place) continue;
    for (const line of fulfillmentOrder.lines) {
      const sku = order.lines.find(({ id }) => id === line.lineId)?.sku;
      const wanted = shipment.lines ? (left.get(sku) ?? 0) : line.remaining;
      const quantity = Math.min(wanted, line.remaining);
      left.set(sku, wanted - quantity);
      if (quantity > 0) packed.push({ fulfillmentOrder, line, quantity });
    }
    if (packed.length > 0) place = fulfillmentOrder.locationId;
  }
  const missing = shipment.lines?.find(({ sku }) => (left.get(sku) ?? 0) > 0);
  if (missing) {
    throw refused(
      `Order "${order.name}" was not shipped: ${missing.quantity} of SKU "${missing.sku}" are more than the ` +
        `${missing.quantity - (left.get(missing.sku) ?? 0)} that remain at one place.`,
    );
  }
  if (packed.length === 0) throw refused(`Order "${order.name}" was not shipped: nothing of it remains to be shipped.`);
  const { tracking } = shipment;
  return fulfill(shop, order, packed, {
    tracking: tracking ? [{ company: tracking.company, number: tracking.number, url: undefined }] : [],
    notifyCustomer: shipment.notifyCustomer ?? false,
  });
}

/** Takes units back in the admin and pays what they were worth, never more than is left. */
export function refundByHand(
  shop: Shop,
  order: OrderRecord,
  what: {
    readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
    readonly shipping?: string;
    readonly note?: string;
    readonly restock?: boolean;
  },
): void {
  const { store } = shop;
  const first = store.locations.keys().next().value;
  const lines = what.lines.flatMap(({ sku, quantity }) => {
    const line = order.lines.find((each) => each.sku === sku);
    if (!line || quantity > currentQuantity(line)) {
      throw refused(
        `Order "${order.name}" was not refunded: it has not ${quantity} of SKU "${sku}" that are not refunded yet.`,
      );
    }
    const part = (restockType: RefundLineRecord['restockType'], units: number) =>
      units > 0 ? [{ line, quantity: units, restockType, locationId: first }] : [];
    if (what.restock === false) return part('NO_RESTOCK', quantity);
    // What was shipped comes back, only the rest is canceled.
    const back = line.requiresShipping ? Math.min(quantity, refundableUnits(store, order, line).shipped) : 0;
    return [...part('RETURN', back), ...part('CANCEL', quantity - back)];
  });
  const shipping = what.shipping === undefined ? 0n : toMinor(what.shipping, order.currency);
  const carriage = shipping + (order.taxesIncluded ? 0n : shippingTaxOn(order, shipping));
  const worth = lines.reduce((total, { line, quantity }) => total + worthOf(order, line, quantity), carriage);
  const { net, currentShipping } = sumsOf(order);
  if (shipping > currentShipping) {
    throw refused(
      `Order "${order.name}" was not refunded: "${what.shipping}" is more than is left of its shipping. Refund less of it.`,
    );
  }
  const duties = lines.flatMap(({ line, quantity }) => dutiesBack(order, line, quantity));
  const due = worth + sum(duties.map(({ amount }) => amount));
  const theirs = due < net ? presentedOf(order, due) : sumsOf(inPresentment(order)).net;
  const record = refund(shop, order, {
    note: what.note,
    lines,
    shipping,
    duties,
    payments: refundable(order, theirs),
  });
  shop.tell(refundTold(order, record));
}

/** Gives what is not shipped to another location: the stock is committed there instead. */
export function moveOrder(shop: Shop, order: OrderRecord, locationId: string): void {
  const { store } = shop;
  const to = idIn(locationId, 'Location');
  if (to === undefined || !store.locations.has(to)) {
    throw refused(
      `Order "${order.name}" was not moved: there is no location "${locationId}". Take an id that addLocation answered.`,
    );
  }
  for (const record of [...fulfillmentOrdersOf(store, order.id)].filter(isOpen)) {
    if (record.locationId !== to) move(shop, record, to);
  }
}

function worthOf(order: OrderRecord, line: LineRecord, quantity: number): bigint {
  return netOf(line, quantity) + (order.taxesIncluded ? 0n : taxOn(line, quantity));
}
