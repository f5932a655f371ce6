import { fingerprint, money, type ProductDraft } from '@crossdock/core';
import type { Operations } from './documents/operations.generated.ts';
import { productStatus } from './product-statuses.ts';

type MakeInput = Operations['ProductMake']['variables']['input'];
type VariantsInput = Operations['VariantsCreate']['variables']['variants'][number];
type VariantDraft = ProductDraft['variants'][number];

/**
 * The handle of a product that we make. It follows from the SKU that comes first, whoever makes it from whatever title:
 * Shopify lets one product have it, however many ask at once.
 */
export async function handleOf({ variants }: ProductDraft): Promise<string> {
  return handleFor(variants.map(({ sku }) => sku).toSorted()[0] ?? '');
}

/** The handles that the draft would have had with fewer variants: the one it was made by before it gained some. */
export async function otherHandlesOf({ variants }: ProductDraft): Promise<readonly string[]> {
  const [, ...others] = variants.map(({ sku }) => sku).toSorted();
  return Promise.all(others.slice(0, mostHandles).map(handleFor));
}
/** Each is looked for in a call of its own, for a point. */
const mostHandles = 50;

async function handleFor(sku: string): Promise<string> {
  const words = sku
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const mark = (await fingerprint(sku)).slice(0, 10);
  return words === '' ? mark : `${words.slice(0, 60)}-${mark}`;
}

/** A product as it is asked for where there is none. */
export function makeInput(draft: ProductDraft, handle: string, collections: readonly string[]): MakeInput {
  const { title, description, status, vendor, variants } = draft;
  return {
    handle,
    title,
    status: productStatus.encode(status),
    ...(description !== undefined && { descriptionHtml: description }),
    ...(vendor !== undefined && { vendor }),
    ...(collections.length > 0 && { collections }),
    productOptions: optionNames(draft).map((name, index) => ({
      name,
      position: index + 1,
      values: [...new Set(variants.flatMap((variant) => valueOf(variant, name)))].map((value) => ({ name: value })),
    })),
    variants: variants.map((variant, index) => ({
      ...variantInput(variant, optionNames(draft)),
      position: index + 1,
      sku: variant.sku,
    })),
  };
}

/** A variant as it is added to a product. */
export function variantInput(variant: VariantDraft, options: readonly string[]) {
  const { price, barcode } = variant;
  return {
    optionValues: options.flatMap((optionName) => valueOf(variant, optionName).map((name) => ({ optionName, name }))),
    ...(price && priceInput(price)),
    ...(barcode !== undefined && { barcode }),
    inventoryItem: { sku: variant.sku, tracked: variant.stocked, ...weightInput(variant) },
  } satisfies VariantsInput;
}

/** The parts of a price that a variant has. */
export function priceInput({ amount, compareAt }: NonNullable<VariantDraft['price']>) {
  return {
    price: money(amount.amount, amount.currency).amount,
    ...(compareAt && { compareAtPrice: money(compareAt.amount, compareAt.currency).amount }),
  };
}

export function weightInput({ weightGrams }: VariantDraft) {
  if (weightGrams === undefined) return {};
  return { measurement: { weight: { unit: 'GRAMS' as const, value: weightGrams } } };
}

/** Shopify keeps a placeholder where there are no options. */
function optionNames({ variants }: ProductDraft): readonly string[] {
  const names = variants[0]?.options.map(({ name }) => name) ?? [];
  return names.length === 0 ? ['Title'] : names;
}

function valueOf({ options }: VariantDraft, name: string): readonly string[] {
  if (options.length === 0) return ['Default Title'];
  return options.flatMap((option) => (option.name === name ? [option.value] : []));
}
