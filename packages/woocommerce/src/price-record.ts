import { compareMoney, type Money, type Price } from '@crossdock/core';
import { toMoney } from './amounts.ts';
import type { WireProduct } from './wire/product.ts';

/** What a product shows of its prices. */
type ShownPrices = Pick<
  WireProduct,
  'sku' | 'regular_price' | 'sale_price' | 'date_on_sale_from_gmt' | 'date_on_sale_to_gmt'
>;

/**
 * The price of a product as `prices.push` takes it: the regular one, or the reduced one that is compared with it, with its
 * time. One whose time is over counts no more. `undefined` where there is none.
 */
export function toPrice(shown: ShownPrices, currency: string, now: number): Price | undefined {
  const [regular, sale] = [amountOf(shown.regular_price, currency), amountOf(shown.sale_price, currency)];
  const validFrom = momentOf(shown.date_on_sale_from_gmt);
  const validUntil = momentOf(shown.date_on_sale_to_gmt);
  const isOver = validUntil !== undefined && Date.parse(validUntil) <= now;
  const isReduced = sale !== undefined && !isOver && (regular === undefined || compareMoney(sale, regular) < 0);
  if (!isReduced) return regular && { sku: shown.sku, amount: regular };
  return {
    sku: shown.sku,
    amount: sale,
    ...(regular && { compareAt: regular }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
  };
}

/** What a buyer is asked now, which the shop changes to in a job of its own. `undefined` for what is not for sale. */
export function toPriceNow(shown: ShownPrices & { readonly price: string }, currency: string): Price | undefined {
  const asked = amountOf(shown.price, currency);
  if (asked === undefined) return undefined;
  const regular = amountOf(shown.regular_price, currency);
  const validUntil = momentOf(shown.date_on_sale_to_gmt);
  const isReduced = regular !== undefined && compareMoney(asked, regular) < 0;
  return {
    sku: shown.sku,
    amount: asked,
    ...(isReduced && { compareAt: regular, ...(validUntil !== undefined && { validUntil }) }),
  };
}

/** Nothing where the field is empty, or holds what is no amount and so is none for WooCommerce either. */
function amountOf(text: string, currency: string): Money | undefined {
  return /^\d+(\.\d+)?$/.test(text) ? toMoney(text, currency) : undefined;
}

function momentOf(gmt: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(gmt) && !Number.isNaN(Date.parse(`${gmt}Z`)) ? `${gmt}Z` : undefined;
}
