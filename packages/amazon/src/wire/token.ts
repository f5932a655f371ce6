import * as z from 'zod';

/** What Login with Amazon answers to a refresh. developer-docs.amazon.com, read 2026-08-18. */
export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** Its refusals, which are flat and unlike those of the API. */
export const tokenRefusalSchema = z.object({ error: z.string() });
