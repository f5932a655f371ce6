import type { GraphQLResolveInfo } from 'graphql';
import { apiError } from '../api-error.ts';
import { gid } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { metafieldOf, namespaceOf } from '../life/metafields.ts';
import { isSearchable } from '../life/searchable.ts';
import { foundVariants } from '../life/variants.ts';
import { page } from '../paging.ts';
import type { ProductRecord, VariantRecord } from '../records.ts';
import type { Store } from '../store.ts';
import type { View } from '../views/views.ts';
import { collectionFields, itemFields, productFields, variantFields } from './catalogue-search.ts';
import { collectionSort, productSort, variantSort } from './catalogue-sort.ts';
import { filtered, type Query } from './filtered.ts';
import { countOf, type ById, type CountArgs, type ListArgs } from './list-args.ts';
import { nodeOf, numberOf, typed } from './lookup.ts';

/** A record by its id, its handle, or a metafield whose values are unique. */
export type Identifier = {
  readonly id?: string | null;
  readonly handle?: string | null;
  readonly customId?: CustomId | null;
};
/** A metafield whose values are unique, and its value. */
export type CustomId = { readonly namespace?: string | null; readonly key: string; readonly value: string };

/** What can be asked of products, variants, items and collections. */
export const catalogueQueries = {
  product: ({ id }: ById, context: Context) => typed(context, id, 'Product'),
  productByIdentifier: ({ identifier }: { readonly identifier: Identifier }, context: Context): View | null => {
    const product = identifiedProduct(context.shop.store, identifier);
    return product ? context.views.product(product) : null;
  },
  products: (args: ListArgs, context: Context, info: GraphQLResolveInfo) =>
    page(matchingProducts(args, context, info), args, {
      id: ({ id }) => id,
      sort: productSort(context.shop.store, args.sortKey),
      view: context.views.product,
    }),
  productsCount: (args: CountArgs, context: Context, info: GraphQLResolveInfo) =>
    countOf(matchingProducts(args, context, info).length, args),
  productVariant: ({ id }: ById, context: Context) => typed(context, id, 'ProductVariant'),
  productVariantByIdentifier: ({ identifier }: { readonly identifier: Identifier }, context: Context) => {
    const { store } = context.shop;
    if (identifier.id != null) return typed(context, identifier.id, 'ProductVariant');
    const { customId } = identifier;
    const found = customId ? byCustomId(store, 'ProductVariant', customId, store.variants) : undefined;
    return found ? context.views.variant(found) : null;
  },
  productVariants: (args: ListArgs, context: Context, info: GraphQLResolveInfo) =>
    page(matchingVariants(args, context, info), args, {
      id: ({ id }) => id,
      sort: variantSort(context.shop.store, args.sortKey),
      view: context.views.variant,
    }),
  productVariantsCount: (args: CountArgs, context: Context, info: GraphQLResolveInfo) =>
    countOf(matchingVariants(args, context, info).length, args),
  productOperation: ({ id }: ById, { shop, views }: Context) => {
    const record = shop.store.productOperations.get(numberOf(id, 'ProductSetOperation'));
    return record ? views.productOperation(record) : null;
  },
  collection: ({ id }: ById, context: Context) => typed(context, id, 'Collection'),
  collections: (args: ListArgs, context: Context, info: GraphQLResolveInfo) =>
    page(
      filtered(
        [...context.shop.store.collections.values()].filter(isSearchable(context.shop.store)),
        args,
        collectionFields,
        ({ title }) => [title],
        context,
        info,
      ),
      args,
      { id: ({ id }) => id, sort: collectionSort(args.sortKey), view: context.views.collection },
    ),
  inventoryItem: ({ id }: ById, context: Context) => typed(context, id, 'InventoryItem'),
  inventoryItems: (args: ListArgs, context: Context, info: GraphQLResolveInfo) =>
    page(
      filtered(foundVariants(context.shop.store), args, itemFields, ({ sku }) => [sku ?? ''], context, info),
      args,
      { id: ({ itemId }) => itemId, view: context.views.item },
    ),
  inventoryLevel: ({ id }: ById, context: Context) => nodeOf(context, id),
};

/** The product that is meant, if there is one. */
export function identifiedProduct(store: Store, { id, handle, customId }: Identifier): ProductRecord | undefined {
  if (id != null) return store.products.get(numberOf(id, 'Product'));
  if (handle != null) return store.byHandle.get(handle);
  return customId ? byCustomId(store, 'Product', customId, store.products) : undefined;
}

/** The record with that value. Throws when no definition makes the values of that metafield unique. */
export function byCustomId<T extends { readonly id: bigint }>(
  store: Store,
  type: string,
  custom: CustomId,
  rows: ReadonlyMap<bigint, T>,
): T | undefined {
  const name = { namespace: namespaceOf(custom.namespace), key: custom.key };
  const isDefined = store.metafieldDefinitions.some(
    (each) => each.ownerType === type.toUpperCase() && each.namespace === name.namespace && each.key === name.key,
  );
  // The words are ours.
  if (!isDefined) throw apiError('NOT_FOUND', "Metafield definition of type 'id' is required when using custom ids.");
  return [...rows.values()].find(({ id }) => metafieldOf(store, gid(type, id), name)?.value === custom.value);
}

function matchingProducts(args: Query, context: Context, info: GraphQLResolveInfo): readonly ProductRecord[] {
  const { store } = context.shop;
  const all = [...store.products.values()].filter(isSearchable(store));
  return filtered(
    all,
    args,
    productFields(store),
    ({ title, tags, vendor }) => [title, vendor, ...tags],
    context,
    info,
  );
}

function matchingVariants(args: Query, context: Context, info: GraphQLResolveInfo): readonly VariantRecord[] {
  const { store } = context.shop;
  return filtered(foundVariants(store), args, variantFields(store), variantWords, context, info);
}

function variantWords({ title, sku, barcode }: VariantRecord): readonly string[] {
  return [title, sku ?? '', barcode ?? ''];
}
