import * as z from 'zod';

/** UTC without a zone: "2026-11-23T12:36:43". Only the fields that end in `_gmt` are; the others are local time. */
export const gmtSchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
  .transform((local) => `${local}Z`)
  // A plugin may have written what no calendar has: "0000-00-00T00:00:00".
  .refine((moment) => isMoment(moment));

function isMoment(written: string): boolean {
  const ms = Date.parse(written);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === written.replace('Z', '.000Z');
}
