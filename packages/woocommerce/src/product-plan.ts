import { equalMoney, isCommerceError, type CommerceError, type ErrorCode, type ProductDraft } from '@crossdock/core';
import { toMoney } from './amounts.ts';
import { itemRefusal, type PushedItem } from './item-refusals.ts';
import { isSameText, plainText } from './plain-text.ts';
import { fieldsOfPlan, pricePlan, showsPlan } from './price-plan.ts';
import { combinationOf, namesOf } from './product-draft.ts';
import { optionsOf, type WholeProduct } from './product-record.ts';
import { productStatus } from './product-statuses.ts';
import { gramsOf, weightOf } from './weights.ts';
import type { WeightUnit, WireAttribute, WireCatalogue } from './wire/catalogue.ts';

type VariantDraft = ProductDraft['variants'][number];
type Fields = Readonly<Record<string, unknown>>;

/** What the shop knows of its units, and where the draft's categories are. */
export interface Planning {
  readonly item: PushedItem;
  readonly weightUnit: WeightUnit;
  readonly categories: readonly number[];
  readonly now: number;
}

/** What has to be written so that a product is as its draft says. What the draft does not name stays, whatever it is. */
export interface ProductPlan {
  readonly product: Fields | undefined;
  readonly changed: readonly { readonly id: number; readonly fields: Fields }[];
  readonly missing: readonly Fields[];
}

/** Whether a draft has variations in WooCommerce, where it is made anew. */
export function isVariable({ variants }: ProductDraft): boolean {
  return variants.length > 1 || (variants[0]?.options.length ?? 0) > 0;
}

/** A product that is not there. With variations it has a SKU of its own, by which it is found again before they are there. */
export function newProduct(draft: ProductDraft, ownSku: string, planning: Planning): ProductPlan | CommerceError {
  const { title, description, status, variants } = draft;
  const head = {
    name: title,
    status: productStatus.encode(status),
    ...(description !== undefined && { description }),
    ...(planning.categories.length > 0 && { categories: planning.categories.map((id) => ({ id })) }),
  };
  const missing: Fields[] = [];
  for (const variant of variants) {
    const fields = newVariant(variant, [], planning);
    if (isCommerceError(fields)) return fields;
    missing.push(fields);
  }
  const product = isVariable(draft)
    ? { ...head, type: 'variable', sku: ownSku, attributes: attributesOf([], variants) }
    : { ...head, type: 'simple', ...missing[0] };
  return { product, changed: [], missing: isVariable(draft) ? missing : [] };
}

/** Compares a product with its draft. Gives the refusal where it cannot be made to be as the draft says. */
export function planOf(draft: ProductDraft, whole: WholeProduct, planning: Planning): ProductPlan | CommerceError {
  const { head, variations } = whole;
  const { item } = planning;
  const refuse = (code: ErrorCode, seen: string, next: string) => itemRefusal(item, code, seen, next);
  const isSimple = head.type !== 'variable';
  const names = optionNamesOf(whole);
  const changed: { readonly id: number; readonly fields: Fields }[] = [];
  const missing: Fields[] = [];
  let product = headChange(draft, head, planning);
  for (const wanted of draft.variants) {
    const there = isSimple ? simpleOf(wanted, head) : variationOf(wanted, variations);
    if (there === 'taken') {
      const seen = `another variation of product "${head.id}" has the options of "${wanted.sku}"`;
      return refuse('record.rejected', seen, 'Correct the options or the SKU, then replay.');
    }
    if (there === undefined && isSimple) {
      const seen = `product "${head.id}" there has no variations, and "${wanted.sku}" is to be one`;
      return refuse('record.rejected', seen, 'Make it a variable product there, then replay.');
    }
    const own = JSON.stringify(namesOf(wanted.options));
    if (own !== JSON.stringify(isSimple ? [] : names)) {
      const seen = `product "${head.id}" there has other options than "${wanted.sku}"`;
      return refuse('record.rejected', seen, 'Change the options there or in the draft, then replay.');
    }
    const fields =
      there === undefined
        ? newVariant(wanted, head.attributes, planning)
        : variantChange(wanted, there, head.attributes, planning);
    if (isCommerceError(fields)) return fields;
    if (there === undefined) missing.push(fields);
    else if (Object.keys(fields).length === 0) continue;
    else if (isSimple) product = { ...product, ...fields };
    else changed.push({ id: there.id, fields });
  }
  const attributes = isSimple ? undefined : addedOptions(head.attributes, draft.variants);
  if (attributes) product = { ...product, attributes };
  return { product: Object.keys(product).length === 0 ? undefined : product, changed, missing };
}

/** What the variations of a product are told apart by; what only they say where the product does not. */
function optionNamesOf({ head, variations }: WholeProduct): readonly string[] {
  const own = head.attributes.flatMap(({ name, variation }) => (variation === true ? [name] : []));
  const told = variations.flatMap((one) => optionsOf(one).map(({ name }) => name));
  return [...new Set((own.length > 0 ? own : told).map((name) => plainText(name)))].toSorted();
}

function simpleOf(wanted: VariantDraft, head: WireCatalogue): WireCatalogue | undefined {
  return head.sku === wanted.sku ? head : undefined;
}

/** The variation of a draft: by its SKU, else the one without a SKU that has its options. */
function variationOf(wanted: VariantDraft, variations: readonly WireCatalogue[]): WireCatalogue | 'taken' | undefined {
  const named = variations.find(({ sku }) => sku === wanted.sku);
  if (named) return named;
  const alike = variations.filter((one) => combinationOf(optionsOf(one)) === combinationOf(wanted.options));
  return alike.find(({ sku }) => sku.trim() === '') ?? (alike.length > 0 ? 'taken' : undefined);
}

function headChange(draft: ProductDraft, head: WireCatalogue, { categories }: Planning): Fields {
  const { title, description, status } = draft;
  const there = head.categories.filter(({ slug }) => slug !== 'uncategorized').map(({ id }) => id);
  const joins = categories.filter((id) => !there.includes(id));
  return {
    ...(!isSameText(head.name, title) && { name: title }),
    ...(description !== undefined && !isSameText(head.description, description) && { description }),
    ...(status !== productStatus.decode(head.status) && { status: productStatus.encode(status) }),
    // It joins and never leaves: what else the merchant put it in is theirs.
    ...(joins.length > 0 && { categories: [...there, ...joins].map((id) => ({ id })) }),
  };
}

/** One that is not there yet. Its stock is counted from nothing on: uncounted it could be sold without end. */
function newVariant(
  wanted: VariantDraft,
  attributes: readonly WireAttribute[],
  { item, weightUnit }: Planning,
): Fields | CommerceError {
  const { sku, barcode, price, stocked, weightGrams, options } = wanted;
  const plan = price && pricePlan(item, price, unpriced);
  if (plan && isCommerceError(plan)) return plan;
  return {
    sku,
    ...(barcode !== undefined && { global_unique_id: barcode }),
    ...(plan && fieldsOfPlan(plan)),
    ...(stocked ? { manage_stock: true, stock_quantity: 0 } : { virtual: true }),
    ...(weightGrams !== undefined && { weight: weightOf(weightGrams, weightUnit) }),
    ...(options.length > 0 && { attributes: chosenOf(options, attributes) }),
  };
}

/** What a product shows of its prices that is not there. */
const unpriced = {
  id: 0,
  parent_id: 0,
  sku: '',
  type: 'simple',
  manage_stock: false,
  stock_quantity: null,
  regular_price: '',
  sale_price: '',
  date_on_sale_from_gmt: '',
  date_on_sale_to_gmt: '',
} as const;

function variantChange(
  wanted: VariantDraft,
  there: WireCatalogue,
  attributes: readonly WireAttribute[],
  planning: Planning,
): Fields | CommerceError {
  const { sku, barcode, stocked, weightGrams, options } = wanted;
  const prices = priceChange(wanted, there, planning);
  if (isCommerceError(prices)) return prices;
  const grams = gramsOf(there.weight, planning.weightUnit) ?? 0;
  const isVariation = there.type === 'variation';
  return {
    ...(there.sku !== sku && { sku }),
    ...(barcode !== undefined && barcode !== there.global_unique_id && { global_unique_id: barcode }),
    ...prices,
    ...(stocked === (there.virtual === true) && { virtual: !stocked }),
    ...(weightGrams !== undefined &&
      Math.abs(grams - weightGrams) > 0.01 && { weight: weightOf(weightGrams, planning.weightUnit) }),
    ...(isVariation &&
      combinationOf(options) !== combinationOf(optionsOf(there)) && { attributes: chosenOf(options, attributes) }),
  };
}

/** A price that is compared with none leaves a reduced one of the merchant's alone. */
function priceChange({ price }: VariantDraft, there: WireCatalogue, { item, now }: Planning): Fields | CommerceError {
  if (!price) return {};
  const plan = pricePlan(item, price, there);
  if (isCommerceError(plan)) return plan;
  if (plan.sale) return showsPlan(there, plan, now) ? {} : fieldsOfPlan(plan);
  const isShown =
    /^\d+(\.\d+)?$/.test(there.regular_price) &&
    equalMoney(toMoney(there.regular_price, plan.regular.currency), plan.regular);
  return isShown ? {} : { regular_price: plan.regular.amount };
}

/** The choices of a variation, by the attributes of its product. */
function chosenOf(options: VariantDraft['options'], attributes: readonly WireAttribute[]): readonly Fields[] {
  return options.map(({ name, value }) => {
    const known = attributes.find((one) => isSameText(one.name, name));
    return known && known.id > 0 ? { id: known.id, option: value } : { name: known?.name ?? name, option: value };
  });
}

/** All attributes of the product with what its variants choose, or nothing where they have it. */
function addedOptions(
  attributes: readonly WireAttribute[],
  variants: readonly VariantDraft[],
): readonly Fields[] | undefined {
  const isKnown = variants.every(({ options }) =>
    options.every(({ name, value }) =>
      attributes.some((one) => isSameText(one.name, name) && one.options.some((option) => isSameText(option, value))),
    ),
  );
  return isKnown ? undefined : attributesOf(attributes, variants);
}

function attributesOf(attributes: readonly WireAttribute[], variants: readonly VariantDraft[]): readonly Fields[] {
  const all = new Map<string, Fields & { readonly options: string[] }>();
  for (const { option: _none, ...attribute } of attributes) {
    all.set(attribute.name, { ...attribute, options: [...attribute.options] });
  }
  for (const { name, value } of variants.flatMap(({ options }) => options)) {
    const key = [...all.keys()].find((known) => isSameText(known, name)) ?? name;
    const one = all.get(key) ?? { name: key, visible: true, variation: true, options: [] };
    all.set(key, one);
    if (!one.options.some((option) => isSameText(option, value))) one.options.push(value);
  }
  return [...all.values()];
}
