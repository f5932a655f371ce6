import * as z from 'zod';
import { gmtSchema } from './moment.ts';

/** Rows of a list, each of which is read for itself: one that cannot be read does not hide the others. */
export const rowsSchema = z.array(z.unknown());

/** As little as tells a record from another where the rest cannot be read, and where it stands in time. */
export const rowHeadSchema = z.object({
  id: z.int().nonnegative(),
  date_modified_gmt: gmtSchema.nullish().catch(undefined),
});
