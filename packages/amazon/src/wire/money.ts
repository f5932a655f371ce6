import * as z from 'zod';

/** An amount as orders and offers have it: a decimal as text. Model of 2026-08-05. */
export const moneySchema = z.object({ amount: z.string(), currencyCode: z.string() });
export type WireMoney = z.infer<typeof moneySchema>;
