import type { CommerceError, ProductDraft } from '@crossdock/core';
import { itemRefusal, type PushedItem } from './item-refusals.ts';
import { priceMisfit } from './price-plan.ts';

/** The SKU by which a draft is called. */
export function skuOf({ variants }: ProductDraft): string {
  return variants[0]?.sku ?? 'no SKU';
}

/** Why a draft cannot become a product whatever is there. A batch of WooCommerce checks nothing of it. */
export function faultOf(draft: ProductDraft, item: PushedItem, currency: string): CommerceError | undefined {
  const { variants, title } = draft;
  const invalid: Invalid = (seen, next) => itemRefusal(item, 'record.invalid', seen, next);
  if (variants.length === 0) return invalid('it has no variant', 'Give it one.');
  if (variants.some(({ sku }) => sku.trim() === '')) return invalid('a SKU is blank', 'Give every variant one.');
  if (isTwice(variants.map(({ sku }) => sku))) return invalid('it has a SKU twice', 'Give every variant its own.');
  if (isTwice(variants.flatMap(({ barcode }) => barcode ?? []))) {
    return invalid('it has a barcode twice', 'Give every variant its own.');
  }
  if (title.trim() === '') return invalid('its title is blank', 'Give it one.');
  for (const { sku, price, barcode, components, weightGrams } of variants) {
    if (price && price.sku !== sku)
      return invalid(`the price of "${sku}" is one of "${price.sku}"`, 'Correct the draft.');
    const misfit = price && priceMisfit(item, price, currency);
    if (misfit) return misfit;
    if (barcode !== undefined && !/^[0-9-]+$/.test(barcode)) {
      return invalid(`the barcode of "${sku}" has more than digits and hyphens`, 'Correct it or leave it out.');
    }
    if (components) {
      const seen = `"${sku}" is a kit, and WooCommerce would count it as goods of its own`;
      return invalid(seen, 'Push its parts, or keep the kit there by hand.');
    }
    if (weightGrams !== undefined && !Number.isFinite(weightGrams)) {
      return invalid(`the weight of "${sku}" is no number`, 'Correct it or leave it out.');
    }
  }
  return optionFault(draft, invalid);
}

type Invalid = (seen: string, next: string) => CommerceError;

/** Variations are told apart by options alone, and all of a product have the same ones. */
function optionFault({ variants }: ProductDraft, invalid: Invalid): CommerceError | undefined {
  const names = namesOf(variants[0]?.options ?? []);
  if (variants.length > 1 && names.length === 0) {
    return invalid('it has several variants and no options', 'Tell its variants apart by an option.');
  }
  if (variants.some(({ options }) => options.some(({ name, value }) => name.trim() === '' || value.trim() === ''))) {
    return invalid('an option is blank', 'Give every option a name and a value.');
  }
  if (isTwice(names)) return invalid('a variant has an option twice', 'Give it one value of each.');
  const strange = variants.find(({ options }) => JSON.stringify(namesOf(options)) !== JSON.stringify(names));
  if (strange)
    return invalid(`"${strange.sku}" has other options than the first`, 'Give all variants the same options.');
  if (isTwice(variants.map(({ options }) => combinationOf(options)))) {
    return invalid('two variants have the same options', 'Tell them apart by an option.');
  }
  return undefined;
}

type Options = readonly { readonly name: string; readonly value: string }[];

export function namesOf(options: Options): readonly string[] {
  return options.map(({ name }) => name).toSorted();
}

/** What tells a variant from its siblings, as a text that is equal for equal options in any order. */
export function combinationOf(options: Options): string {
  return JSON.stringify(options.map(({ name, value }) => JSON.stringify([name, value])).toSorted());
}

function isTwice(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}
