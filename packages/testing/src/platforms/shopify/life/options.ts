import type { OptionRecord, ProductRecord, VariantRecord } from '../records.ts';
import { gid } from '../gid.ts';
import type { Store } from '../store.ts';
import { variantsOf } from './variants.ts';

/** What is chosen of one option, as a client names it: both by id or by name. */
export type OptionChoice = {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly optionId?: string | null;
  readonly optionName?: string | null;
};

/** The option that is meant. */
export function optionMeant(
  { options }: Pick<ProductRecord, 'options'>,
  { optionId, optionName }: OptionChoice,
): OptionRecord | undefined {
  return options.find(({ id, name }) =>
    optionId == null ? name === optionName : gid('ProductOption', id) === optionId,
  );
}

/** The value of an option that is meant. */
export function valueMeant({ values }: OptionRecord, { id, name }: OptionChoice): bigint | undefined {
  return values.find((value) => (id == null ? value.name === name : gid('ProductOptionValue', value.id) === id))?.id;
}

/** The id of an option's value of that name, which is added when there is none. */
export function valueNamed(store: Store, option: OptionRecord, name: string): bigint {
  const found = option.values.find((value) => value.name === name);
  if (found) return found.id;
  const id = store.nextId();
  option.values = [...option.values, { id, name }];
  return id;
}

/** Another variant of the product that is chosen the same way. */
export function twinOf(
  store: Store,
  product: ProductRecord,
  choice: readonly bigint[],
  self?: VariantRecord,
): VariantRecord | undefined {
  const wanted = choice.map(String).join();
  return variantsOf(store, product.id).find((each) => each !== self && each.choice.map(String).join() === wanted);
}
