import { gid, idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { changeVariant, type VariantChange } from '../life/change-variant.ts';
import { setMetafield, type MetafieldText } from '../life/metafields.ts';
import { optionMeant, twinOf, valueMeant, valueNamed } from '../life/options.ts';
import { touch, type Shop } from '../life/shop.ts';
import { shift, stocked } from '../life/stock.ts';
import { titleOf } from '../life/variants.ts';
import { numberOf } from '../queries/lookup.ts';
import type { ProductRecord, VariantRecord } from '../records.ts';
import { levelKey } from '../store.ts';
import type { View } from '../views/views.ts';
import { metafieldAsked } from './metafield-input.ts';
import { userError, type UserError } from './user-error.ts';
import { amountProblems, changeOf, type VariantInput } from './variant-input.ts';

// Codes, and the messages where the code's description is one, from the schema of API 2026-10, read 2026-11-26. Which of
// the codes answers what, and the other messages, are ours.

type Input = VariantInput & {
  readonly inventoryQuantities?: readonly unknown[] | null;
  readonly quantityAdjustments?:
    | readonly {
        readonly locationId: string;
        readonly adjustment: number;
        readonly changeFromQuantity?: number | null;
      }[]
    | null;
};
type Planned = { readonly variant: VariantRecord; readonly change: VariantChange; readonly input: Input };

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
    const variant = variantMeant(store.variants, product.id, input.id);
    const wrong = variant ? problemsOf(shop, product, variant, input, field) : [noVariant(input.id, field)];
    problems.push(...wrong);
    return variant && wrong.length === 0 ? [{ variant, change: changeOf(input, store.currency), input }] : [];
  });
  if (problems.length > 0 && !args.allowPartialUpdates) {
    return { product: views.product(product), productVariants: null, userErrors: problems };
  }
  // All have to be written before it is asked whether one was.
  const isChanged = planned.map((plan) => carryOut(shop, product, plan)).some(Boolean);
  if (isChanged) {
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
export function variantMeant(
  variants: ReadonlyMap<bigint, VariantRecord>,
  productId: bigint,
  id: string | null | undefined,
): VariantRecord | undefined {
  const number = id == null ? undefined : idIn(id, 'ProductVariant');
  const variant = number === undefined ? undefined : variants.get(number);
  return variant?.productId === productId ? variant : undefined;
}

function carryOut(shop: Shop, product: ProductRecord, { variant, change, input }: Planned): boolean {
  const choice = choiceAfter(shop, product, variant, input);
  const isChanged = changeVariant(shop, variant, { ...change, choice, title: titleOf(product, choice) });
  const ownerId = gid('ProductVariant', variant.id);
  const texts = (input.metafields ?? []).flatMap((wish): MetafieldText[] => {
    const asked = metafieldAsked(shop.store, ownerId, wish);
    return asked.problem ? [] : [asked.text];
  });
  for (const text of texts) setMetafield(shop, ownerId, text);
  for (const { locationId, adjustment } of input.quantityAdjustments ?? []) {
    const level = stocked(shop, variant.itemId, numberOf(locationId, 'Location'));
    shift(shop, [{ level, by: { available: adjustment } }]);
  }
  return isChanged || texts.length > 0;
}

/** What is chosen after the change: only the options that are named are chosen anew. */
function choiceAfter({ store }: Shop, product: ProductRecord, variant: VariantRecord, input: Input): readonly bigint[] {
  const named = new Map(
    (input.optionValues ?? []).flatMap((choice) => {
      const option = optionMeant(product, choice);
      if (!option) return [];
      const value =
        valueMeant(option, choice) ?? (choice.name == null ? undefined : valueNamed(store, option, choice.name));
      return value === undefined ? [] : [[option.id, value] as const];
    }),
  );
  return product.options.flatMap(
    (option) => named.get(option.id) ?? option.values.find(({ id }) => variant.choice.includes(id))?.id ?? [],
  );
}

function noVariant(id: string | null | undefined, field: readonly string[]): UserError {
  return id == null
    ? userError([...field, 'id'], 'Product variant is missing ID attribute', 'PRODUCT_VARIANT_ID_MISSING')
    : userError([...field, 'id'], 'Product variant does not exist', 'PRODUCT_VARIANT_DOES_NOT_EXIST');
}

function problemsOf(
  { store }: Shop,
  product: ProductRecord,
  variant: VariantRecord,
  input: Input,
  field: readonly string[],
): UserError[] {
  const problems = amountProblems(input, store.currency, field, {
    blank: 'BLANK',
    negative: 'GREATER_THAN_OR_EQUAL_TO',
  });
  if (input.inventoryQuantities != null) {
    problems.unshift(
      userError(
        [...field, 'inventoryQuantities'],
        'Inventory quantities can only be provided during create. To update inventory for existing variants, use inventoryAdjustQuantities.',
        'NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE',
      ),
    );
  }
  for (const [index, choice] of (input.optionValues ?? []).entries()) {
    const at = [...field, 'optionValues', String(index)];
    const option = optionMeant(product, choice);
    if (!option) problems.push(userError(at, 'Option does not exist', 'OPTION_DOES_NOT_EXIST'));
    else if (choice.name == null && valueMeant(option, choice) === undefined)
      problems.push(userError(at, 'Option value does not exist', 'OPTION_VALUE_DOES_NOT_EXIST'));
  }
  const names = new Map((input.optionValues ?? []).map((choice) => [optionMeant(product, choice)?.id, choice]));
  const choice = product.options.map((option) => {
    const named = names.get(option.id);
    return named ? valueMeant(option, named) : option.values.find(({ id }) => variant.choice.includes(id))?.id;
  });
  const known = choice.filter((id) => id !== undefined);
  const twin = known.length === product.options.length ? twinOf(store, product, known, variant) : undefined;
  if (twin && input.optionValues) {
    const message = `The variant '${twin.title}' already exists. Please change at least one option value.`;
    problems.push(userError(field, message, 'VARIANT_ALREADY_EXISTS'));
  }
  for (const [index, wish] of (input.metafields ?? []).entries()) {
    const { problem } = metafieldAsked(store, gid('ProductVariant', variant.id), wish);
    if (problem)
      problems.push(userError([...field, 'metafields', String(index), problem.at], problem.message, 'INVALID_VALUE'));
  }
  for (const [index, { locationId, changeFromQuantity }] of (input.quantityAdjustments ?? []).entries()) {
    const at = [...field, 'quantityAdjustments', String(index)];
    const place = idIn(locationId, 'Location');
    const level = place === undefined ? undefined : store.levels.get(levelKey(variant.itemId, place));
    if (place === undefined || !store.locations.has(place))
      problems.push(userError([...at, 'locationId'], 'Location does not exist', 'INVALID_INPUT'));
    else if (changeFromQuantity != null && changeFromQuantity !== (level?.quantities.available ?? 0))
      problems.push(
        userError(
          [...at, 'changeFromQuantity'],
          'The compare quantity does not match the current quantity.',
          'INVALID_INPUT',
        ),
      );
  }
  return problems;
}
