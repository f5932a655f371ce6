import { CommerceError, type Shipment } from '@crossdock/core';
import { refTo, type Connection } from './connection.ts';
import { tidy } from './shipment-demand.ts';
import type { Units } from './units.ts';
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
  units: Units,
  warehouseId: number | undefined,
): Shipment {
  const { picking } = delivery;
  const status = pickingState.decode(picking.state, `Shipment "${picking.name}"`);
  const contents = lines.map((line) => contentOf(connection, delivery, line, units));
  return {
    ref: refTo(connection, 'shipment', picking.id),
    number: picking.name,
    ...(picking.sale_id === null ? {} : { order: refTo(connection, 'order', picking.sale_id.id) }),
    status,
    wireStatus: picking.state,
    ...(warehouseId === undefined ? {} : { location: refTo(connection, 'location', warehouseId) }),
    parcels: parcelsOf(connection, delivery, contents),
    ...(picking.date_done === null ? {} : { shippedAt: toMoment(picking.date_done) }),
    updatedAt: toMoment(picking.write_date),
  };
}

/** What one line of a delivery says, in our words. */
interface Content {
  readonly packageName: string;
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | undefined;
  readonly tracking: string | undefined;
}

function contentOf(connection: Connection, { picking, moves }: Delivery, line: MoveLineWire, units: Units): Content {
  const { settings } = connection;
  const of = moves.find(({ move }) => move.product_id.id === line.product_id.id);
  const size = units.sizeOf(line.product_uom_id.id, of?.unitId ?? line.product_uom_id.id);
  const refs = [refTo(connection, 'shipment', picking.id)];
  if (!of?.sku) {
    throw new CommerceError({
      code: 'sku.missing',
      message: `Delivery "${picking.name}" was not taken over from "${settings.name}": its product "${line.product_id.id}" has no internal reference. Give it one in Odoo.`,
      system: settings.name,
      refs,
    });
  }
  if (size === undefined) {
    throw new CommerceError({
      code: 'record.rejected',
      message: `Delivery "${picking.name}" was not taken over from "${settings.name}": SKU "${of.sku}" was counted there in "${line.product_uom_id.name}", and Odoo does not say how many of the product's unit that is. Correct the unit in Odoo.`,
      system: settings.name,
      refs,
    });
  }
  return {
    packageName: line.result_package_id?.name ?? '',
    sku: of.sku,
    quantity: tidy(line.quantity * size),
    lot: line.lot_id?.name,
    tracking: of.tracking,
  };
}

function parcelsOf(connection: Connection, { picking }: Delivery, contents: readonly Content[]): readonly Parcel[] {
  const numbers = (picking.carrier_tracking_ref ?? '').split(',').flatMap((number) => number.trim() || []);
  const carrier = carrierName(connection, picking.carrier_id);
  const byPackage = new Map<string, Content[]>();
  for (const content of contents) {
    byPackage.set(content.packageName, [...(byPackage.get(content.packageName) ?? []), content]);
  }
  const packages = [...byPackage].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const toParcel = (name: string, content: readonly Content[], trackingNumber: string | undefined): Parcel => ({
    id: name === '' ? String(picking.id) : `${picking.id}/${name}`,
    carrier,
    ...(trackingNumber ? { trackingNumber } : {}),
    ...(sscc.test(name) ? { sscc: name } : {}),
    lines: parcelLines(content),
  });
  // Without a number for each, nobody can say which package has which: the contents stay apart, the numbers stand first.
  const apart =
    packages.length > 1 && (numbers.length === packages.length || packages.some(([name]) => sscc.test(name)));
  if (apart) {
    const parcels = packages.map(([name, content], index) => toParcel(name, content, numbers[index]));
    return [...parcels, ...bare(picking.id, carrier, numbers.slice(packages.length))];
  }
  const [first, ...more] = numbers;
  const [only] = packages;
  const whole =
    packages.length === 1 && only && sscc.test(only[0])
      ? toParcel(only[0], contents, first)
      : toParcel('', contents, first);
  return [whole, ...bare(picking.id, carrier, more)];
}

/** GS1's number of a logistic unit, which stands in Odoo as the name of the package. */
const sscc = /^\d{18}$/;

/** Parcels of which only the number is known. */
function bare(id: number, carrier: string, numbers: readonly string[]): readonly Parcel[] {
  return numbers.map((trackingNumber) => ({ id: `${id}/${trackingNumber}`, carrier, trackingNumber, lines: [] }));
}

function parcelLines(contents: readonly Content[]): Parcel['lines'] {
  const sums = new Map<string, { quantity: number; tracking: string | undefined; lots: Map<string, number> }>();
  for (const { sku, quantity, lot, tracking } of contents) {
    const sum = sums.get(sku) ?? { quantity: 0, tracking, lots: new Map<string, number>() };
    sum.quantity = tidy(sum.quantity + quantity);
    if (lot) sum.lots.set(lot, tidy((sum.lots.get(lot) ?? 0) + quantity));
    sums.set(sku, sum);
  }
  return [...sums].map(([sku, { quantity, tracking, lots }]) => ({
    sku,
    quantity,
    ...(lots.size === 0 ? {} : namesOf(lots, tracking)),
  }));
}

/** A serial number is a lot of one. */
function namesOf(lots: ReadonlyMap<string, number>, tracking: string | undefined) {
  if (tracking === 'serial') return { serials: [...lots.keys()] };
  return { lots: [...lots].map(([lot, quantity]) => ({ lot, quantity })) };
}

/** The warehouse's name for a carrier where the options give it one, else Odoo's. */
function carrierName({ settings }: Connection, carrier: { readonly id: number; readonly name: string } | null): string {
  if (carrier === null) return 'unknown';
  const given = Object.entries(settings.carriers).find(([, id]) => id === carrier.id);
  return given?.[0] ?? (carrier.name || 'unknown');
}
