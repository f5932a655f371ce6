import { parsePoint, type CrashPoint } from '@crossdock/testing/crash';

/** A point by its name. */
export function pointOf(name: string): CrashPoint {
  const point = parsePoint(name);
  if (point) return point;
  throw new RangeError(`"${name}" names no point.`);
}
