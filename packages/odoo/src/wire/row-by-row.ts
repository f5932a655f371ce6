import * as z from 'zod';
import { recordId, utcDatetime, type Row } from './value.ts';

/** A record that could be read, or what can be said of one that could not. */
export type Reading<T> =
  | { readonly row: T; readonly stamp: Stamp; readonly misfit?: undefined }
  | { readonly misfit: string; readonly stamp: Stamp; readonly linkOf: (field: string) => number | undefined };
export type Unreadable = Extract<Reading<never>, { readonly misfit: string }>;

/** What tells a record and its state, as far as it can be read. */
interface Stamp {
  readonly id: number | undefined;
  readonly writtenAt: string | undefined;
}

/** Reads each record for itself: one that does not fit its schema stands beside the others, and stops none of them. */
export function rowByRow<T>({ fields, schema }: Row<T>): Row<Reading<T>> {
  return {
    fields,
    schema: z.unknown().transform((raw): Reading<T> => {
      const { id, write_date: writtenAt } = identified.parse(raw);
      const stamp = { id, writtenAt };
      const parsed = schema.safeParse(raw);
      if (parsed.success) return { row: parsed.data, stamp };
      const linkOf = (field: string) => link.parse(record.parse(raw)[field]);
      return { misfit: misfitOf(parsed.error), stamp, linkOf };
    }),
  };
}

/** The records that could be read. */
export function readable<T>(readings: readonly Reading<T>[]): T[] {
  return readings.flatMap((reading) => (reading.misfit === undefined ? [reading.row] : []));
}

/** Those that could not. */
export function unreadable<T>(readings: readonly Reading<T>[]): Unreadable[] {
  return readings.flatMap((reading) => (reading.misfit === undefined ? [] : [reading]));
}

const record = z.record(z.string(), z.unknown()).catch({});
const identified = z
  .object({ id: recordId.optional().catch(undefined), write_date: utcDatetime.optional().catch(undefined) })
  .catch({ id: undefined, write_date: undefined });
const link = z
  .tuple([recordId], z.unknown())
  .transform(([id]): number | undefined => id)
  .catch(undefined);

/** Names of fields, never their values. */
function misfitOf({ issues }: z.ZodError): string {
  const places = new Set(issues.map(({ path }) => `"${path.map(String).join('.')}"`));
  return [...places].slice(0, 3).join(', ');
}
