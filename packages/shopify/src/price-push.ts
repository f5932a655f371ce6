import {
  chunk,
  isCommerceError,
  outcomesInOrder,
  type CommerceError,
  type ItemOutcome,
  type Price,
  type ReadOptions,
  type WriteOptions,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { variantsBySku } from './documents/prices.ts';
import { itemRefusals } from './item-refusal.ts';
import { orError } from './or-error.ts';
import { priceFit } from './price-fit.ts';
import { priceWrite, type PriceRow } from './price-write.ts';
import type { ShopCurrency } from './shop-currency.ts';
import { rowsBySku } from './sku-search.ts';
import type { WireVariant } from './wire/price.ts';

/** Variants in one call: input lists end at 250. shopify.dev, API limits, read 2026-11-23. */
export const variantsPerPush = 250;
const operation = 'prices.push';
/** Products that are written at the same time: a call is for one product, and most have few variants. */
const atOnce = 5;

/** What a push works with. */
interface PricePushSettings {
  readonly system: string;
  readonly currencyOf: ShopCurrency;
}

type Answer = 'ok' | CommerceError;
type Entry = Pick<PriceRow, 'index' | 'price'>;

/**
 * Sets what variants cost. A price is absolute, so a repeat changes nothing more. What Shopify has no price for in this
 * form is refused for itself before anything is sent; the rest goes product by product. None goes by a bulk operation: one
 * that Shopify carries out hours later would put an older price over a newer one.
 */
export function pricePush(client: ShopifyClient, settings: PricePushSettings) {
  const { system, currencyOf } = settings;
  const refusal = itemRefusals({ system, operation, failed: 'was not priced' });
  const fit = priceFit(refusal);
  const write = priceWrite(client, { system, operation }, refusal, variantsOf);

  return async function push(prices: readonly Price[], options: WriteOptions): Promise<readonly ItemOutcome<Price>[]> {
    const call = { lane: options.lane, signal: options.signal };
    const entries = [...prices.entries()].map(([index, price]) => ({ index, price }));
    const answers = await refusedUnsent(entries, call);
    const fitting = entries.filter(({ index }) => !answers.has(index));
    for (const part of chunk(fitting, variantsPerPush)) {
      for (const [index, answer] of await written(part, call)) answers.set(index, answer);
    }
    return outcomesInOrder(prices, (_price, index) => answers.get(index), { system, operation });
  };

  /** What can be said of prices without looking for their variants. */
  async function refusedUnsent(entries: readonly Entry[], call: ReadOptions): Promise<Map<number, Answer>> {
    const answers = new Map<number, Answer>();
    if (entries.length === 0) return answers;
    const own = await orError(currencyOf({ ...call, operation }));
    const bySku = Map.groupBy(entries, ({ price }) => price.sku);
    for (const { index, price } of entries) {
      const isTwin = (bySku.get(price.sku)?.length ?? 0) > 1;
      const unfit = isCommerceError(own) ? own : fit(price, own);
      const problem = unfit ?? (isTwin ? refusal.twice(price.sku) : undefined);
      if (problem) answers.set(index, problem);
    }
    return answers;
  }

  async function written(part: readonly Entry[], call: ReadOptions): Promise<ReadonlyMap<number, Answer>> {
    const { rows, answers } = await located(part, call);
    const products = [...Map.groupBy(rows, ({ variant }) => variant.product.id).values()];
    for (const some of chunk(products, atOnce)) {
      const ofProducts = await Promise.all(some.map((ofProduct) => answersOf(ofProduct, call)));
      for (const [index, answer] of ofProducts.flatMap((each) => [...each])) answers.set(index, answer);
    }
    return answers;
  }

  /** Prices with their variants, and why others have none. */
  async function located(part: readonly Entry[], call: ReadOptions) {
    const answers = new Map<number, Answer>();
    const skus = part.map(({ price }) => price.sku);
    const found = await orError(variantsOf(skus, call));
    const rows: PriceRow[] = [];
    for (const { index, price } of part) {
      const variant = isCommerceError(found) ? found : onlyVariant(price.sku, found.get(price.sku) ?? []);
      if (isCommerceError(variant)) answers.set(index, variant);
      else rows.push({ index, price, variant });
    }
    return { rows, answers };
  }

  /** When a product's call fails as a whole, that is the answer of each: what was not sent must not pass for sent. */
  async function answersOf(rows: readonly PriceRow[], call: ReadOptions): Promise<ReadonlyMap<number, Answer>> {
    const done = await orError(write(rows, call));
    return isCommerceError(done) ? new Map(rows.map(({ index }) => [index, done])) : done;
  }

  function onlyVariant(sku: string, found: readonly WireVariant[]): WireVariant | CommerceError {
    // A row that moves while Shopify builds its pages may stand on two of them.
    const [variant, ...others] = new Map(found.map((each) => [each.id, each])).values();
    if (!variant) return refusal.unknown(sku);
    // The search may not have the second one yet; the count has.
    const isShared = others.length > 0 || variant.inventoryItem.duplicateSkuCount > 0;
    return isShared ? refusal.several(sku) : variant;
  }

  function variantsOf(skus: readonly string[], call: ReadOptions) {
    return rowsBySku<WireVariant>(skus, async (filter, after) => {
      const variables = { filter, after };
      const { productVariants } = await client.run(variantsBySku, {
        operation,
        safety: 'read',
        variables,
        ...call,
      });
      return productVariants;
    });
  }
}
