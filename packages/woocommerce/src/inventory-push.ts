import {
  chunk,
  CommerceError,
  isCommerceError,
  type ItemOutcome,
  type StockUpdate,
  type WriteOptions,
} from '@crossdock/core';
import type { WooClient } from './client.ts';
import { batchRefusal, itemRefusal, movedSku, oneProduct, repeatedSkus, type PushedItem } from './item-refusals.ts';
import { batchSize, type ProductBatch } from './product-batch.ts';
import { productsBySku } from './product-lookup.ts';
import { shopStock } from './stock-level.ts';
import type { Turns } from './turns.ts';
import type { WireProduct } from './wire/product.ts';

export interface StockSettings {
  readonly system: string;
  readonly countStock: boolean;
}

const operation = 'inventory.push';

/**
 * Sets the stock of many SKUs. WooCommerce compares nothing and has no key, so the number there is read just before it is
 * written: what shows the wanted one already is left alone, and a lost answer is settled by looking again. One push at a
 * time, so that two of them do not pass between each other's reading and writing. Stopped once something was sent it
 * answers for every item: what was under way is `write.uncertain`, what was not sent yet `call.aborted`.
 */
export function inventoryPush(client: WooClient, batch: ProductBatch, line: Turns, settings: StockSettings) {
  return async function push(
    updates: readonly StockUpdate[],
    options: WriteOptions,
  ): Promise<readonly ItemOutcome<StockUpdate>[]> {
    if (updates.length === 0) return [];
    return line.take({ ...options, operation }, async () => {
      const verdicts = new Map<StockUpdate, Verdict>();
      const repeated = repeatedSkus(updates);
      for (const update of updates) {
        const error = misfit(update, repeated, settings.system);
        if (error) verdicts.set(update, error);
      }
      const fit = updates.filter((update) => !verdicts.has(update));
      for (const [index, part] of chunk(fit, batchSize).entries()) {
        try {
          await pushPart(part, options, verdicts);
        } catch (error) {
          // Of the first part nothing was written: the whole push did not happen.
          if (index === 0 || !isCommerceError(error)) throw error;
          for (const update of part) if (!verdicts.has(update)) verdicts.set(update, error);
        }
      }
      return updates.map((item) => outcomeOf(item, verdicts.get(item), settings.system));
    });
  };

  async function pushPart(
    part: readonly StockUpdate[],
    options: WriteOptions,
    verdicts: Map<StockUpdate, Verdict>,
  ): Promise<void> {
    const skus = part.map(({ sku }) => sku);
    const found = await productsBySku(client, skus, { operation, options });
    const changes = new Map<number, { readonly update: StockUpdate; readonly product: WireProduct }>();
    for (const update of part) {
      const product = writable(update, found.get(update.sku), settings);
      if (isCommerceError(product)) verdicts.set(update, product);
      else if (isShown(product, update)) verdicts.set(update, 'ok');
      else changes.set(product.id, { update, product });
    }
    const answers = await batch.send(
      [...changes.values()].map(({ update, product }) => ({ product, fields: fieldsOf(update, product) })),
      { operation, safety: 'once', options },
    );
    const unsure: StockUpdate[] = [];
    for (const [id, { update }] of changes) {
      const answer = answers.get(id);
      const item = itemOf(update, settings.system);
      if (answer === undefined) unsure.push(update);
      else if (isCommerceError(answer)) verdicts.set(update, answer);
      else if ('error' in answer) verdicts.set(update, batchRefusal(item, answer.error.code));
      else verdicts.set(update, written(item, update, answer));
      if (isCommerceError(answer) && answer.code === 'write.uncertain') unsure.push(update);
    }
    if (unsure.length > 0) await settle(unsure, options, verdicts);
  }

  /** What nobody answered for is looked up: a number that is there was written. Else the doubt stays, and a replay decides. */
  async function settle(
    unsure: readonly StockUpdate[],
    options: WriteOptions,
    verdicts: Map<StockUpdate, Verdict>,
  ): Promise<void> {
    const skus = unsure.map(({ sku }) => sku);
    const found = await productsBySku(client, skus, { operation, options }).catch((error: unknown) => {
      if (isCommerceError(error)) return undefined;
      throw error;
    });
    for (const update of unsure) {
      const [product] = found?.get(update.sku) ?? [];
      if (product && isShown(product, update)) verdicts.set(update, 'ok');
    }
  }
}

type Verdict = 'ok' | CommerceError;

function outcomeOf(item: StockUpdate, verdict: Verdict | undefined, system: string): ItemOutcome<StockUpdate> {
  if (verdict === 'ok') return { item, ok: true };
  if (verdict) return { item, ok: false, error: verdict };
  const error = new CommerceError({
    code: 'write.uncertain',
    system,
    operation,
    message: `"${system}" answered \`${operation}\`, but said nothing of "${item.sku}"; its stock may be set. Replay: a number that is there is not written again.`,
  });
  return { item, ok: false, error };
}

/** WooCommerce takes anything in a batch, so it is looked at here. recorded on WooCommerce 10.0.2, 2026-11-23 */
function misfit(update: StockUpdate, repeated: ReadonlySet<string>, system: string): CommerceError | undefined {
  const item = itemOf(update, system);
  const { sku, available, location } = update;
  if (repeated.has(sku)) {
    return itemRefusal(item, 'record.duplicate', 'the call has two numbers for it', 'Decide which one counts.');
  }
  if (sku.trim() === '') return itemRefusal(item, 'record.invalid', 'a blank SKU is none', 'Give its SKU.');
  if (!Number.isSafeInteger(available) || available < 0) {
    const next = 'Pass a whole number from 0.';
    return itemRefusal(item, 'record.invalid', `"${available}" is no number of units`, next);
  }
  if (location && (location.system !== system || location.id !== shopStock)) {
    const next = `Leave the location out, or pass "${shopStock}".`;
    return itemRefusal(item, 'record.invalid', `the shop has one stock, and "${location.id}" is not it`, next);
  }
  return undefined;
}

function writable(
  update: StockUpdate,
  found: readonly WireProduct[] | undefined,
  { system, countStock }: StockSettings,
): WireProduct | CommerceError {
  const item = itemOf(update, system);
  const product = oneProduct(item, found);
  if (isCommerceError(product)) return product;
  if (product.manage_stock === 'parent') {
    const seen = `it is counted together with the other variations of product "${product.parent_id}"`;
    return itemRefusal(
      item,
      'record.rejected',
      seen,
      'Set the stock of the product, or have the variation counted alone.',
    );
  }
  if (!product.manage_stock && !countStock) {
    const next = 'Switch "Track stock quantity" on there, or make the connector with countStock: true.';
    return itemRefusal(item, 'record.rejected', 'the product counts no stock', next);
  }
  if (update.expected === undefined || isShown(product, update)) return product;
  const shown = product.manage_stock ? product.stock_quantity : null;
  if (shown === update.expected) return product;
  const seen = `the shop shows "${shown ?? 'no number'}", expected was "${update.expected}"`;
  return itemRefusal(item, 'stock.stale', seen, 'Reckon with what it shows, then push again.');
}

function isShown({ manage_stock, stock_quantity }: WireProduct, { available }: StockUpdate): boolean {
  return manage_stock !== false && stock_quantity === available;
}

function fieldsOf({ available }: StockUpdate, { manage_stock }: WireProduct): Readonly<Record<string, unknown>> {
  return { ...(manage_stock === false && { manage_stock: true }), stock_quantity: available };
}

/** Whether the answer shows what was sent, on the product that it was sent to. */
function written(
  item: PushedItem,
  { available, sku }: StockUpdate,
  answer: { readonly sku: string; readonly stock_quantity?: number | null | undefined },
): Verdict {
  if (answer.sku !== sku) return movedSku(item, answer.sku);
  if (answer.stock_quantity === available) return 'ok';
  const seen = `the shop shows "${answer.stock_quantity ?? 'no number'}" behind it`;
  return itemRefusal(item, 'record.rejected', seen, 'Look for a plugin that keeps the stock there.');
}

function itemOf({ sku }: { readonly sku: string }, system: string): PushedItem {
  return { sku, system, operation };
}
