import type { ShipBobItem, ShipBobLine, ShipBobOrder, ShipBobShipment } from './records.ts';
import { shipBobLocation } from './records.ts';
import { detailNames, orderStatus, shipmentStatus } from './status.ts';
import type { ShipBobStore } from './store.ts';
import { localMoment, moment } from './times.ts';

/** Records as ShipBob sends them. Fields and names: OpenAPI 2026-01, read 2026-11-23. */
export interface Views {
  order(order: ShipBobOrder): Record<string, unknown>;
  shipment(shipment: ShipBobShipment): Record<string, unknown>;
}

export function views(store: ShipBobStore, naiveTimes: boolean): Views {
  const optional = (ms: number | undefined) => (ms === undefined ? null : localMoment(ms, naiveTimes));

  function shipmentLine({ sku, quantity }: ShipBobLine, shipment: ShipBobShipment) {
    const item = store.items.get(sku);
    const lot = item?.lots[0];
    const hasLeft = shipment.shippedAt !== undefined;
    return {
      id: item?.inventoryId ?? 0,
      reference_id: sku,
      sku,
      name: item?.name ?? sku,
      inventory_items: [
        {
          id: item?.inventoryId ?? 0,
          name: item?.name ?? sku,
          quantity,
          lot: hasLeft ? (lot?.lot ?? null) : null,
          expiration_date: hasLeft ? (lot?.expiresOn ?? null) : null,
          serial_numbers: [],
        },
      ],
    };
  }

  function shipmentView(shipment: ShipBobShipment): Record<string, unknown> {
    const order = store.orders.get(shipment.orderId);
    const pieces = shipment.lines.reduce((sum, { quantity }) => sum + quantity, 0);
    return {
      id: shipment.id,
      order_id: shipment.orderId,
      reference_id: shipment.reference,
      created_date: moment(shipment.createdAt),
      last_update_at: moment(shipment.updatedAt),
      last_tracking_update_at: shipment.trackingUpdatedAt === undefined ? null : moment(shipment.trackingUpdatedAt),
      status: shipmentStatus(shipment),
      status_details: shipment.details.map(({ id, sku }) => ({
        id,
        name: detailNames[id] ?? 'None',
        description: sku === undefined ? (detailNames[id] ?? '') : `${detailNames[id] ?? ''}: ${sku}`,
      })),
      location: { id: shipBobLocation.id, name: shipBobLocation.name, timezone: shipBobLocation.windowsZone },
      ship_option: order?.shippingMethod ?? null,
      is_tracking_uploaded: shipment.isTrackingUploaded,
      tracking: shipment.tracking
        ? {
            carrier: 'UPS',
            carrier_service: 'UPS Ground',
            tracking_number: shipment.tracking.number,
            tracking_url: shipment.tracking.url,
            bol: null,
            pro_number: null,
            scac: 'UPSN',
            shipping_date: optional(shipment.shippedAt),
          }
        : null,
      actual_fulfillment_date: optional(shipment.shippedAt),
      delivery_date: optional(shipment.deliveredAt),
      estimated_fulfillment_date: moment(shipment.createdAt + 24 * 3_600_000),
      estimated_fulfillment_date_status: shipment.shippedAt === undefined ? 'PendingOnTime' : 'FulfilledOnTime',
      measurements: { total_weight_oz: pieces * 8, length_in: 12, width_in: 9, depth_in: 4 },
      products: shipment.lines.map((line) => shipmentLine(line, shipment)),
      parent_cartons: [],
      recipient: order?.recipient ?? null,
    };
  }

  function orderView(order: ShipBobOrder): Record<string, unknown> {
    return {
      id: order.id,
      created_date: moment(order.createdAt),
      purchase_date: order.purchasedAt ?? null,
      reference_id: order.reference,
      order_number: order.number ?? null,
      status: orderStatus(order),
      type: order.type,
      channel: { id: order.channelId, name: 'Crossdock' },
      shipping_method: order.shippingMethod,
      recipient: order.recipient,
      products: order.lines.map(({ sku, quantity, externalLineId, unitPrice }) => ({
        id: store.items.get(sku)?.inventoryId ?? 0,
        reference_id: sku,
        sku,
        quantity,
        quantity_unit_of_measure_code: 'EA',
        external_line_id: externalLineId ?? null,
        unit_price: unitPrice ?? null,
      })),
      tags: order.tags,
      gift_message: order.giftMessage ?? null,
      shipments: order.shipments.map(shipmentView),
    };
  }

  return { order: orderView, shipment: shipmentView };
}

/** A level, summed over all places: `total_` stands before every name. */
export function levelView(item: ShipBobItem, backordered: number): Record<string, unknown> {
  const { inventoryId, name, sku } = item;
  return { inventory_id: inventoryId, name, sku, ...prefixed(figuresOf(item, backordered), 'total_') };
}

/** The same by place, without `total_`. */
export function locationLevelView(item: ShipBobItem, backordered: number): Record<string, unknown> {
  const { inventoryId, name, sku } = item;
  const location = { location_id: shipBobLocation.id, name: shipBobLocation.name, ...figuresOf(item, backordered) };
  return { inventory_id: inventoryId, name, sku, locations: [location] };
}

export function lotLevelView(item: ShipBobItem): Record<string, unknown> {
  const { inventoryId, name, sku, lots } = item;
  return {
    inventory_id: inventoryId,
    name,
    sku,
    lots: lots.map(({ lot, expiresOn, quantity }) => ({
      lot_number: lot,
      expiration_date: expiresOn ?? null,
      on_hand_quantity: quantity,
    })),
  };
}

function figuresOf({ onHand, committed }: ShipBobItem, backordered: number): Record<string, number> {
  return {
    on_hand_quantity: onHand,
    committed_quantity: committed,
    fulfillable_quantity: onHand - committed,
    sellable_quantity: onHand - committed - backordered,
    awaiting_quantity: 0,
    exception_quantity: backordered,
    backordered_quantity: backordered,
    internal_transfer_quantity: 0,
  };
}

function prefixed(figures: Record<string, number>, prefix: string): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [prefix + name, value]));
}

/** What shipments wait for, by SKU. */
export function backorders(store: ShipBobStore): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  for (const { stage, details, lines } of store.shipments.values()) {
    if (stage !== 'exception') continue;
    const missing = new Set(details.flatMap(({ id, sku }) => (id === 303 && sku !== undefined ? [sku] : [])));
    for (const { sku, quantity } of lines) if (missing.has(sku)) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
  }
  return wanted;
}
