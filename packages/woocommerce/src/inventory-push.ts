import {
  CommerceError,
  isCommerceError,
  type Clock,
  type ItemOutcome,
  type StockUpdate,
  type WriteOptions,
} from '@crossdock/core';
import type { BatchSize } from './batch-size.ts';
import type { WooClient } from './client.ts';
import { salesWatch } from './sales-watch.ts';
import { batchRefusal, itemRefusal, movedSku, oneProduct, repeatedSkus, type PushedItem } from './item-refusals.ts';
import type { ProductBatch } from './product-batch.ts';
import { productsBySku } from './product-lookup.ts';
import { isEnded, pushInParts, type Verdict } from './part-push.ts';
import { shopStock } from './stock-level.ts';
import type { Turns } from './turns.ts';
import type { WireProduct } from './wire/product.ts';

export interface StockSettings {
  readonly system: string;
  readonly countStock: boolean;
  readonly clock: Clock;
}

const operation = 'inventory.push';

/**
 * Sets the stock of many SKUs. WooCommerce compares nothing and has no key, so the number there is read just before it is
 * written: what shows the wanted one already is left alone, and a lost answer is settled by looking again. One push at a
 * time, so that two of them do not pass between each other's reading and writing. Stopped once something was sent it
 * answers for every item: what was under way is `write.uncertain`, what was not sent yet `call.aborted`.
 */
export function inventoryPush(
  client: WooClient,
  { batch, size, line }: { readonly batch: ProductBatch; readonly size: BatchSize; readonly line: Turns },
  settings: StockSettings,
) {
  const { system, clock } = settings;
  return async function push(
    updates: readonly StockUpdate[],
    options: WriteOptions,
  ): Promise<readonly ItemOutcome<StockUpdate>[]> {
    if (updates.length === 0) return [];
    return line.take({ ...options, operation }, async () => {
      const misfits = new Map<StockUpdate, CommerceError>();
      const repeated = repeatedSkus(updates);
      for (const update of updates) {
        const error = misfit(update, repeated, system);
        if (error) misfits.set(update, error);
      }
      const fit = updates.filter((update) => !misfits.has(update));
      const verdicts = await pushInParts(fit, size, (part) => pushPart(part, options));
      return updates.map((item) => outcomeOf(item, misfits.get(item) ?? verdicts.get(item), system));
    });
  };

  async function pushPart(
    part: readonly StockUpdate[],
    options: WriteOptions,
  ): Promise<ReadonlyMap<StockUpdate, Verdict>> {
    const verdicts = new Map<StockUpdate, Verdict>();
    const changes = new Map<number, { readonly update: StockUpdate; readonly product: WireProduct }>();
    const sales = await salesWatch(
      client,
      part.some(({ expected }) => expected !== undefined),
      { operation, options },
    );
    const found = await lookUp(part, options);
    for (const update of part) {
      const product = writable(update, found.get(update.sku), settings);
      if (isCommerceError(product)) verdicts.set(update, product);
      else if (isShown(product, update)) verdicts.set(update, 'ok');
      else changes.set(product.id, { update, product });
    }
    const answers = await batch.send(
      [...changes.values()].map(({ update, product }) => ({ product, fields: fieldsOf(update, product) })),
      { operation, options },
    );
    const unsure = new Map<StockUpdate, CommerceError | undefined>();
    for (const [id, { update }] of changes) {
      const answer = answers.get(id);
      const item = itemOf(update, system);
      if (answer === undefined) unsure.set(update, undefined);
      else if (isCommerceError(answer)) verdicts.set(update, answer);
      else if ('error' in answer) verdicts.set(update, batchRefusal(item, answer.error.code));
      else verdicts.set(update, written(item, update, answer));
      if (isCommerceError(answer) && answer.code === 'write.uncertain') unsure.set(update, answer);
    }
    if (unsure.size > 0) await settle(unsure, options, verdicts);
    const sure = [...changes.values()].filter(
      ({ update }) => verdicts.get(update) === 'ok' && update.expected !== undefined,
    );
    for (const { product, update, units } of await sales.lost(sure)) {
      verdicts.set(update, lostSale(itemOf(update, system), update, product, units));
    }
    return verdicts;
  }

  /**
   * What nobody answered for is looked up: a number that is there was written. A shop works on where a host or we gave up, so
   * it is looked at again a little later. What PHP did not come to before it ended is done again, else the doubt stays.
   */
  async function settle(
    unsure: Map<StockUpdate, CommerceError | undefined>,
    options: WriteOptions,
    verdicts: Map<StockUpdate, Verdict>,
  ): Promise<void> {
    for (const waitMs of looksMs) {
      // An abort ends the wait, and then the look.
      await clock.sleep(waitMs, options.signal).catch(() => undefined);
      const found = await lookUp([...unsure.keys()], options).catch((error: unknown) => {
        if (isCommerceError(error)) return undefined;
        throw error;
      });
      for (const [update, error] of unsure) {
        const [product] = found?.get(update.sku) ?? [];
        if (product && isShown(product, update)) verdicts.set(update, 'ok');
        else if (!found || !error || !isEnded(error)) continue;
        else verdicts.set(update, { again: error });
        unsure.delete(update);
      }
      if (unsure.size === 0 || options.signal?.aborted === true) return;
    }
  }

  function lookUp(updates: readonly StockUpdate[], options: WriteOptions) {
    return productsBySku(
      client,
      updates.map(({ sku }) => sku),
      { operation, options },
    );
  }
}

/** When it is looked again: at once, and about when a batch that a host gave up is done. */
const looksMs = [0, 3000, 12_000];

function outcomeOf(
  item: StockUpdate,
  verdict: 'ok' | CommerceError | undefined,
  system: string,
): ItemOutcome<StockUpdate> {
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
): 'ok' | CommerceError {
  if (answer.sku !== sku) return movedSku(item, answer.sku);
  if (answer.stock_quantity === available) return 'ok';
  const seen = `the shop shows "${answer.stock_quantity ?? 'no number'}" behind it`;
  return itemRefusal(item, 'record.rejected', seen, 'Look for a plugin that keeps the stock there.');
}

/** Written over: the number that is there does not know of units that were sold while it was set. */
function lostSale(item: PushedItem, { available }: StockUpdate, { id }: WireProduct, units: number): CommerceError {
  const seen = `${units} of product "${id}" were sold while "${available}" was set, and the number there does not know of them`;
  return itemRefusal(
    item,
    'write.uncertain',
    seen,
    `Reckon with the sale, then push "${available - units}" or what is right now.`,
  );
}

function itemOf({ sku }: { readonly sku: string }, system: string): PushedItem {
  return { sku, system, operation };
}
