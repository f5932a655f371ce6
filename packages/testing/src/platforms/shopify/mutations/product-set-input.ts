import type { ProductFields } from './product-fields.ts';
import type { VariantInput } from './variant-input.ts';

/** A product as `productSet` is to make it. */
export type ProductSetInput = ProductFields & {
  readonly id?: string | null;
  readonly giftCard?: boolean | null;
  readonly collections?: readonly string[] | null;
  readonly files?: readonly FileInput[] | null;
  readonly productOptions?: readonly OptionInput[] | null;
  readonly variants?: readonly SetVariantInput[] | null;
};
export type FileInput = {
  readonly id?: string | null;
  readonly originalSource?: string | null;
  readonly alt?: string | null;
};
export type OptionInput = {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly position?: number | null;
  readonly values?: readonly { readonly id?: string | null; readonly name?: string | null }[] | null;
};
export type SetVariantInput = VariantInput & {
  readonly position?: number | null;
  readonly inventoryQuantities?:
    | readonly { readonly locationId: string; readonly name: string; readonly quantity: number }[]
    | null;
};
