import { CommerceError, type Shipment } from '@crossdock/core';
import { refTo, type Connection } from './connection.ts';
import { tidy } from './shipment-demand.ts';
import type { Delivery } from './shipment-plan.ts';
import { pickingState } from './statuses.ts';
import type { MoveLineWire } from './wire/picking.ts';
import { toMoment } from './wire/value.ts';

type Parcel = Shipment['parcels'][number];

/**
 * A delivery as a shipment. Odoo's packages are its parcels; without packages it is one. Tracking numbers are matched
 * with packages where there are as many of them; else the further ones are parcels of which only the number is known.
 */
export function toShipment(
  connection: Connection,
  delivery: Delivery,
  lines: readonly MoveLineWire[],
  warehouseId: number | undefined,
): Shipment {
  const { picking } = delivery;
  const status = pickingState.decode(picking.state, `Shipment "${picking.name}"`);
  const skus = new Map(delivery.moves.map(({ move, sku }) => [move.product_id.id, sku]));
  return {
    ref: refTo(connection, 'shipment', picking.id),
    number: picking.name,
    ...(picking.sale_id === null ? {} : { order: refTo(connection, 'order', picking.sale_id.id) }),
    status,
    wireStatus: picking.state,
    ...(warehouseId === undefined ? {} : { location: refTo(connection, 'location', warehouseId) }),
    parcels: parcelsOf(connection, delivery, lines, skus),
    ...(picking.date_done === null ? {} : { shippedAt: toMoment(picking.date_done) }),
    updatedAt: toMoment(picking.write_date),
  };
}

function parcelsOf(
  connection: Connection,
  { picking }: Delivery,
  lines: readonly MoveLineWire[],
  skus: ReadonlyMap<number, string | null>,
): readonly Parcel[] {
  const numbers = (picking.carrier_tracking_ref ?? '').split(',').flatMap((number) => number.trim() || []);
  const carrier = carrierName(connection, picking.carrier_id);
  const byPackage = new Map<string, MoveLineWire[]>();
  for (const line of lines) {
    const key = line.result_package_id?.name ?? '';
    byPackage.set(key, [...(byPackage.get(key) ?? []), line]);
  }
  const packages = [...byPackage].toSorted(([one], [other]) => (one < other ? -1 : 1));
  if (packages.length > 1 && packages.length === numbers.length) {
    return packages.map(([name, content], index) => {
      const trackingNumber = numbers[index];
      const id = name === '' ? String(picking.id) : `${picking.id}/${name}`;
      return {
        id,
        carrier,
        ...(trackingNumber ? { trackingNumber } : {}),
        lines: parcelLines(connection, picking.name, content, skus),
      };
    });
  }
  const [first, ...more] = numbers;
  const all = parcelLines(connection, picking.name, lines, skus);
  return [
    { id: String(picking.id), carrier, ...(first ? { trackingNumber: first } : {}), lines: all },
    ...more.map((trackingNumber) => ({ id: `${picking.id}/${trackingNumber}`, carrier, trackingNumber, lines: [] })),
  ];
}

function parcelLines(
  { settings }: Connection,
  name: string,
  lines: readonly MoveLineWire[],
  skus: ReadonlyMap<number, string | null>,
): Parcel['lines'] {
  const sums = new Map<string, { quantity: number; lots: Map<string, number> }>();
  for (const line of lines) {
    const sku = skus.get(line.product_id.id);
    if (!sku) {
      throw new CommerceError({
        code: 'sku.missing',
        message: `Delivery "${name}" was not taken over from "${settings.name}": its product "${line.product_id.id}" has no internal reference. Give it one in Odoo.`,
        system: settings.name,
      });
    }
    const sum = sums.get(sku) ?? { quantity: 0, lots: new Map<string, number>() };
    sum.quantity = tidy(sum.quantity + line.quantity);
    const lot = line.lot_id?.name;
    if (lot) sum.lots.set(lot, tidy((sum.lots.get(lot) ?? 0) + line.quantity));
    sums.set(sku, sum);
  }
  return [...sums].map(([sku, { quantity, lots }]) => ({
    sku,
    quantity,
    ...(lots.size === 0 ? {} : { lots: [...lots].map(([lot, count]) => ({ lot, quantity: count })) }),
  }));
}

/** The warehouse's name for a carrier where the options give it one, else Odoo's. */
function carrierName({ settings }: Connection, carrier: { readonly id: number; readonly name: string } | null): string {
  if (carrier === null) return 'unknown';
  const given = Object.entries(settings.carriers).find(([, id]) => id === carrier.id);
  return given?.[0] ?? (carrier.name || 'unknown');
}
