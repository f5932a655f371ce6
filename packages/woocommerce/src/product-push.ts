import {
  type CommerceError,
  fingerprint,
  isCommerceError,
  type Clock,
  type ItemOutcome,
  type ProductDraft,
  type WriteOptions,
} from '@crossdock/core';
import type { BatchSize } from './batch-size.ts';
import { byPath, categoryTree } from './category-tree.ts';
import type { WooClient } from './client.ts';
import { batchRefusal, itemRefusal, type PushedItem } from './item-refusals.ts';
import { faultOf, skuOf } from './product-draft.ts';
import { isVariable, newProduct, planOf, type Planning, type ProductPlan } from './product-plan.ts';
import type { ShopFacts } from './product-rows.ts';
import { productStep, type ProductStep } from './product-step.ts';
import { productsOf } from './product-wholes.ts';
import { catalogueWriter, type WriteAnswer, type Written } from './product-write.ts';
import { isEnded, pushInParts, type Verdict } from './part-push.ts';
import type { Turns } from './turns.ts';
import type { WeightUnit } from './wire/catalogue.ts';

const operation = 'products.push';

export interface ProductSettings {
  readonly system: string;
  readonly clock: Clock;
}

/** A draft with what the shop was asked about it beforehand. */
interface Wanted {
  readonly draft: ProductDraft;
  readonly item: PushedItem;
  /** The SKU of the product itself, where its variations have the draft's. */
  readonly ownSku: string;
  readonly categories: readonly number[];
}

/** The product that is there, none where it is to be made, and what is to be written of it; or why that cannot be. */
type Planned = { readonly id: number | undefined; readonly plan: ProductPlan } | CommerceError;

/** When it is looked again: at once, and about when a batch that a host gave up is done. */
const looksMs = [0, 3000, 12_000];

/**
 * Makes and changes products. A draft is found by its SKUs, which WooCommerce gives to one product, whoever asks at the same
 * moment; what was made meanwhile is changed instead. What is as it should be is not written, so a lost answer is settled
 * by looking again, and a product that was made without its variations gets them when it is pushed again.
 */
export function productPush(
  client: WooClient,
  facts: ShopFacts,
  { size, line }: { readonly size: BatchSize; readonly line: Turns },
  { system, clock }: ProductSettings,
) {
  const write = catalogueWriter(client, size, clock);

  return async function push(
    drafts: readonly ProductDraft[],
    options: WriteOptions,
  ): Promise<readonly ItemOutcome<ProductDraft>[]> {
    if (drafts.length === 0) return [];
    return line.take({ ...options, operation }, async () => {
      const [currency, weightUnit] = await Promise.all([
        facts.currency(operation, options),
        facts.weightUnit(operation, options),
      ]);
      const refused = new Map<ProductDraft, CommerceError>();
      const wanted = await wantedOf(drafts, currency, refused, options);
      const verdicts = await pushInParts(wanted, size, (part) => pushPart(part, weightUnit, options));
      const byDraft = new Map([...verdicts].map(([{ draft }, verdict]) => [draft, verdict]));
      return drafts.map((item) => outcomeOf(item, refused.get(item) ?? byDraft.get(item)));
    });
  };

  /** The drafts that can be written, whatever is there. The others are refused. */
  async function wantedOf(
    drafts: readonly ProductDraft[],
    currency: string,
    refused: Map<ProductDraft, CommerceError>,
    options: WriteOptions,
  ): Promise<readonly Wanted[]> {
    const uses = Map.groupBy(
      drafts.flatMap((draft) => [...new Set(draft.variants.map(({ sku }) => sku))]),
      (sku) => sku,
    );
    const isSorted = drafts.some(({ categories }) => categories.length > 0);
    const paths = isSorted ? byPath(await categoryTree(client, operation, options)) : new Map<string, number>();
    const wanted: Wanted[] = [];
    for (const draft of drafts) {
      const item = { sku: skuOf(draft), system, operation } as const;
      const repeated = draft.variants.find(({ sku }) => (uses.get(sku) ?? []).length > 1);
      const fault =
        faultOf(draft, item, currency) ??
        (repeated &&
          itemRefusal(item, 'record.duplicate', `the call has "${repeated.sku}" twice`, 'Decide which one counts.'));
      const missing = draft.categories.find((path) => !paths.has(path));
      if (fault) refused.set(draft, fault);
      else if (missing !== undefined) {
        const next = 'Make it in WooCommerce or correct its path, then replay.';
        refused.set(draft, itemRefusal(item, 'record.missing', `there is no category "${missing}"`, next));
      } else {
        const categories = draft.categories.flatMap((path) => paths.get(path) ?? []);
        wanted.push({ draft, item, ownSku: await ownSkuOf(draft), categories });
      }
    }
    return wanted;
  }

  async function pushPart(
    part: readonly Wanted[],
    weightUnit: WeightUnit,
    options: WriteOptions,
  ): Promise<ReadonlyMap<Wanted, Verdict>> {
    const verdicts = new Map<Wanted, Verdict>();
    const taken = await writeOnce(part, weightUnit, options, verdicts);
    // Somebody made it since it was looked for: it is there now, and is changed.
    const again = taken.length > 0 ? await writeOnce(taken, weightUnit, options, verdicts) : [];
    for (const wanted of again) {
      const next = 'Look in the trash of products there, and for a plugin that keeps SKUs.';
      verdicts.set(
        wanted,
        itemRefusal(wanted.item, 'record.rejected', 'one of its SKUs is taken there by what no list shows', next),
      );
    }
    const unsure = part.filter((wanted) => isUncertain(verdicts.get(wanted)));
    if (unsure.length > 0) await settle(unsure, weightUnit, options, verdicts);
    return verdicts;
  }

  /** Looks up, writes and says how it ended. Gives those of which a SKU was taken meanwhile. */
  async function writeOnce(
    part: readonly Wanted[],
    weightUnit: WeightUnit,
    options: WriteOptions,
    verdicts: Map<Wanted, Verdict>,
  ): Promise<readonly Wanted[]> {
    const call = { operation, options };
    const taken = new Set<Wanted>();
    const heads: Written<Wanted>[] = [];
    const plans = new Map<Wanted, { readonly id: number | undefined; readonly plan: ProductPlan }>();
    for (const [wanted, step] of await stepsOf(part, weightUnit, options)) {
      if (isCommerceError(step)) verdicts.set(wanted, step);
      else {
        verdicts.set(wanted, 'ok');
        plans.set(wanted, step);
        if (step.plan.product) heads.push({ of: wanted, id: step.id, fields: step.plan.product });
      }
    }
    const numbers = new Map<Wanted, number>();
    for (const [{ of: wanted }, answer] of await write('wc/v3/products/batch', heads, call)) {
      note(wanted, answer, verdicts, taken);
      if (answer !== undefined && 'id' in answer) numbers.set(wanted, answer.id);
    }
    const parents = [...plans].flatMap(([wanted, { id, plan }]) => {
      const parent = id ?? numbers.get(wanted);
      return parent === undefined || verdicts.get(wanted) !== 'ok' ? [] : [{ wanted, parent, plan }];
    });
    await Promise.all(
      parents.map(async ({ wanted, parent, plan }) => {
        const variations: Written<Wanted>[] = [
          ...plan.missing.map((fields) => ({ of: wanted, id: undefined, fields })),
          ...plan.changed.map(({ id, fields }) => ({ of: wanted, id, fields })),
        ];
        if (variations.length === 0) return;
        const answers = await write(`wc/v3/products/${parent}/variations/batch`, variations, call);
        for (const [, answer] of answers) note(wanted, answer, verdicts, taken);
      }),
    );
    return [...taken];
  }

  /** What is to be done for each: from what there is now. */
  async function stepsOf(
    part: readonly Wanted[],
    weightUnit: WeightUnit,
    options: WriteOptions,
  ): Promise<ReadonlyMap<Wanted, Planned>> {
    const skus = part.flatMap(({ draft, ownSku }) => [
      ...draft.variants.map(({ sku }) => sku),
      ...(isVariable(draft) ? [ownSku] : []),
    ]);
    const found = await productsOf(client, skus, { system, operation, options });
    const steps = new Map(
      part.map((wanted): [Wanted, ProductStep] => [
        wanted,
        productStep(wanted.draft, wanted.ownSku, wanted.item, found),
      ]),
    );
    const uses = Map.groupBy(
      [...steps.values()].flatMap((step) => (isCommerceError(step) || !step.whole ? [] : [step.whole.head.id])),
      (id) => id,
    );
    return new Map(
      [...steps].map(([wanted, step]): [Wanted, Planned] => {
        if (isCommerceError(step)) return [wanted, step];
        const { draft, item, categories } = wanted;
        const planning: Planning = { item, weightUnit, categories, now: clock.now() };
        if (!step.whole) {
          const made = newProduct(draft, wanted.ownSku, planning);
          return [wanted, isCommerceError(made) ? made : { id: undefined, plan: made }];
        }
        const { id } = step.whole.head;
        if ((uses.get(id) ?? []).length > 1) {
          const seen = `product "${id}" there has SKUs of another draft of the call as well`;
          return [wanted, itemRefusal(item, 'record.duplicate', seen, 'Make one draft of the two.')];
        }
        const plan = planOf(draft, step.whole, planning);
        return [wanted, isCommerceError(plan) ? plan : { id, plan }];
      }),
    );
  }

  /** What nobody answered for is looked up: where nothing is left to write it was written. */
  async function settle(
    unsure: readonly Wanted[],
    weightUnit: WeightUnit,
    options: WriteOptions,
    verdicts: Map<Wanted, Verdict>,
  ): Promise<void> {
    let left = unsure;
    for (const waitMs of looksMs) {
      // An abort ends the wait, and then the look.
      await clock.sleep(waitMs, options.signal).catch(() => undefined);
      const steps = await stepsOf(left, weightUnit, options).catch((error: unknown) => {
        if (isCommerceError(error)) return undefined;
        throw error;
      });
      for (const wanted of left) {
        const step = steps?.get(wanted);
        const error = verdicts.get(wanted);
        if (step === undefined || isCommerceError(step)) continue;
        if (isDone(step.plan)) verdicts.set(wanted, 'ok');
        else if (isCommerceError(error) && isEnded(error)) verdicts.set(wanted, { again: error });
      }
      left = left.filter((wanted) => isUncertain(verdicts.get(wanted)));
      if (left.length === 0 || options.signal?.aborted === true) return;
    }
  }

  function outcomeOf(item: ProductDraft, verdict: 'ok' | CommerceError | undefined): ItemOutcome<ProductDraft> {
    if (verdict === 'ok') return { item, ok: true };
    const about = { sku: skuOf(item), system, operation } as const;
    const error = verdict ?? itemRefusal(about, 'write.uncertain', 'nothing was said of it', 'Replay it.');
    return { item, ok: false, error };
  }
}

/** The worst answer counts for a draft. */
function note(wanted: Wanted, answer: WriteAnswer, verdicts: Map<Wanted, Verdict>, taken: Set<Wanted>): void {
  if (answer === undefined) verdicts.set(wanted, unanswered(wanted));
  else if (isCommerceError(answer)) verdicts.set(wanted, answer);
  else if ('word' in answer) {
    if (takenWords.has(String(answer.word))) taken.add(wanted);
    if (verdicts.get(wanted) === 'ok') verdicts.set(wanted, batchRefusal(wanted.item, answer.word));
  }
}

function unanswered({ item }: Wanted): CommerceError {
  return itemRefusal(item, 'write.uncertain', 'the answer says nothing of it', 'Replay: what is there stays.');
}

/** A SKU as it stands on a product whose variations have those of the draft: the same for each attempt. */
async function ownSkuOf({ variants }: ProductDraft): Promise<string> {
  const [first = ''] = variants.map(({ sku }) => sku).toSorted();
  return `crossdock-${(await fingerprint(first)).slice(0, 16)}`;
}

/** How WooCommerce says that a SKU is taken, the last two where another call takes it meanwhile. recorded on 10.0.2, 2026-11-23 */
const takenWords: ReadonlySet<string> = new Set([
  'product_invalid_sku',
  'woocommerce_rest_product_not_created',
  'woocommerce_rest_product_variation_not_created',
]);

function isUncertain(verdict: Verdict | undefined): boolean {
  return isCommerceError(verdict, 'write.uncertain');
}

function isDone({ product, changed, missing }: ProductPlan): boolean {
  return product === undefined && changed.length === 0 && missing.length === 0;
}
