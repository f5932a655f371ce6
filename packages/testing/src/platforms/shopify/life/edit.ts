import { idIn } from '../gid.ts';
import { taxesOf } from '../money.ts';
import { currentQuantity } from '../order-sums.ts';
import { fulfillmentOrdersOf, isOpen, waitingUnits } from '../order-status.ts';
import type { Address, LineRecord, Note, OrderRecord } from '../records.ts';
import { allot } from './allot.ts';
import { linesOf } from './draft-lines.ts';
import type { LineInput } from './order-input.ts';
import { route } from './route.ts';
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
  /** New quantities by line id. 0 takes the line off; more than now is ordered besides, at the line's own price. */
  readonly quantities?: Readonly<Record<string, number>> | undefined;
  /** Lines that are ordered besides. */
  readonly add?: readonly LineInput[] | undefined;
  /** What people note to the edit. */
  readonly staffNote?: string | undefined;
}

/** Changes an order. Lines and quantities make it edited, everything else only updated. */
export function edit(shop: Shop, order: OrderRecord, change: OrderEdit): void {
  const quantities = Object.entries(change.quantities ?? {});
  const changed = quantities.map(([lineId, quantity]) => setQuantity(shop, order, lineId, quantity));
  const added = change.add ? addLines(shop, order, change.add) : [];
  if (change.note !== undefined) order.note = change.note;
  if (change.poNumber !== undefined) order.poNumber = change.poNumber;
  if (change.tags !== undefined) order.tags = tagSet(change.tags);
  if (change.email !== undefined) order.email = change.email;
  if (change.phone !== undefined) order.phone = change.phone;
  if (change.customAttributes !== undefined) order.customAttributes = change.customAttributes;
  if (change.shippingAddress !== undefined) order.shippingAddress = change.shippingAddress;
  touch(shop, order);
  const told: Happening[] = [{ topic: 'orders/updated', order }];
  if (changed.length + added.length > 0) {
    order.edited = true;
    const differences = [...changed, ...added.map(({ id, quantity }) => ({ id, delta: quantity }))];
    told.unshift({
      topic: 'orders/edited',
      order,
      edit: {
        id: shop.store.nextId(),
        additions: differences.filter(({ delta }) => delta > 0),
        removals: differences.filter(({ delta }) => delta < 0).map(({ id, delta }) => ({ id, delta: -delta })),
        staffNote: change.staffNote,
      },
    });
  }
  shop.tell(told);
}

/** Tags are a set whatever their case, in the order of the alphabet; the first way of writing one stays. */
function tagSet(tags: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) if (!byKey.has(tag.toLowerCase())) byKey.set(tag.toLowerCase(), tag);
  return [...byKey.values()].toSorted();
}

function setQuantity(shop: Shop, order: OrderRecord, lineId: string, quantity: number) {
  const line = order.lines.find(({ id }) => id === idIn(lineId, 'LineItem'));
  if (!line)
    throw refused(`Order "${order.name}" was not edited: it has no line "${lineId}". Take an id of its lines.`);
  const now = currentQuantity(line);
  const fewest = line.requiresShipping ? now - waitingUnits(shop.store, order.id, line.id) : 0;
  if (!Number.isInteger(quantity) || quantity < fewest) {
    throw refused(`Order "${order.name}" was not edited: a quantity of "${quantity}" is not ${fewest} or more.`);
  }
  if (quantity > now) increase(shop, order, line, quantity - now);
  else reduce(shop, order, line, now - quantity);
  return { id: line.id, delta: quantity - now };
}

function reduce(shop: Shop, order: OrderRecord, line: LineRecord, units: number): void {
  let left = units;
  line.removed += left;
  for (const fulfillmentOrder of fulfillmentOrdersOf(shop.store, order.id).filter(isOpen)) {
    for (const part of fulfillmentOrder.lines.filter((each) => each.lineId === line.id)) {
      const taken = Math.min(left, part.remaining);
      part.remaining -= taken;
      part.total -= taken;
      left -= taken;
      shiftFor(shop, order, line.id, fulfillmentOrder.locationId, { available: taken, committed: -taken });
    }
    if (fulfillmentOrder.lines.every(({ remaining }) => remaining === 0)) fulfillmentOrder.status = 'CLOSED';
    touch(shop, fulfillmentOrder);
  }
  putBack(shop, order, line, left);
}

/** More of a line: its taxes grow with what the new units cost. They are shipped by a fulfillment order of their own. */
function increase(shop: Shop, order: OrderRecord, line: LineRecord, units: number): void {
  const variant = line.variantId === undefined ? undefined : shop.store.variants.get(line.variantId);
  const [shares = []] = allot(shop.store, [{ variant, quantity: units, locationId: undefined }]);
  const more = taxesOf(
    line.unitPrice * BigInt(units),
    line.taxLines.map(({ rate }) => rate),
    order.taxesIncluded,
  );
  line.taxLines = line.taxLines.map((tax, index) => ({ ...tax, amount: tax.amount + (more[index] ?? 0n) }));
  line.quantity += units;
  route(shop, order, [shares], [line]);
}

function addLines(shop: Shop, order: OrderRecord, inputs: readonly LineInput[]): readonly LineRecord[] {
  const { store } = shop;
  const allotted = allot(
    store,
    inputs.map(({ sku, quantity, locationId }) => ({
      variant: sku === undefined ? undefined : store.bySku.get(sku),
      quantity,
      locationId: locationId === undefined ? undefined : idIn(locationId, 'Location'),
    })),
  );
  const lines = linesOf({
    store,
    input: { lines: inputs, taxesIncluded: order.taxesIncluded },
    currency: order.currency,
    discounts: order.discounts,
  });
  order.lines.push(...lines);
  route(shop, order, allotted, lines);
  return lines;
}
