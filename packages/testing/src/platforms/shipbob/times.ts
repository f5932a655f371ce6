import { shipBobLocation } from './records.ts';

/** A moment as ShipBob writes it: ISO 8601 with an offset of zero. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

/** A moment of the warehouse, in its own time and without an offset where the fake is told to leave it out. */
export function localMoment(ms: number, isNaive: boolean): string {
  if (!isNaive) return moment(ms);
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: shipBobLocation.zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(new Date(ms));
  return parts.replace(' ', 'T');
}
