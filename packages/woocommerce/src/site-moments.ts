import type { ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';

interface MomentCall {
  readonly operation: string;
  readonly options?: ReadOptions | undefined;
}

/** Rows with their moments in UTC. */
export type SiteMoments = (rows: readonly unknown[], call: MomentCall) => Promise<readonly unknown[]>;

/** What the index of the API says of the site's clock: the name of a zone, or hours where it has only these. */
const zoneSchema = z.object({
  timezone_string: z.string().nullish(),
  gmt_offset: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
    ])
    .nullish(),
});

/**
 * Fills in moments in UTC that a row lacks, where it has them as the clock of the site showed them: plugins and imports
 * leave `date_created_gmt` out and `date_created` there. The zone is asked for once, and only where a row lacks one. Of an
 * hour that the site's clock showed twice, it is the first: a pull that looks back from it leaves nothing out.
 */
export function siteMoments(client: WooClient): SiteMoments {
  let known: Promise<(local: string) => string | undefined> | undefined;

  async function zone({ operation, options }: MomentCall): Promise<(local: string) => string | undefined> {
    const { data } = await client.get('', {
      operation,
      search: { _fields: 'timezone_string,gmt_offset' },
      answer: zoneSchema,
      options,
    });
    return utcIn(data.timezone_string ?? '', data.gmt_offset ?? undefined);
  }

  return async (rows, call) => {
    if (!rows.some((row) => lackingIn(row).length > 0)) return rows;
    known ??= zone(call);
    const utc = await known.catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return rows.map((row) => {
      const found = lackingIn(row).flatMap(([name, local]) => {
        const moment = utc(local);
        return moment === undefined ? [] : [[`${name}_gmt`, moment] as const];
      });
      return found.length === 0 ? row : { ...rowOf(row), ...Object.fromEntries(found) };
    });
  };
}

const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

/** The names and values of moments that are there by the site's clock alone. */
function lackingIn(row: unknown): readonly (readonly [string, string])[] {
  const fields = rowOf(row);
  return Object.entries(fields).flatMap(([name, value]) => {
    const isLocal =
      name.startsWith('date_') && !name.endsWith('_gmt') && typeof value === 'string' && local.test(value);
    return isLocal && (fields[`${name}_gmt`] ?? undefined) === undefined ? [[name, value] as const] : [];
  });
}

function rowOf(row: unknown): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).safeParse(row).data ?? {};
}

/** Nothing where the site does not say in which zone it is: then nobody knows the moment. */
function utcIn(zone: string, hours: number | undefined): (local: string) => string | undefined {
  const offsetAt = offsetOf(zone) ?? (hours === undefined ? undefined : () => hours * 3_600_000);
  return (text) => {
    const wall = Date.parse(`${text}Z`);
    if (!offsetAt || Number.isNaN(wall)) return undefined;
    // An offset moves by an hour or two at a time: those of a day before and behind are all that there may be.
    const candidates = [wall - dayMs, wall + dayMs].map((at) => wall - offsetAt(at));
    const right = candidates.filter((at) => at + offsetAt(at) === wall);
    const first = Math.min(...(right.length > 0 ? right : candidates));
    return new Date(first).toISOString().slice(0, 19);
  };
}

const dayMs = 86_400_000;

function offsetOf(zone: string): ((at: number) => number) | undefined {
  if (zone === '') return undefined;
  try {
    const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    return (at) => {
      const name = clock.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
      return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    };
  } catch {
    // No zone that this runtime knows.
    return undefined;
  }
}
