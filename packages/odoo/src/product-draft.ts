import type { CommerceError, ItemRefusals, ProductDraft } from '@crossdock/core';

/** The SKU by which a draft is called. */
export function skuOf({ variants }: ProductDraft): string {
  return variants[0]?.sku ?? 'no SKU';
}

/** Why a draft cannot become a product of Odoo whatever is there; `undefined` where it can. */
export function faultOf(draft: ProductDraft, refusals: ItemRefusals): CommerceError | undefined {
  const { variants } = draft;
  const [first] = variants;
  const invalid = (seen: string, next: string) => refusals.of('record.invalid', skuOf(draft), seen, next);
  if (!first) return invalid('it has no variant', 'Give it one.');
  if (variants.some(({ sku }) => sku.trim() === '')) return invalid('a SKU is blank', 'Give every variant one.');
  if (isTwice(variants.map(({ sku }) => sku))) return invalid('it has a SKU twice', 'Give every variant its own.');
  if (isTwice(variants.flatMap(({ barcode }) => barcode ?? [])))
    return invalid('it has a barcode twice', 'Give every variant its own.');
  if (draft.title.trim() === '') return invalid('its title is blank', 'Give it one.');
  if (draft.categories.length > 1) {
    return invalid('it has several categories, and Odoo keeps one', 'Say which one it is to be in.');
  }
  for (const [what, same] of [
    ['whether it is stocked', variants.every(({ stocked }) => stocked === first.stocked)],
    ['its tracking', variants.every(({ tracking }) => tracking === first.tracking)],
    ['its unit', variants.every(({ unit }) => unit === first.unit)],
  ] as const) {
    if (!same) return invalid(`${what} differs by variant, and Odoo keeps one for all`, 'Make two products of it.');
  }
  return priceFault(draft, invalid) ?? optionFault(draft, invalid);
}

type Invalid = (seen: string, next: string) => CommerceError;

function priceFault({ variants }: ProductDraft, invalid: Invalid): CommerceError | undefined {
  for (const { sku, price } of variants) {
    if (price === undefined) continue;
    if (price.sku !== sku) return invalid(`the price of "${sku}" is one of "${price.sku}"`, 'Correct the draft.');
    if (price.amount.amount.startsWith('-')) return invalid('its price is negative', 'Correct the draft.');
    const { list, minimumQuantity = 0, validFrom, validUntil } = price;
    if (list !== undefined || minimumQuantity > 1 || validFrom !== undefined || validUntil !== undefined) {
      return invalid(
        'its price is for a list, a quantity or a time',
        'A product has its general price alone; keep others on a price list.',
      );
    }
  }
  return undefined;
}

/** Odoo tells variants apart by attributes alone, and all variants of a product have the same ones. */
function optionFault({ variants }: ProductDraft, invalid: Invalid): CommerceError | undefined {
  const [first] = variants;
  const names = first?.options.map(({ name }) => name).toSorted() ?? [];
  if (variants.some(({ options }) => options.some(({ name, value }) => name.trim() === '' || value.trim() === '')))
    return invalid('an option is blank', 'Give every option a name and a value.');
  if (isTwice(names)) return invalid('a variant has an option twice', 'Give it one value of each.');
  for (const { sku, options } of variants) {
    const own = options.map(({ name }) => name).toSorted();
    if (JSON.stringify(own) !== JSON.stringify(names))
      return invalid(`"${sku}" has other options than "${first?.sku}"`, 'Give all variants the same options.');
  }
  if (isTwice(variants.map(({ options }) => combinationOf(options))))
    return invalid('two variants have the same options', 'Tell them apart by an option.');
  return undefined;
}

/** What tells a variant from its siblings, as a text that is equal for equal options in any order. */
export function combinationOf(options: readonly { readonly name: string; readonly value: string }[]): string {
  return JSON.stringify(options.map(({ name, value }) => JSON.stringify([name, value])).toSorted());
}

function isTwice(texts: readonly string[]): boolean {
  return new Set(texts).size < texts.length;
}
