import type { CommerceError, Ref, Shipment, ShipmentConfirmation, WriteOptions } from '@crossdock/core';
import { idOf, refTo, refused, type Connection } from './connection.ts';
import { demandKnownUnits, hasCarrier, toBuyers, transfersWhere } from './delivery-records.ts';
import { countsOf, demandExact } from './exact-counts.ts';
import { lotIds } from './lots.ts';
import { demandLotsWithin, demandSingleSerials } from './lot-counts.ts';
import type { Mark } from './mark.ts';
import { packageIds } from './packages.ts';
import { beforeOf, deliveryValues, hasLines, trackingBefore, trackingValues } from './delivery-values.ts';
import { piecesOf, serialsOf, type Piece } from './shipment-demand.ts';
import { unpacked } from './shipment-kits.ts';
import { goneOn, movesIn, plannedBy, planShipment, serialPieces, type Delivery, type Plan } from './shipment-plan.ts';
import { goodsMarkIn, goodsMarkOf, isStamped } from './shipment-stamp.ts';
import { leavingFrom } from './shipment-warehouse.ts';
import { bookTransfer, changedBeside, isOver, isTorn, plannedAnew, type Attempt } from './transfer-booking.ts';
import { overtaken } from './transfer-validation.ts';
import { orderStateRow } from './wire/order.ts';
import { pickingRow, type PickingWire } from './wire/picking.ts';

const operation = 'shipments.confirm';

/**
 * Books what left on the order's open deliveries. Each delivery is marked with the shipment in the same write that sets
 * its quantities, and marked deliveries are looked for first: what is booked already is not booked again, whatever the
 * key, the process or the moment of a repeat. What is not in the shipment goes on as a backorder unless the options cancel it.
 */
export async function confirmShipment(
  connection: Connection,
  confirmation: ShipmentConfirmation,
  options: WriteOptions,
): Promise<Ref<'shipment'>> {
  return plannedAnew(operation, (attempt) => bookShipment(connection, confirmation, attempt, options));
}

async function bookShipment(
  connection: Connection,
  { order, shipment }: ShipmentConfirmation,
  { isFirst, isLast }: Attempt,
  options: WriteOptions,
): Promise<Ref<'shipment'>> {
  const orderId = idOf(connection, order);
  const goods = await goodsMarkOf(shipment, options.idempotencyKey);
  const task = {
    operation,
    what: `Shipment "${shipment.number}" was not confirmed`,
    refs: [order, shipment.ref],
    row: pickingRow(await hasCarrier(connection, options)),
    cancelsRest: connection.settings.unshipped === 'cancel',
    isOurs: (picking: PickingWire) => isStamped(picking, shipment) && goodsMarkIn(picking)?.content === goods.content,
  };
  const lines = shipment.parcels.flatMap((parcel) => parcel.lines);
  demandLotsWithin(connection, lines, task);
  demandSingleSerials(connection, serialsOf(lines), task);
  const pieces = piecesOf(shipment);
  if (pieces.length === 0) throw empty(connection, shipment, order);
  const deliveries = await transfersWhere(
    connection,
    [['sale_id', '=', orderId], ...toBuyers],
    { kind: 'shipment', operation },
    options,
  );
  const stamped = deliveries.filter(({ picking }) => isStamped(picking, shipment));
  const done = stamped.filter(({ picking }) => picking.state === 'done');
  demandOwnKey(connection, deliveries, goods, task);
  const { rest, ...kits } = await unpacked(connection, pieces, { ...task, orderId, deliveries, done }, options);
  if (!isFirst && isOver(goneOn(done), kits.pieces)) throw changedBeside(connection, task);
  demandNoLess(connection, done, { goods, pieces: kits.pieces }, task);
  const first = stamped[0];
  if (rest.length === 0 && first) {
    await keepTracking(connection, done, shipment, options);
    return refTo(connection, 'shipment', first.picking.id);
  }
  await demandOpenOrder(connection, orderId, shipment, order, options);
  for (const delivery of deliveries) demandKnownUnits(connection, delivery, operation);
  const here = await leavingFrom(connection, shipment, deliveries, options);
  const plan = { ...planShipment(rest, openFirst(here, stamped)), strange: strangersIn(rest, deliveries) };
  const torn = deliveries.find(({ picking, moves }) => isTorn(picking, movesIn(moves)));
  if (plan.excess.length > 0 && torn && !isLast) throw overtaken(connection, torn.picking.name, task);
  refuseExcess(connection, plan, kits.openKits, shipment, order);
  await kits.demandUnchanged();
  demandSingleSerials(connection, serialPieces(plan.deliveries), task);
  const lots = await lotIds(connection, plan.deliveries, shipment.number, options);
  const packages = await packageIds(connection, plan.deliveries, options);
  await demandExact(connection, countsOf(plan.deliveries, hasLines), task, options);
  for (const part of plan.deliveries) {
    const { picking } = part.delivery;
    const values = deliveryValues(part, shipment, { goods, lots, packages }, connection.settings);
    const before = beforeOf(part.delivery, trackingBefore(picking, values));
    await bookTransfer(connection, { picking, values, planned: plannedBy(part), before }, task, options);
  }
  const [made] = [...stamped, ...plan.deliveries.map(({ delivery }) => delivery)];
  if (!made) throw empty(connection, shipment, order);
  return refTo(connection, 'shipment', made.picking.id);
}

interface About {
  readonly what: string;
  readonly refs: readonly Ref[];
}

/** A key is for one shipment of certain goods: what it booked otherwise stays, and nothing is booked beside it. */
function demandOwnKey(connection: Connection, deliveries: readonly Delivery[], own: Mark, { what, refs }: About): void {
  const other = deliveries.find(({ picking }) => {
    const there = picking.state === 'done' ? goodsMarkIn(picking) : undefined;
    return there?.key === own.key && there.content !== own.content;
  });
  if (!other) return;
  throw refused(connection.settings, 'key.reused', operation, {
    message: `${what} in "${connection.settings.name}": its key booked other goods there, on "${other.picking.name}". What is booked stays as it is. Use a key of its own for each shipment, and again for what is added to one.`,
    refs: [...refs, refTo(connection, 'shipment', other.picking.id)],
  });
}

/** A shipment may grow; one that is said to be less than was booked for it is not taken for done. */
function demandNoLess(
  connection: Connection,
  done: readonly Delivery[],
  { goods, pieces }: { readonly goods: Mark; readonly pieces: readonly Piece[] },
  { what, refs }: About,
): void {
  const marks = done.map(({ picking }) => goodsMarkIn(picking));
  // What a person changed afterwards on what these very goods were booked on is not for us to judge.
  const isOther = marks.length > 0 && marks.every((mark) => mark !== undefined && mark.content !== goods.content);
  if (!isOther || !isOver(goneOn(done), pieces)) return;
  const names = done.map(({ picking }) => `"${picking.name}"`).join(', ');
  throw refused(connection.settings, 'record.duplicate', operation, {
    message: `${what} in "${connection.settings.name}": more is booked for it there under another key, on ${names}. What is booked stays as it is. Compare both with what left, correct the one that is wrong, then replay or resolve.`,
    refs,
  });
}

/** What was begun for this shipment before comes first, then the oldest. Other releases of the stock are not ours to do. */
function openFirst(deliveries: readonly Delivery[], stamped: readonly Delivery[]): readonly Delivery[] {
  const open = deliveries.filter(({ picking }) => picking.state === 'assigned' || picking.state === 'confirmed');
  return [...open.filter((one) => stamped.includes(one)), ...open.filter((one) => !stamped.includes(one))];
}

/** A parcel that got its number later: the number is written, the goods stay as they are. */
async function keepTracking(
  connection: Connection,
  done: readonly Delivery[],
  shipment: Shipment,
  options: WriteOptions,
) {
  for (const { picking } of done) {
    const values = trackingValues(picking, shipment, connection.settings);
    if (Object.keys(values).length === 0) continue;
    await connection.client.write('stock.picking', [picking.id], values, { ...options, repeatable: true });
  }
}

async function demandOpenOrder(
  connection: Connection,
  id: number,
  shipment: Shipment,
  ref: Ref<'order'>,
  options: WriteOptions,
): Promise<void> {
  const { client, settings } = connection;
  const [order] = await client.read('sale.order', [id], orderStateRow, options);
  if (order?.state === 'sale') return;
  const seen = order ? `"${order.name}" is in the state "${order.state}"` : `there is no order "${id}"`;
  throw refused(settings, order ? 'record.rejected' : 'record.missing', operation, {
    message: `Shipment "${shipment.number}" was not confirmed in "${settings.name}": ${seen}. Settle the order there, then replay.`,
    refs: [ref, shipment.ref],
  });
}

/** SKUs that no delivery of the order moves. */
function strangersIn(pieces: readonly Piece[], deliveries: readonly Delivery[]): ReadonlySet<string> {
  const known = new Set(deliveries.flatMap(({ moves }) => moves.map(({ sku }) => sku)));
  return new Set(pieces.flatMap(({ sku }) => (known.has(sku) ? [] : [sku])));
}

function refuseExcess(
  connection: Connection,
  plan: Plan & { readonly strange: ReadonlySet<string> },
  openKits: ReadonlyMap<string, number>,
  shipment: Shipment,
  order: Ref<'order'>,
): void {
  if (plan.excess.length === 0) return;
  const { settings } = connection;
  const parts = plan.excess.map(({ sku, quantity }) =>
    plan.open.has(sku) || openKits.has(sku) || !plan.strange.has(sku)
      ? `"${sku}": ${quantity} too many, ${plan.open.get(sku) ?? openKits.get(sku) ?? 0} open`
      : `"${sku}" is in no delivery of the order`,
  );
  throw refused(settings, 'record.rejected', operation, {
    message: `Shipment "${shipment.number}" was not confirmed in "${settings.name}": the order has not that much to deliver (${parts.join('; ')}). Nothing was booked. Compare it with the deliveries of the order, then replay.`,
    refs: [order, shipment.ref],
    details: { excess: parts },
  });
}

function empty({ settings }: Connection, shipment: Shipment, order: Ref<'order'>): CommerceError {
  return refused(settings, 'record.invalid', operation, {
    message: `Shipment "${shipment.number}" was not confirmed in "${settings.name}": its parcels hold nothing. Get their lines from the warehouse, then replay.`,
    refs: [order, shipment.ref],
  });
}
