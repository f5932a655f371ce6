import type { VariantChange } from '../life/change-variant.ts';
import type { OptionChoice } from '../life/options.ts';
import { roundedMinor, type Minor } from '../money.ts';
import type { InventoryPolicy, Weight } from '../records.ts';
import type { MetafieldWish } from './metafield-input.ts';
import { userError, type UserError } from './user-error.ts';

/** What a variant is made or changed by, as far as all mutations agree. */
export type VariantInput = {
  readonly id?: string | null;
  readonly price?: string | null;
  readonly compareAtPrice?: string | null;
  readonly barcode?: string | null;
  readonly sku?: string | null;
  readonly taxable?: boolean | null;
  readonly inventoryPolicy?: InventoryPolicy | null;
  readonly inventoryItem?: {
    readonly cost?: string | null;
    readonly countryCodeOfOrigin?: string | null;
    readonly harmonizedSystemCode?: string | null;
    readonly measurement?: { readonly weight?: Weight | null } | null;
    readonly provinceCodeOfOrigin?: string | null;
    readonly requiresShipping?: boolean | null;
    readonly sku?: string | null;
    readonly tracked?: boolean | null;
  } | null;
  readonly metafields?: readonly MetafieldWish[] | null;
  readonly optionValues?: readonly OptionChoice[] | null;
};

/** What is wrong with amounts: taken away, or below zero. `codes` are the mutation's own. */
export function amountProblems(
  input: VariantInput,
  currency: string,
  field: readonly string[],
  codes: { readonly blank: string; readonly negative: string },
): UserError[] {
  const problems: UserError[] = [];
  if (input.price === null) problems.push(userError([...field, 'price'], "Price can't be blank", codes.blank));
  for (const [name, words] of [
    ['price', 'Price'],
    ['compareAtPrice', 'Compare at price'],
  ] as const) {
    const amount = input[name];
    if (amount != null && roundedMinor(amount, currency) < 0n) {
      problems.push(userError([...field, name], `${words} must be greater than or equal to 0`, codes.negative));
    }
  }
  return problems;
}

/** What is left out stays; null takes away what can be missing. */
export function changeOf(input: VariantInput, currency: string): VariantChange {
  const { inventoryItem: item } = input;
  const amountOf = (decimal: string | null): Minor | undefined =>
    decimal === null ? undefined : roundedMinor(decimal, currency);
  const sku = item?.sku === undefined ? input.sku : item.sku;
  return {
    ...(input.price == null ? {} : { price: roundedMinor(input.price, currency) }),
    ...(input.compareAtPrice === undefined ? {} : { compareAtPrice: amountOf(input.compareAtPrice) }),
    ...(input.barcode === undefined ? {} : { barcode: textOf(input.barcode) }),
    ...(input.taxable == null ? {} : { taxable: input.taxable }),
    ...(input.inventoryPolicy == null ? {} : { inventoryPolicy: input.inventoryPolicy }),
    ...(item?.cost === undefined ? {} : { cost: amountOf(item.cost) }),
    ...(sku === undefined ? {} : { sku: textOf(sku) }),
    ...(item?.tracked == null ? {} : { tracked: item.tracked }),
    ...(item?.requiresShipping == null ? {} : { requiresShipping: item.requiresShipping }),
    ...(item?.measurement?.weight == null ? {} : { weight: { ...item.measurement.weight } }),
    ...(item?.countryCodeOfOrigin === undefined ? {} : { countryCodeOfOrigin: item.countryCodeOfOrigin ?? undefined }),
    ...(item?.provinceCodeOfOrigin === undefined
      ? {}
      : { provinceCodeOfOrigin: item.provinceCodeOfOrigin ?? undefined }),
    ...(item?.harmonizedSystemCode === undefined
      ? {}
      : { harmonizedSystemCode: item.harmonizedSystemCode ?? undefined }),
  };
}

/** An empty text is none. */
function textOf(text: string | null): string | undefined {
  return text === null || text === '' ? undefined : text;
}
