import * as z from 'zod';
import { optionalMany2one, recordId, rowOf, utcDatetime } from './value.ts';

// Product categories: recorded on Odoo 19.0, 2026-11-26.

const category = z.object({
  id: recordId,
  name: z.string().min(1),
  parent_id: optionalMany2one,
  parent_path: z.string().regex(/^(\d+\/)+$/),
  write_date: utcDatetime,
});
export type CategoryWire = z.output<typeof category>;
/** `parent_path` is the ids from the root down to its own: "1/5/". */
export const categoryRow = rowOf(category);
export const categoryNameRow = rowOf(z.object({ id: recordId, name: z.string().min(1) }));
