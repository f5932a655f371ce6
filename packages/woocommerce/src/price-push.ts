import {
  CommerceError,
  isCommerceError,
  type Clock,
  type ItemOutcome,
  type Price,
  type WriteOptions,
} from '@crossdock/core';
import type { BatchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import { batchRefusal, itemRefusal, movedSku, oneProduct, repeatedSkus, type PushedItem } from './item-refusals.ts';
import { fieldsOfPlan, priceMisfit, pricePlan, showsPlan, type PricePlan } from './price-plan.ts';
import type { ProductBatch } from './product-batch.ts';
import { productsBySku } from './product-lookup.ts';
import { isEnded, pushInParts, type Verdict } from './part-push.ts';
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
  { batch, size, line }: { readonly batch: ProductBatch; readonly size: BatchSize; readonly line: Turns },
  currencyOf: ReturnType<typeof shopCurrency>,
  { system, clock }: PriceSettings,
) {
  return async function push(prices: readonly Price[], options: WriteOptions): Promise<readonly ItemOutcome<Price>[]> {
    if (prices.length === 0) return [];
    return line.take({ ...options, operation }, async () => {
      const currency = await currencyOf(operation, options);
      const misfits = new Map<Price, CommerceError>();
      const repeated = repeatedSkus(prices);
      for (const price of prices) {
        const item = itemOf(price, system);
        const error = repeated.has(price.sku)
          ? itemRefusal(item, 'record.duplicate', 'the call has two prices for it', 'Decide which one counts.')
          : priceMisfit(item, price, currency);
        if (error) misfits.set(price, error);
      }
      const fit = prices.filter((price) => !misfits.has(price));
      const verdicts = await pushInParts(fit, size, (part) => pushPart(part, options));
      return prices.map((item) => outcomeOf(item, misfits.get(item) ?? verdicts.get(item), system));
    });
  };

  async function pushPart(part: readonly Price[], options: WriteOptions): Promise<ReadonlyMap<Price, Verdict>> {
    const verdicts = new Map<Price, Verdict>();
    const changes = new Map<number, Change>();
    const found = await lookUp(part, options);
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
      { operation, options },
    );
    const unsure: Change[] = [];
    for (const [id, change] of changes) {
      const { price, plan } = change;
      const answer = answers.get(id);
      const item = itemOf(price, system);
      if (answer === undefined) unsure.push(change);
      else if (isCommerceError(answer)) verdicts.set(price, answer);
      else if ('error' in answer) verdicts.set(price, batchRefusal(item, answer.error.code));
      else if (answer.sku !== price.sku) verdicts.set(price, movedSku(item, answer.sku));
      else verdicts.set(price, showsPlan(answer, plan, clock.now()) ? 'ok' : otherwise(item));
      if (isCommerceError(answer) && answer.code === 'write.uncertain') unsure.push(change);
    }
    if (unsure.length > 0) await settle(unsure, options, verdicts);
    return verdicts;
  }

  /** What nobody answered for is looked up. What PHP did not come to before it ended is done again, else the doubt stays. */
  async function settle(
    unsure: readonly Change[],
    options: WriteOptions,
    verdicts: Map<Price, Verdict>,
  ): Promise<void> {
    const found = await lookUp(
      unsure.map(({ price }) => price),
      options,
    ).catch((error: unknown) => {
      if (isCommerceError(error)) return undefined;
      throw error;
    });
    for (const { price, plan } of unsure) {
      const [product] = found?.get(price.sku) ?? [];
      const error = verdicts.get(price);
      if (product && showsPlan(product, plan, clock.now())) verdicts.set(price, 'ok');
      else if (found && isCommerceError(error) && isEnded(error)) verdicts.set(price, { again: error });
    }
  }

  function lookUp(prices: readonly Price[], options: WriteOptions) {
    const skus = prices.map(({ sku }) => sku);
    return productsBySku(client, skus, { operation, options });
  }
}

type Change = { readonly price: Price; readonly plan: PricePlan; readonly product: WireProduct };

function outcomeOf(item: Price, verdict: 'ok' | CommerceError | undefined, system: string): ItemOutcome<Price> {
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
