import { gid, idIn } from '../gid.ts';
import type { ProductRecord } from '../records.ts';
import { levelKey, type Store } from '../store.ts';
import { metafieldAsked } from './metafield-input.ts';
import type { OptionInput, ProductSetInput, SetVariantInput } from './product-set-input.ts';
import { variantMeant } from './product-variants.ts';
import { userError, type UserError } from './user-error.ts';
import { amountProblems } from './variant-input.ts';
import { mostQuantities, mostVariants } from './variants-create.ts';

// Three options a product. Schema of API 2026-10, read 2026-11-26.
const mostOptions = 3;

/** What is wrong with the options and the variants that a product is to have. */
export function productSetProblems(
  store: Store,
  input: ProductSetInput,
  self: ProductRecord | undefined,
): readonly UserError[] {
  const { productOptions: options, variants } = input;
  if (variants && !options) {
    const message = 'Must specify product options when updating variants.';
    return [userError(['input', 'productOptions'], message, 'PRODUCT_OPTIONS_INPUT_MISSING')];
  }
  if (options && !variants) {
    const message = 'Must specify variants when updating options.';
    return [userError(['input', 'variants'], message, 'VARIANTS_INPUT_MISSING')];
  }
  if (!options || !variants) return [];
  const shape = optionProblems(options, self);
  if (shape.length > 0) return shape;
  if (variants.length === 0) {
    return [userError(['input', 'variants'], 'Must specify variants when updating options.', 'VARIANTS_INPUT_MISSING')];
  }
  if (variants.length > mostVariants) {
    const message = `Number of product variants exceeds shop limit of ${mostVariants}.`;
    return [userError(['input', 'variants'], message, 'VARIANTS_OVER_LIMIT')];
  }
  const quantities = variants.reduce((total, each) => total + (each.inventoryQuantities?.length ?? 0), 0);
  if (quantities > mostQuantities) {
    const message =
      'Inventory quantity input exceeds the limit of 50000. Consider using separate `inventorySetQuantities` mutations.';
    return [userError(['input', 'variants'], message, 'INVENTORY_QUANTITIES_LIMIT_EXCEEDED')];
  }
  return variantProblems(store, options, variants, self);
}

function optionProblems(options: readonly OptionInput[], self: ProductRecord | undefined): readonly UserError[] {
  const problems: UserError[] = [];
  const say = (at: readonly string[], message: string, code: string) =>
    void problems.push(userError(['input', 'productOptions', ...at], message, code));
  if (options.length === 0)
    say([], 'Each option must have at least one option value specified.', 'OPTION_VALUES_MISSING');
  if (options.length > mostOptions) say([], `Options are over the limit of ${mostOptions}.`, 'OPTIONS_OVER_LIMIT');
  const names = new Set<string>();
  for (const [index, option] of options.entries()) {
    const at = [String(index)];
    const known = self?.options.find(({ id }) => gid('ProductOption', id) === option.id);
    const name = option.name ?? known?.name;
    if (option.id != null && !known) say([...at, 'id'], 'Option does not exist', 'OPTION_DOES_NOT_EXIST');
    else if (name == null || name === '') say([...at, 'name'], "Option name can't be blank", 'INVALID_INPUT');
    else if (names.has(name)) say([...at, 'name'], `Option "${name}" stands twice.`, 'DUPLICATED_OPTION_NAME');
    else names.add(name);
    const values = option.values ?? [];
    if (values.length === 0)
      say([...at, 'values'], 'Each option must have at least one option value specified.', 'OPTION_VALUES_MISSING');
    const texts = values.map((value) => value.name ?? value.id);
    if (new Set(texts).size < texts.length)
      say([...at, 'values'], 'Option values must be unique.', 'DUPLICATED_OPTION_VALUE');
    for (const [place, { id }] of values.entries()) {
      if (id != null && !known?.values.some((value) => gid('ProductOptionValue', value.id) === id))
        say([...at, 'values', String(place), 'id'], 'Option value does not exist', 'OPTION_VALUE_DOES_NOT_EXIST');
    }
  }
  return problems;
}

function variantProblems(
  store: Store,
  options: readonly OptionInput[],
  variants: readonly SetVariantInput[],
  self: ProductRecord | undefined,
): readonly UserError[] {
  const problems: UserError[] = [];
  const combinations = new Set<string>();
  const ids = new Set<string>();
  for (const [index, input] of variants.entries()) {
    const field = ['input', 'variants', String(index)];
    const say = (at: readonly string[], message: string, code: string) =>
      void problems.push(userError([...field, ...at], message, code));
    const known = self && variantMeant(store.variants, self.id, input.id);
    if (input.id != null && !known) say(['id'], 'Product variant does not exist', 'PRODUCT_VARIANT_DOES_NOT_EXIST');
    if (input.id != null && ids.has(input.id)) say(['id'], 'Duplicated value.', 'DUPLICATED_VALUE');
    if (input.id != null) ids.add(input.id);
    problems.push(
      ...amountProblems(input, store.currency, field, { blank: 'INVALID_VARIANT', negative: 'INVALID_VARIANT' }),
    );
    const choices = input.optionValues ?? [];
    const texts = options.map((option) => {
      const choice = choices.find(
        (each) =>
          (each.optionId != null && each.optionId === option.id) ||
          (each.optionName != null && each.optionName === nameOf(option, self)),
      );
      const wanted = choice?.name ?? choice?.id;
      const isThere = (option.values ?? []).some(
        (value) => value.name === wanted || value.id === wanted || nameOfValue(value.id, self) === wanted,
      );
      if (!choice) say(['optionValues'], `Option "${nameOf(option, self)}" has no value.`, 'INVALID_VARIANT');
      else if (!isThere) say(['optionValues'], 'Option value does not exist', 'OPTION_VALUE_DOES_NOT_EXIST');
      return wanted;
    });
    if (choices.length > options.length) say(['optionValues'], 'Option does not exist', 'OPTION_DOES_NOT_EXIST');
    const key = JSON.stringify(texts);
    if (combinations.has(key))
      say(
        [],
        `The variant '${texts.join(' / ')}' already exists. Please change at least one option value.`,
        'INVALID_VARIANT',
      );
    combinations.add(key);
    for (const [at, { locationId, name }] of (input.inventoryQuantities ?? []).entries()) {
      const place = idIn(locationId, 'Location');
      const where = ['inventoryQuantities', String(at)];
      if (place === undefined || !store.locations.has(place))
        say([...where, 'locationId'], 'Location does not exist', 'INVALID_VARIANT');
      else if (name !== 'available' && name !== 'on_hand')
        say([...where, 'name'], "The quantity name must be either 'available' or 'on_hand'.", 'INVALID_VARIANT');
      else if (known && !store.levels.has(levelKey(known.itemId, place)))
        say([...where, 'locationId'], 'The variant is not stocked at the location.', 'INVALID_VARIANT');
    }
    for (const [at, wish] of (input.metafields ?? []).entries()) {
      const { problem } = metafieldAsked(store, known ? gid('ProductVariant', known.id) : '', wish);
      if (problem) say(['metafields', String(at), problem.at], problem.message, 'INVALID_METAFIELD');
    }
  }
  return problems;
}

function nameOf({ id, name }: OptionInput, self: ProductRecord | undefined): string {
  return name ?? self?.options.find((each) => gid('ProductOption', each.id) === id)?.name ?? '';
}

function nameOfValue(id: string | null | undefined, self: ProductRecord | undefined): string | undefined {
  return self?.options.flatMap(({ values }) => values).find((value) => gid('ProductOptionValue', value.id) === id)
    ?.name;
}
