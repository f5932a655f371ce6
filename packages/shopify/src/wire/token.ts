import * as z from 'zod';

/** The answer to a client-credentials grant. Its token lives 24 hours. shopify.dev, read 2026-11-23. */
export const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
