import { gid, idIn, partsOf } from '../gid.ts';
import { rename, tagsOf } from '../life/make-product.ts';
import type { Shop } from '../life/shop.ts';
import type { ProductRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { metafieldAsked, writeMetafields, type MetafieldWish } from './metafield-input.ts';
import { tagTrouble } from './tag-limits.ts';
import { userError, type UserError } from './user-error.ts';

/** What a product is made or changed by, as far as all mutations agree. */
export type ProductFields = {
  readonly title?: string | null;
  readonly handle?: string | null;
  readonly descriptionHtml?: string | null;
  readonly productType?: string | null;
  readonly vendor?: string | null;
  readonly status?: string | null;
  readonly tags?: readonly string[] | null;
  readonly templateSuffix?: string | null;
  readonly category?: string | null;
  readonly seo?: { readonly title?: string | null; readonly description?: string | null } | null;
  readonly metafields?: readonly MetafieldWish[] | null;
};

type Codes = {
  readonly blank: string;
  readonly invalid: string;
  readonly taken: string;
  readonly metafield: string;
  readonly notFound: string;
};

/** What is wrong with them. `at` is where they stand in the arguments; `self` is the product that is changed. */
export function fieldProblems(
  store: Store,
  input: ProductFields,
  at: readonly string[],
  self: ProductRecord | undefined,
  codes?: Codes,
): UserError[] {
  const problems: UserError[] = [];
  const say = (field: readonly string[], message: string, code: string | undefined) =>
    void problems.push(userError([...at, ...field], message, code));
  if (input.title === null || (input.title ?? (self ? 'kept' : '')).trim() === '')
    say(['title'], "Title can't be blank", codes?.blank);
  if ((input.title ?? '').length > 255) say(['title'], 'Title is too long (maximum is 255 characters)', codes?.blank);
  const tags = tagTrouble('Product', input.tags ?? []);
  if (tags !== undefined) say(['tags'], tags, codes?.invalid);
  const taken = input.handle == null ? undefined : store.byHandle.get(input.handle);
  if (taken && taken !== self) say(['handle'], 'Handle already in use. Please provide a new handle.', codes?.taken);
  if (input.category != null && partsOf(input.category)?.type !== 'TaxonomyCategory')
    say(['category'], 'Category does not exist', codes?.notFound);
  for (const [index, wish] of (input.metafields ?? []).entries()) {
    const { problem } = metafieldAsked(store, gid('Product', self?.id ?? 0n), wish);
    if (problem) say(['metafields', String(index), problem.at], problem.message, codes?.metafield);
  }
  return problems;
}

/** Writes what is said of it on a product. What is left out stays. */
export function writeFields(shop: Shop, product: ProductRecord, input: ProductFields): void {
  const { store } = shop;
  if (input.title != null) product.title = input.title;
  if (input.handle != null && input.handle !== product.handle) rename(shop, product, input.handle);
  if (input.descriptionHtml !== undefined) product.descriptionHtml = input.descriptionHtml ?? '';
  if (input.productType !== undefined) product.productType = input.productType ?? '';
  if (input.vendor != null) product.vendor = input.vendor;
  if (input.templateSuffix !== undefined) product.templateSuffix = input.templateSuffix ?? undefined;
  if (input.category !== undefined) product.category = input.category == null ? undefined : partsOf(input.category)?.id;
  if (input.tags != null) product.tags = tagsOf(input.tags);
  if (input.seo != null) {
    const { title, description } = input.seo;
    product.seo = {
      title: title === undefined ? product.seo.title : (title ?? undefined),
      description: description === undefined ? product.seo.description : (description ?? undefined),
    };
  }
  if (input.status != null) {
    product.status = input.status;
    if (input.status === 'ACTIVE') product.publishedAt ??= store.second();
  }
  const ownerId = gid('Product', product.id);
  const texts = (input.metafields ?? []).flatMap((wish) => {
    const asked = metafieldAsked(store, ownerId, wish);
    return asked.problem ? [] : [asked.text];
  });
  writeMetafields(shop, ownerId, texts);
}

/** The numbers of collections, or the first id that is none of the shop's. */
export function collectionsMeant(
  store: Store,
  ids: readonly string[],
): { readonly numbers: readonly bigint[]; readonly unknownAt: number } {
  const numbers = ids.map((id) => idIn(id, 'Collection'));
  const unknownAt = numbers.findIndex((number) => number === undefined || !store.collections.has(number));
  return { numbers: [...new Set(numbers.filter((number) => number !== undefined))], unknownAt };
}
