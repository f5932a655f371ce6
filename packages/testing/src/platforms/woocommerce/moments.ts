/** `2026-11-23T12:36:43`, in UTC, as the fields that end in `_gmt` have it. */
export function gmt(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** The same moment on the wall of the shop: fields without `_gmt` have no offset. */
function local(ms: number, zone: Zone): string {
  return gmt(ms + zone.offsetMs(ms));
}

/** A time zone, as far as a shop needs it. */
export interface Zone {
  readonly name: string;
  /** How far it is ahead of UTC at a moment, in milliseconds. */
  offsetMs(ms: number): number;
}

/** The zone in which nothing has to be computed. */
export const utc: Zone = { name: 'UTC', offsetMs: () => 0 };

/** A zone by its name, such as `Europe/Berlin`. Throws RangeError for one that does not exist. */
export function zoneOf(name: string): Zone {
  // Making one costs far more than using it, and every record shows several moments.
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  // Clocks are changed at a quarter of an hour, so one answer is good for all of it.
  const known = new Map<number, number>();
  return {
    name,
    offsetMs(ms) {
      const quarter = Math.floor(ms / 900_000);
      const before = known.get(quarter);
      if (before !== undefined) return before;
      const parts = format.formatToParts(ms);
      const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
      const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
      if (known.size > 10_000) known.clear();
      known.set(quarter, wall - wholeSecond(ms));
      return wall - wholeSecond(ms);
    },
  };
}

/** WordPress keeps whole seconds. */
export function wholeSecond(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

const isoPattern = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * A moment in a filter. With an offset it is exact; without one it is the shop's wall clock, unless the caller says that
 * dates are in UTC. Nothing for what is no date. Recorded on WooCommerce 10.0.2, 2026-11-23 (mod-after-…).
 */
export function readMoment(text: string, zone: Zone, isGmt: boolean): number | undefined {
  const match = isoPattern.exec(text);
  if (!match) return undefined;
  const whole = text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T');
  if (match[1] !== undefined) {
    const exact = Date.parse(whole);
    return Number.isNaN(exact) ? undefined : exact;
  }
  const wall = Date.parse(`${whole}Z`);
  if (Number.isNaN(wall)) return undefined;
  return isGmt ? wall : wall - zone.offsetMs(wall - zone.offsetMs(wall));
}

/** Both forms of a moment under its name, null where it never was. */
export function pair<N extends string>(
  name: N,
  ms: number | undefined,
  zone: Zone,
): Record<N | `${N}_gmt`, string | null> {
  const plain = ms === undefined ? null : local(ms, zone);
  const exact = ms === undefined ? null : gmt(ms);
  // Both keys are written here, which the computed names hide from the compiler.
  return { [name]: plain, [`${name}_gmt`]: exact } as Record<N | `${N}_gmt`, string | null>;
}
