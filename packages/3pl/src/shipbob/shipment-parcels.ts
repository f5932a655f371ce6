import { CommerceError, type LotQuantity, type Parcel, type ParcelLine } from '@crossdock/core';
import { notesOf, type TagNotes } from './order-tags.ts';
import type { WireOrder, WireOrderProduct } from './wire/order.ts';
import type { WireInventoryItem, WireShipment, WireShipmentProduct } from './wire/shipment.ts';

/** 16 ounces are 453.59237 grams, by definition. */
const gramsPerOunce = 28.349523125;

/** What the carrier of goods is called that left while ShipBob names none. */
const unknownCarrier = 'unknown';

/**
 * The parcel of a shipment: ShipBob gives one carrier, number and weight for each. A shipment that no carrier was chosen
 * for has none yet; once it has left it has one all the same, because what is in it left too.
 */
export function toParcels(order: WireOrder, shipment: WireShipment, hasLeft: boolean): readonly Parcel[] {
  const { tracking, measurements, ship_option: option } = shipment;
  const named = tracking?.carrier || tracking?.scac || (tracking?.tracking_number ? option : undefined);
  const carrier = named || (hasLeft ? unknownCarrier : undefined);
  if (!carrier) return [];
  const sscc = ssccOf(shipment);
  const ounces = measurements?.total_weight_oz;
  return [
    {
      id: String(shipment.id),
      carrier,
      ...(tracking?.carrier_service && { service: tracking.carrier_service }),
      ...(tracking?.tracking_number && { trackingNumber: tracking.tracking_number }),
      ...(tracking?.tracking_url && { trackingUrl: tracking.tracking_url }),
      ...(sscc !== undefined && { sscc }),
      ...(ounces && ounces > 0 && { weightGrams: Math.round(ounces * gramsPerOunce * 100) / 100 }),
      lines: toLines(order, shipment),
    },
  ];
}

/** GS1's number, where the goods are in one carton. A label may write the identifier 00 in front of it. */
function ssccOf({ parent_cartons: parents }: WireShipment): string | undefined {
  const barcodes = (parents ?? []).flatMap(({ cartons }) => (cartons ?? []).map(({ barcode }) => barcode ?? ''));
  return barcodes.length === 1 ? /^(?:00)?(\d{18})$/.exec(barcodes[0] ?? '')?.[1] : undefined;
}

function toLines(order: WireOrder, shipment: WireShipment): readonly ParcelLine[] {
  const notes = notesOf(order);
  const isWhole = (order.shipments ?? []).filter(({ status }) => status !== 'Cancelled').length === 1;
  return (shipment.products ?? []).map((product) => {
    const sku = skuOf(product, shipment);
    const ordered = (order.products ?? []).filter((line) => (line.reference_id ?? line.sku) === sku);
    const orderLineId = lineIdOf(product, ordered, notes);
    const items = product.inventory_items ?? [];
    const lots = items.flatMap(toLot);
    const serials = items.flatMap(({ serial_numbers: numbers }) => numbers ?? []).filter((serial) => serial !== '');
    return {
      sku,
      quantity: quantityOf(product, isWhole ? ordered : [], shipment),
      ...(orderLineId !== undefined && { orderLineId }),
      ...(lots.length > 0 && { lots }),
      ...(serials.length > 0 && { serials }),
    };
  });
}

/** The line's number where the shipment repeats it; else by SKU, where only one line has it. */
function lineIdOf(
  product: WireShipmentProduct,
  ordered: readonly WireOrderProduct[],
  notes: TagNotes,
): string | undefined {
  const own = notes.lineId(product.external_line_id);
  if (own !== undefined) return own;
  return ordered.length === 1 ? notes.lineId(ordered[0]?.external_line_id) : undefined;
}

/**
 * How many of a product are in the shipment. ShipBob counts what it took from the shelves: that is the product's own
 * quantity unless the product is a bundle of several. What is not counted so is as many as were ordered, where all of it
 * is here.
 */
function quantityOf(
  product: WireShipmentProduct,
  ordered: readonly WireOrderProduct[],
  shipment: WireShipment,
): number {
  if (product.quantity !== null && product.quantity !== undefined) return product.quantity;
  const items = product.inventory_items ?? [];
  const counts = items.flatMap(({ quantity }) => quantity ?? []);
  const isBundle = new Set(items.map(({ id }) => id ?? undefined)).size > 1;
  if (!isBundle && counts.length > 0 && counts.length === items.length) {
    return counts.reduce((sum, count) => sum + count, 0);
  }
  const [only, ...others] = ordered;
  if (only && others.length === 0) return only.quantity;
  throw unreadable(shipment, `how many of "${skuOf(product, shipment)}" are in it`);
}

function skuOf(product: WireShipmentProduct, shipment: WireShipment): string {
  const sku = product.reference_id || product.sku;
  if (sku) return sku;
  throw unreadable(shipment, `which SKU product "${product.id ?? 'without a number'}" is`);
}

function toLot({ lot, quantity, expiration_date: expires }: WireInventoryItem): readonly LotQuantity[] {
  if (!lot) return [];
  // A day; ShipBob writes it with a time, which says nothing.
  const expiresOn = /^\d{4}-\d{2}-\d{2}/.exec(expires ?? '')?.[0];
  return [{ lot, quantity: quantity ?? 0, ...(expiresOn !== undefined && { expiresOn }) }];
}

function unreadable(shipment: WireShipment, what: string): CommerceError {
  return new CommerceError({
    code: 'record.invalid',
    message: `Shipment "${shipment.id}" was not taken over: ShipBob does not say ${what}. Look at it there, and confirm it by hand.`,
  });
}
