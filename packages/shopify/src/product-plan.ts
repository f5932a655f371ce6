import { equalMoney, money, type Money, type ProductDraft } from '@crossdock/core';
import type { Operations } from './documents/operations.generated.ts';
import { combinationOf, type Refuse } from './product-draft.ts';
import { priceInput, variantInput, weightInput } from './product-input.ts';
import { optionsOf, skuIn, type WholeProduct } from './product-record.ts';
import { productStatus } from './product-statuses.ts';
import { gramsOf } from './product-weight.ts';
import type { WireProductVariant } from './wire/product.ts';

type VariantDraft = ProductDraft['variants'][number];
type ProductChange = Operations['ProductUpdate']['variables']['product'];
type VariantChange = Operations['ProductVariantsBulkUpdate']['variables']['variants'][number];

/** What has to be written so that a product is as its draft says. What it does not name stays, whatever it is. */
export interface ProductPlan {
  readonly product: ProductChange | undefined;
  readonly changed: readonly VariantChange[];
  readonly missing: readonly VariantChange[];
}

/** Compares a product with its draft. Throws the refusal where it cannot be made to be as the draft says. */
export function planOf(
  draft: ProductDraft,
  whole: WholeProduct,
  collections: readonly string[],
  currency: string,
  refuse: Refuse,
): ProductPlan {
  const [shown] = whole.variants;
  const names = (shown ? optionsOf(shown) : []).map(({ name }) => name);
  const pairs = draft.variants.map((wanted) => ({ wanted, variant: variantOf(wanted, whole) }));
  const missing = pairs.flatMap(({ wanted, variant }) => (variant ? [] : [wanted]));
  for (const { wanted, variant } of pairs) demandSameOptions(wanted, variant, names, refuse);
  const [priceless] = missing.filter(({ price }) => price === undefined);
  if (priceless) throw withoutPrice(priceless, refuse);
  return {
    product: productChange(draft, whole, collections),
    changed: pairs.flatMap(({ wanted, variant }) => {
      const change = variant && variantChange(wanted, variant, currency);
      return change ? [change] : [];
    }),
    missing: missing.map((wanted) => variantInput(wanted, names)),
  };
}

/** Nothing is sold without a price: Shopify would ask nothing for it. */
export function withoutPrice({ sku }: VariantDraft, refuse: Refuse) {
  return refuse('price.missing', `its variant "${sku}" is not there and has no price`, 'Give it one, then replay.');
}

/** The variant of a draft: by its SKU, else the one without a SKU that has its options. */
function variantOf(wanted: VariantDraft, { variants }: WholeProduct): WireProductVariant | undefined {
  const named = variants.find(({ sku }) => sku === wanted.sku);
  if (named) return named;
  const combination = combinationOf(wanted.options);
  return variants.find(
    (variant) => skuIn(variant.sku) === undefined && combinationOf(optionsOf(variant)) === combination,
  );
}

function demandSameOptions(
  wanted: VariantDraft,
  variant: WireProductVariant | undefined,
  names: readonly string[],
  refuse: Refuse,
): void {
  const own = JSON.stringify(wanted.options.map(({ name }) => name).toSorted());
  if (own === JSON.stringify(names.toSorted()) && (variant || names.length > 0)) return;
  const has = names.length === 0 ? 'no options' : `the options ${names.map((name) => `"${name}"`).join(', ')}`;
  const next = 'Change the options in Shopify or the draft, then replay.';
  throw refuse('record.rejected', `the product there has ${has}, and "${wanted.sku}" has other ones`, next);
}

function productChange(
  draft: ProductDraft,
  { head, collections: present }: WholeProduct,
  wanted: readonly string[],
): ProductChange | undefined {
  const { title, description, vendor, status } = draft;
  const there = new Set(present.map(({ id }) => id));
  const joins = wanted.filter((id) => !there.has(id));
  const change = {
    ...(title !== head.title && { title }),
    ...(description !== undefined && description !== head.descriptionHtml && { descriptionHtml: description }),
    ...(vendor !== undefined && vendor !== head.vendor && { vendor }),
    // One that is sold by its link alone is on sale, and stays so.
    ...(status !== productStatus.decode(head.status) && { status: productStatus.encode(status) }),
    // It joins and never leaves: what else the merchant put it in is theirs.
    ...(joins.length > 0 && { collectionsToJoin: joins }),
  };
  return Object.keys(change).length === 0 ? undefined : { id: head.id, ...change };
}

function variantChange(wanted: VariantDraft, variant: WireProductVariant, currency: string): VariantChange | undefined {
  const { price, barcode, stocked, weightGrams, options } = wanted;
  const { tracked, measurement } = variant.inventoryItem;
  const grams = measurement.weight === null ? 0 : gramsOf(measurement.weight, variant.id);
  const item = {
    ...(variant.sku !== wanted.sku && { sku: wanted.sku }),
    ...(tracked !== stocked && { tracked: stocked }),
    ...(weightGrams !== undefined && weightGrams !== grams && weightInput(wanted)),
  };
  const isPriced =
    price === undefined ||
    (isSame(price.amount, variant.price, currency) &&
      (price.compareAt === undefined || isSame(price.compareAt, variant.compareAtPrice, currency)));
  const change = {
    ...(!isPriced && price && priceInput(price)),
    ...(barcode !== undefined && barcode !== variant.barcode && { barcode }),
    ...(combinationOf(options) !== combinationOf(optionsOf(variant)) && {
      optionValues: options.map(({ name, value }) => ({ optionName: name, name: value })),
    }),
    ...(Object.keys(item).length > 0 && { inventoryItem: item }),
  };
  return Object.keys(change).length === 0 ? undefined : { id: variant.id, ...change };
}

function isSame(wanted: Money, shown: string | null, currency: string): boolean {
  return shown !== null && equalMoney(money(wanted.amount, wanted.currency), money(shown, currency));
}
