import {
  chunk,
  CommerceError,
  isCommerceError,
  type Clock,
  type ItemOutcome,
  type Price,
  type WriteOptions,
} from '@crossdock/core';
import type { WooClient } from './client.ts';
import { batchRefusal, itemRefusal, movedSku, oneProduct, repeatedSkus, type PushedItem } from './item-refusals.ts';
import { fieldsOfPlan, priceMisfit, pricePlan, showsPlan, type PricePlan } from './price-plan.ts';
import { batchSize, type ProductBatch } from './product-batch.ts';
import { productsBySku } from './product-lookup.ts';
import type { shopCurrency } from './shop-currency.ts';
import type { Turns } from './turns.ts';
import type { WireProduct } from './wire/product.ts';

const operation = 'prices.push';

export interface PriceSettings {
  readonly system: string;
  readonly clock: Clock;
}

/**
 * Sets the prices of many SKUs: the regular one, and a reduced one where it is compared with another. An amount is sent as
 * it is; whether it holds the tax is the shop's setting. What shows it already is left alone. Stopped once something was
 * sent it answers for every item: what was under way is `write.uncertain`, what was not sent yet `call.aborted`.
 */
export function pricePush(
  client: WooClient,
  batch: ProductBatch,
  line: Turns,
  currencyOf: ReturnType<typeof shopCurrency>,
  { system, clock }: PriceSettings,
) {
  return async function push(prices: readonly Price[], options: WriteOptions): Promise<readonly ItemOutcome<Price>[]> {
    if (prices.length === 0) return [];
    return line.take({ ...options, operation }, async () => {
      const currency = await currencyOf(operation, options);
      const verdicts = new Map<Price, Verdict>();
      const repeated = repeatedSkus(prices);
      for (const price of prices) {
        const item = itemOf(price, system);
        const error = repeated.has(price.sku)
          ? itemRefusal(item, 'record.duplicate', 'the call has two prices for it', 'Decide which one counts.')
          : priceMisfit(item, price, currency);
        if (error) verdicts.set(price, error);
      }
      const fit = prices.filter((price) => !verdicts.has(price));
      for (const [index, part] of chunk(fit, batchSize).entries()) {
        try {
          await pushPart(part, options, verdicts);
        } catch (error) {
          // Of the first part nothing was written: the whole push did not happen.
          if (index === 0 || !isCommerceError(error)) throw error;
          for (const price of part) if (!verdicts.has(price)) verdicts.set(price, error);
        }
      }
      return prices.map((item) => outcomeOf(item, verdicts.get(item), system));
    });
  };

  async function pushPart(part: readonly Price[], options: WriteOptions, verdicts: Map<Price, Verdict>): Promise<void> {
    const skus = part.map(({ sku }) => sku);
    const found = await productsBySku(client, skus, { operation, options });
    const changes = new Map<number, Change>();
    for (const price of part) {
      const item = itemOf(price, system);
      const product = oneProduct(item, found.get(price.sku));
      const plan = isCommerceError(product) ? product : pricePlan(item, price, product);
      if (isCommerceError(plan)) verdicts.set(price, plan);
      else if (isCommerceError(product)) verdicts.set(price, product);
      else if (showsPlan(product, plan, clock.now())) verdicts.set(price, 'ok');
      else changes.set(product.id, { price, plan, product });
    }
    const answers = await batch.send(
      [...changes.values()].map(({ plan, product }) => ({ product, fields: fieldsOfPlan(plan) })),
      { operation, safety: 'repeatable', options },
    );
    for (const [id, { price, plan }] of changes) {
      const answer = answers.get(id);
      const item = itemOf(price, system);
      if (answer === undefined) continue;
      if (isCommerceError(answer)) verdicts.set(price, answer);
      else if ('error' in answer) verdicts.set(price, batchRefusal(item, answer.error.code));
      else if (answer.sku !== price.sku) verdicts.set(price, movedSku(item, answer.sku));
      else verdicts.set(price, showsPlan(answer, plan, clock.now()) ? 'ok' : otherwise(item));
    }
  }
}

type Verdict = 'ok' | CommerceError;
type Change = { readonly price: Price; readonly plan: PricePlan; readonly product: WireProduct };

function outcomeOf(item: Price, verdict: Verdict | undefined, system: string): ItemOutcome<Price> {
  if (verdict === 'ok') return { item, ok: true };
  if (verdict) return { item, ok: false, error: verdict };
  const error = new CommerceError({
    code: 'write.uncertain',
    system,
    operation,
    message: `"${system}" answered \`${operation}\`, but said nothing of "${item.sku}"; its price may be set. Replay: a price that is there is not written again.`,
  });
  return { item, ok: false, error };
}

function otherwise(item: PushedItem): CommerceError {
  const next = 'Look for a plugin that keeps the prices there.';
  return itemRefusal(item, 'record.rejected', 'the shop shows another price or another time behind it', next);
}

function itemOf({ sku }: Price, system: string): PushedItem {
  return { sku, system, operation };
}
