import { money, type Money } from '@crossdock/core';
import * as z from 'zod';

/**
 * `MoneyV2`: the amount arrives as a JSON string with as few digits as it needs, "4.0". Admin API 2026-07. Only text is
 * asked for here: `toMoney` refuses what is no amount, and checking it twice costs as much as the rest of the order.
 */
const wireMoneySchema = z.object({ amount: z.string(), currencyCode: z.string() });
export type WireMoney = z.infer<typeof wireMoneySchema>;

/** A `MoneyBag` of which only the shop's currency was asked for. */
export const shopMoneySchema = z.object({ shopMoney: wireMoneySchema });

/** A `MoneyBag`: the same amount in the shop's and in the buyer's currency. */
export const moneyBagSchema = z.object({ shopMoney: wireMoneySchema, presentmentMoney: wireMoneySchema });
export type MoneyBag = z.infer<typeof moneyBagSchema>;

/** Throws `money.invalid` for what is no amount or no currency. */
export function toMoney({ amount, currencyCode }: WireMoney): Money {
  return money(amount, currencyCode);
}
