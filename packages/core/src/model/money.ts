import * as z from 'zod';

/** A decimal string: digits, an optional sign and an optional fraction; no exponent, no separators. */
export const decimalSchema = z.string().regex(/^-?\d+(\.\d+)?$/);

/** An ISO 4217 code in capitals. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/);

/** A decimal string and an ISO 4217 code. Never a float; adding two currencies is refused. */
export const moneySchema = z.object({ amount: decimalSchema, currency: currencySchema }).readonly();
export type Money = z.infer<typeof moneySchema>;
