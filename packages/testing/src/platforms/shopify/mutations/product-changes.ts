import type { Context } from '../graphql/context.ts';
import { deleteProduct, makeProduct } from '../life/make-product.ts';
import { touch } from '../life/shop.ts';
import { addVariant } from '../life/variants.ts';
import { identifiedProduct, type Identifier } from '../queries/catalogue-queries.ts';
import { numberOf } from '../queries/lookup.ts';
import { shopView } from '../views/shop.ts';
import type { View } from '../views/views.ts';
import { collectionsMeant, fieldProblems, writeFields, type ProductFields } from './product-fields.ts';
import { userError, type UserError } from './user-error.ts';

type CreateInput = ProductFields & {
  readonly giftCard?: boolean | null;
  readonly collectionsToJoin?: readonly string[] | null;
  readonly productOptions?:
    | readonly {
        readonly name?: string | null;
        readonly position?: number | null;
        readonly values?: readonly { readonly name?: string | null }[] | null;
      }[]
    | null;
};
type UpdateInput = ProductFields & {
  readonly id?: string | null;
  readonly collectionsToJoin?: readonly string[] | null;
  readonly collectionsToLeave?: readonly string[] | null;
};

/** Makes a product with one variant: the first value of each option, or a default one. */
export function productCreate({ product: input }: { readonly product?: CreateInput | null }, context: Context): View {
  const { shop, views, plan } = context;
  const { store } = shop;
  const wish = input ?? {};
  const problems = fieldProblems(store, wish, ['product'], undefined);
  const joined = collectionsMeant(store, wish.collectionsToJoin ?? []);
  if (joined.unknownAt >= 0)
    problems.push(userError(['product', 'collectionsToJoin', String(joined.unknownAt)], 'Collection does not exist'));
  const options = wish.productOptions ?? [];
  if (options.length > 3) problems.push(userError(['product', 'productOptions'], 'Cannot have more than 3 options'));
  if (problems.length > 0) return { product: null, shop: shopView(views, plan), userErrors: problems };
  const product = makeProduct(shop, {
    title: wish.title ?? '',
    handle: wish.handle ?? undefined,
    giftCard: wish.giftCard ?? false,
    status: wish.status ?? 'ACTIVE',
    collections: joined.numbers,
    options: (options.length > 0 ? options : [{ name: 'Title', values: [{ name: 'Default Title' }] }]).map(
      (option) => ({
        id: store.nextId(),
        name: option.name ?? '',
        values: (option.values ?? []).map(({ name }) => ({ id: store.nextId(), name: name ?? '' })),
      }),
    ),
  });
  writeFields(shop, product, wish);
  addVariant(shop, product, { price: 0n, choice: product.options.flatMap(({ values }) => values[0]?.id ?? []) });
  shop.tell([{ topic: 'products/create', product }]);
  return { product: views.product(product), shop: shopView(views, plan), userErrors: [] };
}

/** Changes a product; its variants stay. */
export function productUpdate(
  args: { readonly product?: UpdateInput | null; readonly identifier?: Identifier | null },
  { shop, views }: Context,
): View {
  const { store } = shop;
  const input = args.product ?? {};
  const product = identifiedProduct(store, args.identifier ?? (input.id == null ? {} : { id: input.id }));
  if (!product) return refused([userError(['id'], 'Product does not exist')]);
  const problems = fieldProblems(store, input, ['product'], product);
  const joined = collectionsMeant(store, input.collectionsToJoin ?? []);
  const left = collectionsMeant(store, input.collectionsToLeave ?? []);
  for (const [name, { unknownAt }] of Object.entries({ collectionsToJoin: joined, collectionsToLeave: left })) {
    if (unknownAt >= 0) problems.push(userError(['product', name, String(unknownAt)], 'Collection does not exist'));
  }
  if (problems.length > 0) return refused(problems);
  writeFields(shop, product, input);
  product.collections = [...new Set([...product.collections, ...joined.numbers])].filter(
    (each) => !left.numbers.includes(each),
  );
  touch(shop, product);
  shop.tell([{ topic: 'products/update', product }]);
  return { product: views.product(product), userErrors: [] };
}

/** Changes the status of a product. */
export function productChangeStatus(
  args: { readonly productId: string; readonly status: string },
  { shop, views }: Context,
): View {
  const product = shop.store.products.get(numberOf(args.productId, 'Product'));
  if (!product) {
    return { product: null, userErrors: [userError(['productId'], 'Product does not exist', 'PRODUCT_NOT_FOUND')] };
  }
  writeFields(shop, product, { status: args.status });
  touch(shop, product);
  shop.tell([{ topic: 'products/update', product }]);
  return { product: views.product(product), userErrors: [] };
}

/** Takes a product away for good. */
export function productDelete(args: { readonly input: { readonly id: string } }, { shop, views, plan }: Context): View {
  const { store } = shop;
  const product = store.products.get(numberOf(args.input.id, 'Product'));
  const view = { shop: shopView(views, plan) };
  if (!product) return { ...view, deletedProductId: null, userErrors: [userError(['id'], 'Product does not exist')] };
  deleteProduct(shop, product);
  return { ...view, deletedProductId: args.input.id, userErrors: [] };
}

function refused(userErrors: readonly UserError[]): View {
  return { product: null, userErrors };
}
