import { currencySchema, decimalSchema, money } from '@crossdock/core';
import * as z from 'zod';

/** `MoneyV2`: the amount arrives as a JSON string with as few digits as it needs, "4.0". Admin API 2026-07. */
const wireMoneySchema = z
  .object({ amount: decimalSchema, currencyCode: currencySchema })
  .transform(({ amount, currencyCode }) => money(amount, currencyCode));

/** A `MoneyBag` of which only the shop's currency was asked for. */
export const shopMoneySchema = z.object({ shopMoney: wireMoneySchema });

/** A `MoneyBag`: the same amount in the shop's and in the buyer's currency. */
export const moneyBagSchema = z.object({ shopMoney: wireMoneySchema, presentmentMoney: wireMoneySchema });
export type MoneyBag = z.infer<typeof moneyBagSchema>;
