import type { ProductRecord } from '../records.ts';
import { gid } from '../gid.ts';
import type { Store } from '../store.ts';
import type { Shop } from './shop.ts';
import { dropVariant, variantsOf } from './variants.ts';

/** What a product is made of. What is left out has the platform's own value. */
export type ProductDraft = { readonly title: string } & {
  readonly [K in keyof Omit<ProductRecord, 'id' | 'title' | 'createdAt' | 'updatedAt'>]?: ProductRecord[K] | undefined;
};

/** Makes a product without variants. A handle that is taken gets a number behind it. */
export function makeProduct({ store }: Shop, draft: ProductDraft): ProductRecord {
  const now = store.second();
  const status = draft.status ?? 'ACTIVE';
  const product: ProductRecord = {
    id: store.nextId(),
    title: draft.title,
    handle: freeHandle(store, draft.handle ?? slugOf(draft.title)),
    vendor: draft.vendor ?? store.shop,
    productType: draft.productType ?? '',
    descriptionHtml: draft.descriptionHtml ?? '',
    status,
    tags: tagsOf(draft.tags ?? []),
    seo: draft.seo ?? { title: undefined, description: undefined },
    templateSuffix: draft.templateSuffix,
    category: draft.category,
    giftCard: draft.giftCard ?? false,
    options: draft.options ?? [],
    collections: draft.collections ?? [],
    media: draft.media ?? [],
    publishedAt: draft.publishedAt ?? (status === 'ACTIVE' ? now : undefined),
    createdAt: now,
    updatedAt: now,
  };
  store.products.set(product.id, product);
  store.byHandle.set(product.handle, product);
  return product;
}

/** Gives a product another handle. */
export function rename({ store }: Shop, product: ProductRecord, handle: string): void {
  store.byHandle.delete(product.handle);
  product.handle = handle;
  store.byHandle.set(handle, product);
}

/** Takes a product away with its variants, and tells subscribers. */
export function deleteProduct(shop: Shop, product: ProductRecord): void {
  const { store, tell } = shop;
  for (const variant of variantsOf(store, product.id)) dropVariant(shop, variant);
  store.products.delete(product.id);
  store.byHandle.delete(product.handle);
  store.ofProduct.delete(product.id);
  store.metafields.delete(gid('Product', product.id));
  tell([{ topic: 'products/delete', product }]);
}

/** A title as it stands in an address. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** Tags in the platform's order: sorted, each once whatever its case. */
export function tagsOf(tags: readonly string[]): readonly string[] {
  const known = new Map<string, string>();
  for (const tag of tags.map((each) => each.trim())) {
    if (tag !== '' && !known.has(tag.toLowerCase())) known.set(tag.toLowerCase(), tag);
  }
  return [...known.values()].toSorted();
}

function freeHandle({ byHandle }: Store, wanted: string): string {
  const base = wanted === '' ? 'product' : wanted;
  let handle = base;
  for (let number = 1; byHandle.has(handle); number++) handle = `${base}-${number}`;
  return handle;
}
