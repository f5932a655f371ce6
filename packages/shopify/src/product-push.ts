import {
  chunk,
  halfDone,
  isCommerceError,
  outcomesInOrder,
  type CommerceError,
  type ItemOutcome,
  type ProductDraft,
  type ReadOptions,
  type WriteOptions,
} from '@crossdock/core';
import type { CollectionSearch } from './collection-search.ts';
import { itemRefusals } from './item-refusal.ts';
import { orError } from './or-error.ts';
import { priceFit } from './price-fit.ts';
import { faultOf, skuOf, type Refuse } from './product-draft.ts';
import { planOf, withoutPrice } from './product-plan.ts';
import type { ProductReader } from './product-read.ts';
import type { WholeProduct } from './product-record.ts';
import type { OnWritten, ProductWriter } from './product-write.ts';
import type { ShopCurrency } from './shop-currency.ts';
import type { FoundVariant, VariantSearch } from './variant-search.ts';

/** Products that are looked up together. */
export const productsPerPush = 100;
/** Products that are written at the same time. */
const atOnce = 5;
/** How often a product that others write at the same moment is compared again. */
const mostTries = 3;

const operation = 'products.push';

/** What a push works with. */
export interface PushTools {
  readonly search: VariantSearch;
  readonly collections: CollectionSearch;
  readonly reader: ProductReader;
  readonly writer: ProductWriter;
  readonly currencyOf: ShopCurrency;
  readonly system: string;
}

type Answer = 'ok' | CommerceError;
type Entry = { readonly index: number; readonly draft: ProductDraft };

/**
 * Makes and changes products. One is found by the SKUs of its variants, compared, and only what differs is written, in
 * calls that leave everything else as it is; so the same push again, under any key, changes nothing more. One that is not
 * there is made under a handle that follows from its SKU, which Shopify lets one product have.
 */
export function productPush(tools: PushTools) {
  const { search, collections, reader, writer, currencyOf, system } = tools;
  const refusal = itemRefusals({ system, operation, failed: 'was not written' });
  const fit = priceFit(refusal);

  return async function push(
    drafts: readonly ProductDraft[],
    options: WriteOptions,
  ): Promise<readonly ItemOutcome<ProductDraft>[]> {
    const call = { lane: options.lane, signal: options.signal };
    const entries = [...drafts.entries()].map(([index, draft]) => ({ index, draft }));
    const answers = await refusedUnsent(entries, call);
    const fitting = entries.filter(({ index }) => !answers.has(index));
    for (const part of chunk(fitting, productsPerPush)) {
      for (const [index, answer] of await written(part, call)) answers.set(index, answer);
    }
    return outcomesInOrder(drafts, (_draft, index) => answers.get(index), { system, operation });
  };

  /** What can be said of drafts without looking for their products. */
  async function refusedUnsent(entries: readonly Entry[], call: ReadOptions): Promise<Map<number, Answer>> {
    const answers = new Map<number, Answer>();
    for (const { index, draft } of entries) {
      const fault = faultOf(draft, refusal);
      if (fault) answers.set(index, fault);
    }
    const holders = Map.groupBy(
      entries.flatMap(({ index, draft }) => draft.variants.map(({ sku }) => ({ index, sku }))),
      ({ sku }) => sku,
    );
    for (const [sku, rows] of holders) {
      if (new Set(rows.map(({ index }) => index)).size < 2) continue;
      for (const { index } of rows) if (!answers.has(index)) answers.set(index, refusal.twice(sku));
    }
    const open = entries.filter(({ index }) => !answers.has(index));
    if (open.length === 0) return answers;
    const currency = await orError(currencyOf({ ...call, operation }));
    for (const { index, draft } of open) {
      const unfit = isCommerceError(currency)
        ? currency
        : draft.variants.map(({ price }) => price && fit(price, currency)).find((problem) => problem !== undefined);
      if (unfit) answers.set(index, unfit);
    }
    return answers;
  }

  async function written(part: readonly Entry[], call: ReadOptions): Promise<ReadonlyMap<number, Answer>> {
    const answers = new Map<number, Answer>();
    const skus = part.flatMap(({ draft }) => draft.variants.map(({ sku }) => sku));
    const titles = part.flatMap(({ draft }) => draft.categories);
    const known = await orError(
      Promise.all([
        search.by('sku', skus, { ...call, operation }),
        collections.byTitle(titles, { ...call, operation }),
      ]),
    );
    if (isCommerceError(known)) return new Map(part.map(({ index }) => [index, known]));
    const [variants, groups] = known;
    for (const some of chunk(part, atOnce)) {
      const done = await Promise.all(
        some.map(async ({ index, draft }) => [index, await orError(settle(draft, variants, groups, call))] as const),
      );
      for (const [index, answer] of done) answers.set(index, answer);
    }
    return answers;
  }

  async function settle(
    draft: ProductDraft,
    found: ReadonlyMap<string, readonly FoundVariant[]>,
    groups: ReadonlyMap<string, readonly string[]>,
    options: ReadOptions,
  ): Promise<'ok'> {
    let hasWritten = false;
    try {
      await becomesAsDrafted(draft, found, groups, options, () => {
        hasWritten = true;
      });
      return 'ok';
    } catch (error) {
      const what = `SKU "${skuOf(draft)}" was written only in part in "${system}"`;
      const next = 'Repeat it: only what differs is written.';
      throw hasWritten ? halfDone(error, { what, next, system, operation, refs: [] }) : error;
    }
  }

  async function becomesAsDrafted(
    draft: ProductDraft,
    found: ReadonlyMap<string, readonly FoundVariant[]>,
    groups: ReadonlyMap<string, readonly string[]>,
    options: ReadOptions,
    onWritten: OnWritten,
  ): Promise<void> {
    const call = { ...options, operation };
    const refuse: Refuse = (code, seen, next) => refusal.of(code, skuOf(draft), seen, next);
    const joins = collectionsOf(draft, groups, refuse);
    const owner = ownerOf(draft, found, refuse);
    if (owner === undefined) {
      const [priceless] = draft.variants.filter(({ price }) => price === undefined);
      if (priceless) throw withoutPrice(priceless, refuse);
    }
    const id = owner ?? (await writer.make(draft, joins, call, onWritten));
    const currency = await currencyOf(call);
    for (let tries = 1; ; tries += 1) {
      const [whole] = await reader.whole([id], call);
      if (!whole) throw refuse('record.missing', 'its product is there no more', 'See who deleted it, then replay.');
      if (owner === undefined) demandOwn(draft, whole, refuse);
      const plan = planOf(draft, whole, joins, currency, refuse);
      const done = await orError(writer.change(id, plan, draft, call, onWritten));
      if (!isCommerceError(done)) return;
      if (done.code !== 'platform.conflict' || tries === mostTries) throw done;
    }
  }

  /** The one product that has the draft's SKUs. */
  function ownerOf(
    draft: ProductDraft,
    found: ReadonlyMap<string, readonly FoundVariant[]>,
    refuse: Refuse,
  ): string | undefined {
    for (const { sku } of draft.variants) {
      const rows = found.get(sku) ?? [];
      // The search may not have the second one yet; the count has.
      if (rows.length > 1 || rows.some(({ inventoryItem }) => inventoryItem.duplicateSkuCount > 0)) {
        throw refusal.several(sku);
      }
    }
    const owners = new Set(
      draft.variants.flatMap(({ sku }) => (found.get(sku) ?? []).map(({ product }) => product.id)),
    );
    if (owners.size > 1) {
      const named = [...owners].map((id) => `"${id}"`).join(', ');
      const next = 'Make one product of them on one side, then replay.';
      throw refuse('record.duplicate', `its SKUs belong to the products ${named}`, next);
    }
    return [...owners][0];
  }
}

/** A product that has the handle of ours may be another one by now: its merchant gave it other SKUs. */
function demandOwn(draft: ProductDraft, { head, variants }: WholeProduct, refuse: Refuse): void {
  const skus = new Set<string | null>(draft.variants.map(({ sku }) => sku));
  if (variants.some(({ sku }) => skus.has(sku))) return;
  const next = 'Give that product another handle in Shopify, or its SKU back, then replay.';
  throw refuse('record.duplicate', `product "${head.id}" has the handle that ours gets, and none of its SKUs`, next);
}

function collectionsOf(
  { categories }: ProductDraft,
  groups: ReadonlyMap<string, readonly string[]>,
  refuse: Refuse,
): readonly string[] {
  return [...new Set(categories)].map((title) => {
    const [id, other] = groups.get(title) ?? [];
    if (id === undefined) {
      throw refuse(
        'record.missing',
        `there is no collection "${title}"`,
        'Create it in Shopify or correct the draft, then replay.',
      );
    }
    if (other === undefined) return id;
    throw refuse(
      'link.conflict',
      `two collections are named "${title}"`,
      'Rename one of them in Shopify, then replay.',
    );
  });
}
