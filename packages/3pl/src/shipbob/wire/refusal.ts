import * as z from 'zod';

/** Most refusals. developer.shipbob.com, API 2026-01, read 2026-11-23. */
export const codedRefusalSchema = z.object({ code: z.string(), message: z.string().nullish() });

/** A refused body: what is wrong, by field. */
export const fieldRefusalSchema = z.record(z.string(), z.array(z.string()));
