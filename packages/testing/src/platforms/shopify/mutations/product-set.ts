import { gid } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { makeProduct } from '../life/make-product.ts';
import { touch, type Shop } from '../life/shop.ts';
import { byCustomId, identifiedProduct, type Identifier } from '../queries/catalogue-queries.ts';
import { numberOf } from '../queries/lookup.ts';
import { namespaceOf } from '../life/metafields.ts';
import type { ProductOperationRecord, ProductRecord } from '../records.ts';
import type { View } from '../views/views.ts';
import { collectionsMeant, fieldProblems, writeFields } from './product-fields.ts';
import type { ProductSetInput } from './product-set-input.ts';
import { productSetProblems } from './product-set-problems.ts';
import { setFiles, setOptions, setStock, setVariants } from './product-set-lists.ts';
import { userError, type UserError } from './user-error.ts';

// Codes from the schema of API 2026-10, read 2026-11-26, and their descriptions as messages. Which of the codes answers
// what, the fields they point at, and that a variant without id is always a new one, are ours.

type Args = {
  readonly identifier?: Identifier | null;
  readonly input: ProductSetInput;
  readonly synchronous?: boolean | null;
};

// How long the work takes when it is done later is not documented.
const takesMs = 2000;

/**
 * Makes a product, or makes one like this: lists are replaced, what is left out stays. With `synchronous: false` that is
 * done later, and what is wrong is said in the operation.
 */
export function productSet(args: Args, context: Context): View {
  const { shop, views } = context;
  if (args.synchronous !== false || context.inBulk) {
    const { product, problems } = setProduct(shop, args);
    return {
      product: product && problems.length === 0 ? views.product(product) : null,
      productSetOperation: null,
      userErrors: problems,
    };
  }
  const record: ProductOperationRecord = {
    id: shop.store.nextId(),
    status: 'CREATED',
    productId: undefined,
    userErrors: [],
  };
  shop.store.productOperations.set(record.id, record);
  void later(shop, record, args);
  return { product: null, productSetOperation: views.productOperation(record), userErrors: [] };
}

async function later(shop: Shop, record: ProductOperationRecord, args: Args): Promise<void> {
  const { clock } = shop.store;
  await clock.sleep(takesMs / 2);
  record.status = 'ACTIVE';
  await clock.sleep(takesMs / 2);
  try {
    const { product, problems } = setProduct(shop, args);
    record.productId = product?.id;
    record.userErrors = problems;
  } catch (error) {
    const message = error instanceof Error ? error.message : 'Something went wrong, please try again.';
    record.userErrors = [userError(null, message, 'JOB_ERROR')];
  }
  record.status = 'COMPLETE';
}

function setProduct(
  shop: Shop,
  args: Args,
): { readonly product?: ProductRecord; readonly problems: readonly UserError[] } {
  const { store } = shop;
  const { input } = args;
  const meant = meantProduct(shop, args);
  if (meant.problems.length > 0) return meant;
  const self = meant.product;
  const collections = collectionsMeant(store, input.collections ?? []);
  const problems = [
    ...fieldProblems(store, input, ['input'], self, {
      blank: 'INVALID_PRODUCT',
      invalid: 'INVALID_PRODUCT',
      taken: 'HANDLE_NOT_UNIQUE',
      metafield: 'INVALID_METAFIELD',
      notFound: 'INVALID_PRODUCT',
    }),
    ...(collections.unknownAt < 0
      ? []
      : [
          userError(
            ['input', 'collections', String(collections.unknownAt)],
            'Collection does not exist',
            'INVALID_INPUT',
          ),
        ]),
    ...(self && input.giftCard != null && input.giftCard !== self.giftCard
      ? [
          userError(
            ['input', 'giftCard'],
            'The product gift_card attribute cannot be changed after creation.',
            'GIFT_CARD_ATTRIBUTE_CANNOT_BE_CHANGED',
          ),
        ]
      : []),
    ...productSetProblems(store, input, self),
  ];
  if (problems.length > 0) return { problems };
  const product =
    self ??
    makeProduct(shop, {
      title: input.title ?? '',
      handle: input.handle ?? undefined,
      giftCard: input.giftCard ?? false,
      status: input.status ?? 'ACTIVE',
    });
  if (input.metafields) store.metafields.delete(gid('Product', product.id));
  writeFields(shop, product, input);
  if (input.collections) product.collections = collections.numbers;
  if (input.files) setFiles(shop, product, input.files);
  setOptions(shop, product, input, self === undefined);
  const stocks = setVariants(shop, product, input, self === undefined);
  touch(shop, product);
  shop.tell([{ topic: self ? 'products/update' : 'products/create', product }]);
  setStock(shop, stocks);
  return { product, problems: [] };
}

/** The product that is meant, none for a new one, or why it cannot be told. */
function meantProduct(
  { store }: Shop,
  { identifier, input }: Args,
): { readonly product?: ProductRecord; readonly problems: readonly UserError[] } {
  if (identifier == null && input.id == null) return { problems: [] };
  if (identifier != null && input.id != null) {
    return say(['input', 'id'], 'The id field is not allowed if identifier is provided.', 'ID_NOT_ALLOWED');
  }
  const id = identifier?.id ?? (identifier == null ? input.id : undefined);
  if (id != null) {
    const product = store.products.get(numberOf(id, 'Product'));
    const at = identifier == null ? ['input', 'id'] : ['identifier', 'id'];
    return product ? { product, problems: [] } : say(at, 'Product does not exist', 'PRODUCT_DOES_NOT_EXIST');
  }
  const handle = identifier?.handle;
  if (handle != null) {
    if (input.handle == null) {
      const message = 'The input field corresponding to the identifier is required.';
      return say(['input', 'handle'], message, 'MISSING_FIELD_REQUIRED');
    }
    if (input.handle !== handle) {
      const message = 'The identifier value does not match the value of the corresponding field in the input.';
      return say(['input', 'handle'], message, 'INPUT_MISMATCH');
    }
    const product = identifiedProduct(store, { handle });
    return { ...(product ? { product } : {}), problems: [] };
  }
  const custom = identifier?.customId;
  if (custom == null) return { problems: [] };
  const product = byCustomId(store, 'Product', custom, store.products);
  const isWritten = input.metafields?.some(
    ({ namespace, key, value }) =>
      namespaceOf(namespace) === namespaceOf(custom.namespace) && key === custom.key && value === custom.value,
  );
  if (!isWritten && (input.metafields || !product)) {
    const message = 'The input argument `metafields` (if present) must contain the `customId` value.';
    return say(['input', 'metafields'], message, 'METAFIELD_MISMATCH');
  }
  return { ...(product ? { product } : {}), problems: [] };
}

function say(field: readonly string[], message: string, code: string) {
  return { problems: [userError(field, message, code)] };
}
