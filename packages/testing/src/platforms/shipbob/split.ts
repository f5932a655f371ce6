import type { ShipBobOptions } from './options.ts';
import type { ShipBobLine } from './records.ts';

/** The lines of each shipment that an order becomes. A line that does not fit into one goes on in the next. */
export function split(
  lines: readonly ShipBobLine[],
  {
    linesPerShipment: mostLines = lines.length,
    piecesPerShipment: mostPieces = Number.POSITIVE_INFINITY,
  }: ShipBobOptions,
): readonly (readonly ShipBobLine[])[] {
  const parts: ShipBobLine[][] = [];
  let part: ShipBobLine[] = [];
  let room = 0;
  for (const line of lines) {
    for (let rest = line.quantity; rest > 0;) {
      if (room === 0 || part.length >= mostLines) {
        part = [];
        room = mostPieces;
        parts.push(part);
      }
      const quantity = Math.min(rest, room);
      part.push({ ...line, quantity });
      room -= quantity;
      rest -= quantity;
    }
  }
  return parts;
}
