import { compareMoney, equalMoney, type CommerceError, type Money, type Price } from '@crossdock/core';
import { toMoney } from './amounts.ts';
import { itemRefusal, type PushedItem } from './item-refusals.ts';
import type { WireProduct } from './wire/product.ts';

/** What a product's price becomes. `sale` is the reduced price and its time, or none. */
export interface PricePlan {
  readonly regular: Money;
  readonly sale: { readonly amount: Money; readonly from: string; readonly until: string } | undefined;
}

/** Why a price cannot be said in WooCommerce, whatever the product. */
export function priceMisfit(item: PushedItem, price: Price, currency: string): CommerceError | undefined {
  const { amount, compareAt, list, minimumQuantity, validFrom, validUntil } = price;
  if (price.sku.trim() === '') return invalid(item, 'a blank SKU is none', 'Give its SKU.');
  if (list !== undefined) return invalid(item, `WooCommerce has no price list "${list}"`, 'Leave the list out.');
  if (minimumQuantity !== undefined && minimumQuantity > 1) {
    const seen = `WooCommerce has no price from ${minimumQuantity} units on`;
    return invalid(item, seen, 'Leave minimumQuantity out, or use a plugin for it.');
  }
  for (const money of compareAt ? [amount, compareAt] : [amount]) {
    // WooCommerce reads "1,50" as 150 and "abc" as no price, without a word. recorded on 10.0.2, 2026-11-23
    if (!/^\d{1,15}(\.\d{1,8})?$/.test(money.amount)) {
      return invalid(item, 'its amount is no decimal number from 0', 'Pass one such as "12.50".');
    }
    if (money.currency !== currency) {
      return invalid(item, `it is in "${money.currency}", the shop sells in "${currency}"`, 'Convert it first.');
    }
  }
  if (compareAt && compareMoney(compareAt, amount) < 0) {
    return invalid(item, 'it is more than the price it is compared with', 'Correct one of the two.');
  }
  for (const moment of [validFrom, validUntil]) {
    if (moment !== undefined && Number.isNaN(Date.parse(moment))) {
      return invalid(item, 'its time is no moment', 'Pass one such as "2026-12-01T00:00:00Z".');
    }
  }
  if (validFrom !== undefined && validUntil !== undefined && Date.parse(validUntil) <= Date.parse(validFrom)) {
    return invalid(item, 'it ends before it begins', 'Correct one of the two.');
  }
  return undefined;
}

/** What becomes of the product's two prices, or why it cannot be. */
export function pricePlan(item: PushedItem, price: Price, product: WireProduct): PricePlan | CommerceError {
  const { amount, compareAt, validFrom, validUntil } = price;
  if (product.type === 'variable' || product.type === 'grouped') {
    const seen = `it is a ${product.type} product, whose parts have the prices`;
    return itemRefusal(item, 'record.rejected', seen, 'Push a price for each of them.');
  }
  const isTimed = validFrom !== undefined || validUntil !== undefined;
  const isReduced = compareAt !== undefined && compareMoney(compareAt, amount) > 0;
  if (!isTimed) return { regular: isReduced ? compareAt : amount, sale: isReduced ? saleOf(amount) : undefined };
  // Only a reduced price has a time in WooCommerce.
  const regular = compareAt ?? shownMoney(product.regular_price, amount.currency);
  if (regular === undefined || compareMoney(regular, amount) <= 0) {
    const seen = 'WooCommerce knows a time only for a price below the regular one';
    return itemRefusal(item, 'record.invalid', seen, 'Pass compareAt as well, or push it when its time comes.');
  }
  return { regular, sale: saleOf(amount, validFrom, validUntil) };
}

/** What a product, or an answer about one, shows of its prices. */
type ShownPrices = Pick<WireProduct, 'regular_price' | 'sale_price' | 'date_on_sale_from_gmt' | 'date_on_sale_to_gmt'>;

/**
 * Whether all of it is shown. A beginning that is past counts as shown where there is none: a daily job of the shop takes
 * it away from a sale that began. WooCommerce source, wc_scheduled_sales, read 2026-11-26
 */
export function showsPlan(shown: ShownPrices, { regular, sale }: PricePlan, now: number): boolean {
  const from = sale?.from ?? '';
  const hasBegun = shown.date_on_sale_from_gmt === '' && from <= gmtOf(now);
  return (
    same(shown.regular_price, regular) &&
    same(shown.sale_price, sale?.amount, regular.currency) &&
    (shown.date_on_sale_from_gmt === from || hasBegun) &&
    shown.date_on_sale_to_gmt === (sale?.until ?? '')
  );
}

/** What is sent. An empty text takes a field away; null would be read as "not sent". WooCommerce source, read 2026-11-23 */
export function fieldsOfPlan({ regular, sale }: PricePlan): Readonly<Record<string, string>> {
  return {
    regular_price: regular.amount,
    sale_price: sale?.amount.amount ?? '',
    date_on_sale_from_gmt: sale?.from ?? '',
    date_on_sale_to_gmt: sale?.until ?? '',
  };
}

function saleOf(amount: Money, from?: string, until?: string): NonNullable<PricePlan['sale']> {
  return { amount, from: textOf(from), until: textOf(until) };
}

function textOf(moment: string | undefined): string {
  return moment === undefined ? '' : gmtOf(Date.parse(moment));
}

/** UTC without a zone, in whole seconds. */
function gmtOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

function same(text: string, wanted: Money | undefined, currency: string = wanted?.currency ?? ''): boolean {
  const shown = shownMoney(text, currency);
  return shown === undefined || wanted === undefined ? shown === wanted : equalMoney(shown, wanted);
}

/** None where the field is empty, or holds what is no amount and so is none for us. */
function shownMoney(text: string, currency: string): Money | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? toMoney(text, currency) : undefined;
}

function invalid(item: PushedItem, seen: string, next: string): CommerceError {
  return itemRefusal(item, 'record.invalid', seen, next);
}
