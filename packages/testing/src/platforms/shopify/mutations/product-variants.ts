import { idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { changeVariant, type VariantChange } from '../life/change-variant.ts';
import { touch } from '../life/shop.ts';
import { roundedMinor, type Minor } from '../money.ts';
import { numberOf } from '../queries/lookup.ts';
import type { InventoryPolicy, VariantRecord } from '../records.ts';
import type { View } from '../views/views.ts';
import { userError, type UserError } from './user-error.ts';

// Codes, and the messages where the code's description is one, from the schema of API 2026-10, read 2026-11-26. Which of
// the codes answers what, and the other messages, are ours.

type Input = {
  readonly id?: string | null;
  readonly price?: string | null;
  readonly compareAtPrice?: string | null;
  readonly barcode?: string | null;
  readonly taxable?: boolean | null;
  readonly inventoryPolicy?: InventoryPolicy | null;
  readonly inventoryItem?: {
    readonly cost?: string | null;
    readonly requiresShipping?: boolean | null;
    readonly sku?: string | null;
    readonly tracked?: boolean | null;
  } | null;
  readonly inventoryQuantities?: readonly unknown[] | null;
};
type Planned = { readonly variant: VariantRecord; readonly change: VariantChange };

/** Changes variants of one product: all or none, or with `allowPartialUpdates` those that are right. */
export function productVariantsBulkUpdate(
  args: { readonly productId: string; readonly variants: readonly Input[]; readonly allowPartialUpdates: boolean },
  { shop, views }: Context,
): View {
  const { store } = shop;
  const product = store.products.get(numberOf(args.productId, 'Product'));
  if (!product) {
    const problem = userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST');
    return { product: null, productVariants: null, userErrors: [problem] };
  }
  const problems: UserError[] = [];
  const planned = args.variants.flatMap((input, index): Planned[] => {
    const field = ['variants', String(index)];
    const variant = variantOf(store.variants, product.id, input.id);
    const wrong = variant ? problemsOf(input, store.currency, field) : [noVariant(input.id, field)];
    problems.push(...wrong);
    return variant && wrong.length === 0 ? [{ variant, change: changeOf(input, store.currency) }] : [];
  });
  if (problems.length > 0 && !args.allowPartialUpdates) {
    return { product: views.product(product), productVariants: null, userErrors: problems };
  }
  const changed = planned.filter(({ variant, change }) => changeVariant(shop, variant, change));
  if (changed.length > 0) {
    touch(shop, product);
    shop.tell([{ topic: 'products/update', product }]);
  }
  return {
    product: views.product(product),
    productVariants: planned.map(({ variant }) => views.variant(variant)),
    userErrors: problems,
  };
}

/** A variant of another product is none here. */
function variantOf(
  variants: ReadonlyMap<bigint, VariantRecord>,
  productId: bigint,
  id: string | null | undefined,
): VariantRecord | undefined {
  const number = id == null ? undefined : idIn(id, 'ProductVariant');
  const variant = number === undefined ? undefined : variants.get(number);
  return variant?.productId === productId ? variant : undefined;
}

function noVariant(id: string | null | undefined, field: readonly string[]): UserError {
  return id == null
    ? userError([...field, 'id'], 'Product variant is missing ID attribute', 'PRODUCT_VARIANT_ID_MISSING')
    : userError([...field, 'id'], 'Product variant does not exist', 'PRODUCT_VARIANT_DOES_NOT_EXIST');
}

function problemsOf(input: Input, currency: string, field: readonly string[]): UserError[] {
  const problems: UserError[] = [];
  if (input.inventoryQuantities != null) {
    problems.push(
      userError(
        [...field, 'inventoryQuantities'],
        'Inventory quantities can only be provided during create. To update inventory for existing variants, use inventoryAdjustQuantities.',
        'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE',
      ),
    );
  }
  if (input.price === null) problems.push(userError([...field, 'price'], "Price can't be blank", 'BLANK'));
  for (const [name, words] of [
    ['price', 'Price'],
    ['compareAtPrice', 'Compare at price'],
  ] as const) {
    const amount = input[name];
    if (amount != null && roundedMinor(amount, currency) < 0n) {
      const message = `${words} must be greater than or equal to 0`;
      problems.push(userError([...field, name], message, 'GREATER_THAN_OR_EQUAL_TO'));
    }
  }
  return problems;
}

/** What is left out stays; null takes away what can be missing. */
function changeOf(input: Input, currency: string): VariantChange {
  const { inventoryItem: item } = input;
  const amountOf = (decimal: string | null): Minor | undefined =>
    decimal === null ? undefined : roundedMinor(decimal, currency);
  return {
    ...(input.price == null ? {} : { price: roundedMinor(input.price, currency) }),
    ...(input.compareAtPrice === undefined ? {} : { compareAtPrice: amountOf(input.compareAtPrice) }),
    ...(input.barcode === undefined ? {} : { barcode: input.barcode ?? undefined }),
    ...(input.taxable == null ? {} : { taxable: input.taxable }),
    ...(input.inventoryPolicy == null ? {} : { inventoryPolicy: input.inventoryPolicy }),
    ...(item?.cost === undefined ? {} : { cost: amountOf(item.cost) }),
    ...(item?.sku === undefined ? {} : { sku: item.sku ?? undefined }),
    ...(item?.tracked == null ? {} : { tracked: item.tracked }),
    ...(item?.requiresShipping == null ? {} : { requiresShipping: item.requiresShipping }),
  };
}
