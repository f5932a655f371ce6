import * as z from 'zod';

// Answers of the token address, by grant. shopify.dev, access tokens, read 2026-11-23.

/** The answer to a client-credentials grant, whose token lives 24 hours, and to an exchange for an online token. */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  scope: z.string().optional(),
});

/** An expiring offline token: an hour, and a refresh token of 90 days that is another one after every use. */
export const offlineTokenSchema = tokenSchema.extend({
  refresh_token: z.string().min(1),
  refresh_token_expires_in: z.number().positive(),
});
export type WireOfflineToken = z.infer<typeof offlineTokenSchema>;

/** What a refused grant says besides its status: a word such as `invalid_grant`, beside a sentence that we do not repeat. RFC 6749, 5.2. */
export const grantErrorSchema = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });
