import type { CommerceError, ErrorCode, ProductDraft } from '@crossdock/core';
import type { ItemRefusals } from './item-refusal.ts';

/** Of one product. shopify.dev, product model, API 2026-07. */
const mostVariants = 2048;
const mostOptions = 3;

/** The SKU by which a draft is called. */
export function skuOf({ variants }: ProductDraft): string {
  return variants[0]?.sku ?? 'no SKU';
}

/** Why a draft cannot become a product whatever is there; `undefined` where it can. */
export function faultOf(draft: ProductDraft, refusal: ItemRefusals): CommerceError | undefined {
  const { variants } = draft;
  const [first] = variants;
  const invalid: Invalid = (seen, next) => refusal.of('record.invalid', skuOf(draft), seen, next);
  if (!first) return invalid('it has no variant', 'Give it one.');
  if (variants.length > mostVariants) {
    return invalid(`it has ${variants.length} variants, and a product holds ${mostVariants}`, 'Make several products.');
  }
  if (variants.some(({ sku }) => sku.trim() === '')) return invalid('a SKU is blank', 'Give every variant one.');
  if (isTwice(variants.map(({ sku }) => sku))) return invalid('it has a SKU twice', 'Give every variant its own.');
  if (draft.title.trim() === '') return invalid('its title is blank', 'Give it one.');
  const strange = variants.find(({ sku, price }) => price !== undefined && price.sku !== sku);
  if (strange) return invalid(`the price of "${strange.sku}" is one of "${strange.price?.sku}"`, 'Correct the draft.');
  return optionFault(draft, invalid);
}

type Invalid = (seen: string, next: string) => CommerceError;
/** Refuses a draft in words about its SKU. */
export type Refuse = (code: ErrorCode, seen: string, next: string) => CommerceError;

/** Shopify tells variants apart by options alone, and all variants of a product have the same ones. */
function optionFault({ variants }: ProductDraft, invalid: Invalid): CommerceError | undefined {
  const names = variants[0]?.options.map(({ name }) => name).toSorted() ?? [];
  if (names.length > mostOptions) {
    return invalid(`it has ${names.length} options, and Shopify keeps ${mostOptions}`, 'Join some of them.');
  }
  if (variants.length > 1 && names.length === 0) {
    return invalid('it has several variants and no options', 'Tell its variants apart by an option.');
  }
  if (variants.some(({ options }) => options.some(({ name, value }) => name.trim() === '' || value.trim() === ''))) {
    return invalid('an option is blank', 'Give every option a name and a value.');
  }
  if (isTwice(names)) return invalid('a variant has an option twice', 'Give it one value of each.');
  for (const { sku, options } of variants) {
    const own = options.map(({ name }) => name).toSorted();
    if (JSON.stringify(own) !== JSON.stringify(names)) {
      return invalid(`"${sku}" has other options than the first variant`, 'Give all variants the same options.');
    }
  }
  if (isTwice(variants.map(({ options }) => combinationOf(options)))) {
    return invalid('two variants have the same options', 'Tell them apart by an option.');
  }
  return undefined;
}

/** What tells a variant from its siblings, as a text that is equal for equal options in any order. */
export function combinationOf(options: readonly { readonly name: string; readonly value: string }[]): string {
  return JSON.stringify(options.map(({ name, value }) => JSON.stringify([name, value])).toSorted());
}

function isTwice(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}
