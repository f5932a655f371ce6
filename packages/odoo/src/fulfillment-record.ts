import { CommerceError, type Address, type FulfillmentLine, type FulfillmentOrder } from '@crossdock/core';
import { refTo, type Connection } from './connection.ts';
import { bookedOf, demandOf, type Delivery, type DeliveryMove } from './shipment-plan.ts';
import { tidy } from './shipment-demand.ts';
import { fulfillmentState } from './warehouse-statuses.ts';
import { toMoment } from './wire/value.ts';

/** What a delivery refers to. */
export interface Step {
  readonly warehouseId: number | undefined;
  /** Whether goods are reserved as soon as a delivery is confirmed, so that what is not reserved is not there. */
  readonly reservesAtOnce: boolean;
  readonly shipTo: Address | undefined;
}

/**
 * A delivery as what the warehouse is to ship. What Odoo moves is what is picked: of a kit these are its components. What
 * was left over of an earlier delivery is one of its own, as Odoo keeps it.
 */
export function toFulfillment(connection: Connection, delivery: Delivery, step: Step): FulfillmentOrder {
  const { picking, moves } = delivery;
  const { sale_id: order, carrier_id: carrier } = picking;
  return {
    ref: refTo(connection, 'fulfillment', picking.id),
    number: picking.name,
    ...(order === null ? {} : { order: refTo(connection, 'order', order.id) }),
    status: statusOf(delivery, step),
    wireStatus: picking.state,
    ...(step.warehouseId === undefined ? {} : { location: refTo(connection, 'location', step.warehouseId) }),
    ...(step.shipTo === undefined ? {} : { shipTo: step.shipTo }),
    ...(carrier === null || carrier.name === '' ? {} : { service: carrier.name }),
    lines: moves.map((move) => toLine(connection, delivery, move, step)),
    issues: [],
    requestedAt: toMoment(picking.create_date),
    // A line that is reserved by itself leaves the moment of its delivery as it was.
    updatedAt: toMoment(picking.write_date),
  };
}

function statusOf({ picking, moves }: Delivery, { reservesAtOnce }: Step): FulfillmentOrder['status'] {
  const status = fulfillmentState.decode(picking.state, `Delivery "${picking.name}"`);
  const open = moves.filter(({ move }) => move.state !== 'done' && move.state !== 'cancel');
  if (status === 'allocated' && open.some(({ move }) => move.picked && move.quantity > 0)) return 'picking';
  // Nobody tried to reserve anything yet: that is not a lack.
  if (status === 'backordered' && !reservesAtOnce) return 'acknowledged';
  return status;
}

function toLine(connection: Connection, { picking }: Delivery, line: DeliveryMove, step: Step): FulfillmentLine {
  const { move, sku } = line;
  if (sku === null) {
    throw new CommerceError({
      code: 'sku.missing',
      message: `Delivery "${picking.name}" was not taken over from "${connection.settings.name}": its product "${move.product_id.id}" has no internal reference. Give it one in Odoo.`,
      system: connection.settings.name,
      refs: [refTo(connection, 'fulfillment', picking.id)],
    });
  }
  const quantity = demandOf(line);
  const base = { id: String(move.id), sku, quantity };
  if (move.state === 'done') return { ...base, shipped: bookedOf(line), canceled: 0, backordered: 0 };
  if (move.state === 'cancel') return { ...base, shipped: 0, canceled: quantity, backordered: 0 };
  const lacks = step.reservesAtOnce && (move.state === 'confirmed' || move.state === 'partially_available');
  const missing = Math.max(0, tidy(quantity - bookedOf(line)));
  return { ...base, shipped: 0, canceled: 0, ...(lacks ? { backordered: missing } : {}) };
}
