import { gid, idIn } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { setMetafield } from '../life/metafields.ts';
import { optionMeant, twinOf, valueMeant, valueNamed } from '../life/options.ts';
import { touch, type Shop } from '../life/shop.ts';
import { shift, stocked } from '../life/stock.ts';
import { addVariant, dropVariant, order, variantsOf, type VariantDraft } from '../life/variants.ts';
import { numberOf } from '../queries/lookup.ts';
import type { ProductRecord, VariantRecord } from '../records.ts';
import type { View } from '../views/views.ts';
import { metafieldAsked } from './metafield-input.ts';
import { variantMeant } from './product-variants.ts';
import { userError, type UserError } from './user-error.ts';
import { amountProblems, changeOf, type VariantInput } from './variant-input.ts';

// Codes from the schema of API 2026-10, read 2026-11-26; which answers what, and most messages, are ours.

type Input = VariantInput & {
  readonly inventoryQuantities?: readonly { readonly locationId: string; readonly availableQuantity: number }[] | null;
  readonly quantityAdjustments?: readonly unknown[] | null;
};

// Variants a product may have; quantities one call may carry. Schema of API 2026-10, read 2026-11-26.
/** How many variants a product may have. */
export const mostVariants = 2048;
/** How many quantities one call may carry. */
export const mostQuantities = 50_000;

/** Adds variants to a product: all or none. The variant that stood for a product without options goes, as told. */
export function productVariantsBulkCreate(
  args: { readonly productId: string; readonly strategy: string; readonly variants: readonly Input[] },
  { shop, views }: Context,
): View {
  const { store } = shop;
  const product = store.products.get(numberOf(args.productId, 'Product'));
  if (!product) {
    const problem = userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST');
    return { product: null, productVariants: null, userErrors: [problem] };
  }
  const standalone = standaloneOf(shop, product, args.strategy);
  const problems = problemsOf(shop, product, args.variants, standalone);
  if (problems.length > 0) return { product: views.product(product), productVariants: [], userErrors: problems };
  if (standalone) dropVariant(shop, standalone);
  const made = args.variants.map((input) => made1(shop, product, input));
  order(store, product.id, variantsOf(store, product.id));
  touch(shop, product);
  shop.tell([{ topic: 'products/update', product }]);
  for (const [index, variant] of made.entries()) stockUp(shop, variant, args.variants[index]);
  return {
    product: views.product(product),
    productVariants: made.map((variant) => views.variant(variant)),
    userErrors: [],
  };
}

/** Takes variants away; the last one stays. */
export function productVariantsBulkDelete(
  args: { readonly productId: string; readonly variantsIds: readonly string[] },
  { shop, views }: Context,
): View {
  const { store } = shop;
  const product = store.products.get(numberOf(args.productId, 'Product'));
  if (!product) {
    const problem = userError(['productId'], 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST');
    return { product: null, userErrors: [problem] };
  }
  const gone = args.variantsIds.map((id) => variantMeant(store.variants, product.id, id));
  const stranger = gone.indexOf(undefined);
  if (stranger >= 0) {
    const message = 'At least one variant does not belong to the product';
    const code = 'AT_LEAST_ONE_VARIANT_DOES_NOT_BELONG_TO_THE_PRODUCT';
    return { product: null, userErrors: [userError(['variantsIds', String(stranger)], message, code)] };
  }
  if (new Set(gone).size >= variantsOf(store, product.id).length) {
    const message = 'Cannot delete the last variant of a product';
    return { product: null, userErrors: [userError(['variantsIds'], message, 'CANNOT_DELETE_LAST_VARIANT')] };
  }
  for (const variant of gone) if (variant) dropVariant(shop, variant);
  touch(shop, product);
  shop.tell([{ topic: 'products/update', product }]);
  return { product: views.product(product), userErrors: [] };
}

/** The lone variant that goes when others come: always under its strategy, by default only a default one. */
function standaloneOf({ store }: Shop, product: ProductRecord, strategy: string): VariantRecord | undefined {
  const [first, ...rest] = variantsOf(store, product.id);
  if (!first || rest.length > 0) return undefined;
  return strategy === 'REMOVE_STANDALONE_VARIANT' || (strategy === 'DEFAULT' && first.title === 'Default Title')
    ? first
    : undefined;
}

function made1(shop: Shop, product: ProductRecord, input: Input): VariantRecord {
  const { store } = shop;
  const draft: VariantDraft = {
    price: 0n,
    ...changeOf(input, store.currency),
    choice: product.options.flatMap((option) => {
      const choice = (input.optionValues ?? []).find((each) => optionMeant(product, each) === option);
      if (!choice) return [];
      return valueMeant(option, choice) ?? (choice.name == null ? [] : valueNamed(store, option, choice.name));
    }),
  };
  const variant = addVariant(shop, product, draft);
  for (const wish of input.metafields ?? []) {
    const asked = metafieldAsked(store, gid('ProductVariant', variant.id), wish);
    if (!asked.problem) setMetafield(shop, gid('ProductVariant', variant.id), asked.text);
  }
  return variant;
}

function stockUp(shop: Shop, variant: VariantRecord, input: Input | undefined): void {
  for (const { locationId, availableQuantity } of input?.inventoryQuantities ?? []) {
    const level = stocked(shop, variant.itemId, numberOf(locationId, 'Location'));
    shift(shop, [{ level, by: { available: availableQuantity } }]);
  }
}

function problemsOf(
  { store }: Shop,
  product: ProductRecord,
  inputs: readonly Input[],
  standalone: VariantRecord | undefined,
): UserError[] {
  const problems: UserError[] = [];
  const there = variantsOf(store, product.id).length - (standalone ? 1 : 0);
  if (there + inputs.length > mostVariants) {
    const message = `Your product can have at most ${mostVariants} variants.`;
    problems.push(userError(['variants'], message, 'SUBSCRIPTION_VIOLATION'));
  }
  const quantities = inputs.reduce((total, { inventoryQuantities }) => total + (inventoryQuantities?.length ?? 0), 0);
  if (quantities > mostQuantities) {
    const message =
      'Inventory quantity input exceeds the limit of 50000. Consider using separate `inventorySetQuantities` mutations.';
    problems.push(userError(['variants'], message, 'INVENTORY_QUANTITIES_LIMIT_EXCEEDED'));
  }
  const combinations = new Set<string>();
  for (const [index, input] of inputs.entries()) {
    const field = ['variants', String(index)];
    const say = (at: readonly string[], message: string, code: string) =>
      void problems.push(userError([...field, ...at], message, code));
    if (input.id != null) say(['id'], 'On create, this key cannot be used.', 'NO_KEY_ON_CREATE');
    if (input.quantityAdjustments != null)
      say(['quantityAdjustments'], 'On create, this key cannot be used.', 'NO_KEY_ON_CREATE');
    problems.push(
      ...amountProblems(input, store.currency, field, { blank: 'INVALID', negative: 'GREATER_THAN_OR_EQUAL_TO' }),
    );
    const choices = input.optionValues ?? [];
    for (const [at, choice] of choices.entries()) {
      if (!optionMeant(product, choice))
        say(['optionValues', String(at)], 'Option does not exist', 'OPTION_VALUES_FOR_NUMBER_OF_UNKNOWN_OPTIONS');
    }
    const missing = product.options.find((option) => !choices.some((each) => optionMeant(product, each) === option));
    if (missing) {
      say([], `You need to add option values for ${missing.name}`, 'NEED_TO_ADD_OPTION_VALUES');
      continue;
    }
    const choice = product.options.map((option) => {
      const wanted = choices.find((each) => optionMeant(product, each) === option) ?? {};
      return valueMeant(option, wanted) ?? wanted.name ?? '';
    });
    const key = choice.map(String).join('/');
    const known = choice.filter((each) => typeof each === 'bigint');
    const twin = known.length === choice.length ? twinOf(store, product, known, standalone) : undefined;
    if (combinations.has(key) || (twin && twin !== standalone)) {
      const title = twin?.title ?? choices.map(({ name }) => name).join(' / ');
      say(
        [],
        `The variant '${title}' already exists. Please change at least one option value.`,
        'VARIANT_ALREADY_EXISTS',
      );
    }
    combinations.add(key);
    for (const [at, { locationId }] of (input.inventoryQuantities ?? []).entries()) {
      const place = idIn(locationId, 'Location');
      if (place === undefined || !store.locations.has(place)) {
        const message = 'Quantity could not be set. The location was not found.';
        say(['inventoryQuantities', String(at), 'locationId'], message, 'TRACKED_VARIANT_LOCATION_NOT_FOUND');
      }
    }
    for (const [at, wish] of (input.metafields ?? []).entries()) {
      const { problem } = metafieldAsked(store, '', wish);
      if (problem) say(['metafields', String(at), problem.at], problem.message, 'INVALID');
    }
  }
  return problems;
}
