import type { Shipment } from '@crossdock/core';

/** A part of a shipment: some pieces of one SKU, of one lot or serial number where the warehouse names it. */
export interface Piece {
  readonly sku: string;
  readonly quantity: number;
  readonly lot: string | undefined;
  /** GS1's number of the unit that it is packed in. */
  readonly sscc?: string | undefined;
  /** The order line that it is for, where it is a component of a kit. */
  readonly of?: number | undefined;
}

/** What left, over all parcels, by SKU and lot. */
export function piecesOf(shipment: Shipment): readonly Piece[] {
  const sums = new Map<string, Piece>();
  const packed = shipment.parcels.flatMap(({ lines, sscc }) =>
    lines.flatMap(piecesOfLine).map((piece): Piece => (sscc === undefined ? piece : { ...piece, sscc })),
  );
  for (const piece of packed) {
    const key = JSON.stringify([piece.sku, piece.lot ?? null, piece.sscc ?? null]);
    const before = sums.get(key)?.quantity ?? 0;
    sums.set(key, { ...piece, quantity: tidy(before + piece.quantity) });
  }
  return [...sums.values()].filter(({ quantity }) => quantity > 0);
}

type ParcelLine = Shipment['parcels'][number]['lines'][number];

/** Lots and serial numbers stand for part of a line's quantity; the rest has none. */
function piecesOfLine({ sku, quantity, lots = [], serials = [] }: ParcelLine): readonly Piece[] {
  const named = [
    ...lots.map((lot) => ({ sku, quantity: lot.quantity, lot: lot.lot })),
    ...serials.map((serial) => ({ sku, quantity: 1, lot: serial })),
  ];
  const rest = tidy(quantity - named.reduce((sum, piece) => sum + piece.quantity, 0));
  return rest > 0 ? [...named, { sku, quantity: rest, lot: undefined }] : named;
}

/** The serial numbers that lines name, each for the one piece that it stands for. */
export function serialsOf(lines: readonly ParcelLine[]): readonly Piece[] {
  return lines.flatMap(({ sku, serials = [] }) => serials.map((lot) => ({ sku, quantity: 1, lot })));
}

/** Without the noise of a float: Odoo keeps at most six digits of a quantity. */
export function tidy(quantity: number): number {
  return Math.round(quantity * 1e6) / 1e6;
}
