import { checkNewProduct, createProduct, removeProduct, updateProduct } from '../life/products.ts';
import { isOnSale } from '../life/price.ts';
import { below } from '../life/terms.ts';
import { cleanText } from '../clean-text.ts';
import type { WooProduct } from '../records.ts';
import { productView, stockStatus, variationView } from '../views/product.ts';
import { url, withMeta } from '../views/format.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, textOf, type Body } from './body.ts';
import { numberAt, pause, route, type Answer, type Call, type Route } from './call.ts';
import { boolean, integer, listOf, oneOf, shape, text, type Check } from './check.ts';
import { found } from './found.ts';
import { idsOf, page, pageChecks, sorted, wordsOf } from './lists.ts';
import { dateChecks, window } from './order-list.ts';
import { fatal, invalidId, Refused } from './refused.ts';

const statuses = ['draft', 'pending', 'private', 'publish'];

/** What single writes of a product check; items of a batch are not checked. */
const checks: Readonly<Record<string, Check>> = {
  name: text,
  type: oneOf(['simple', 'grouped', 'external', 'variable']),
  status: oneOf(['draft', 'pending', 'private', 'publish', 'future', 'auto-draft', 'trash']),
  sku: text,
  regular_price: text,
  sale_price: text,
  manage_stock: boolean,
  stock_quantity: integer,
  stock_status: oneOf(['instock', 'outofstock', 'onbackorder']),
  backorders: oneOf(['no', 'notify', 'yes']),
  inventory_delta: integer,
  meta_data: listOf(shape({ id: integer, key: text })),
};
/** `manage_stock` of a variation may also be the word `parent`. */
const variationChecks: Readonly<Record<string, Check>> = {
  ...checks,
  manage_stock: (value, path) => (value === 'parent' ? undefined : boolean(value, path)),
};

const listChecks: Readonly<Record<string, Check>> = {
  ...pageChecks,
  ...dateChecks,
  status: oneOf(['any', 'future', 'trash', ...statuses]),
  stock_status: oneOf(['instock', 'outofstock', 'onbackorder']),
  order: oneOf(['asc', 'desc']),
  orderby: oneOf([
    'date',
    'id',
    'include',
    'title',
    'slug',
    'modified',
    'menu_order',
    'price',
    'popularity',
    'rating',
    'sales',
    'random',
  ]),
  type: oneOf(['simple', 'grouped', 'external', 'variable']),
};

/** `/products`, and `/products/{id}/variations` below. */
export function productRoutes(): readonly Route[] {
  return [
    route('products', {
      GET: { deed: 'list', checks: listChecks, answer: listProducts },
      POST: {
        deed: 'create',
        checks,
        async answer(call) {
          const product = await create(call, call.body);
          const location = url(call.site, `products/${product.id}`);
          return { status: 201, body: productView(call.site, product, 'edit'), headers: { location } };
        },
      },
    }),
    route('products/batch', {
      EDIT: batch({
        create: async (call, body) => productView(call.site, await create(call, body), 'edit'),
        update: (call, body) => update(call, integerOf(body['id']) ?? 0, body),
        remove: (call, id) => remove(call, productAt(call, integerOf(id) ?? 0, 404), true),
      }),
    }),
    route('products/:id', {
      GET: {
        deed: 'view',
        answer: (call) => ({ body: productView(call.site, productAt(call, numberAt(call, 'id'), 404)) }),
      },
      EDIT: {
        deed: 'edit',
        checks,
        answer: async (call) => ({ body: await update(call, numberAt(call, 'id'), alone(call.body)) }),
      },
      DELETE: {
        deed: 'delete',
        answer: (call) => ({
          body: remove(call, productAt(call, numberAt(call, 'id'), 404), booleanOf(call.params['force']) ?? false),
        }),
      },
    }),
    ...variationRoutes(),
  ];
}

function variationRoutes(): readonly Route[] {
  return [
    route('products/:product/variations', {
      GET: { deed: 'list', checks: listChecks, answer: listVariations },
      POST: {
        deed: 'create',
        checks: variationChecks,
        async answer(call) {
          const variation = await createVariation(call, call.body);
          // The address has a hole where the product belongs. Recorded on WooCommerce 10.0.2, 2026-11-23.
          const location = url(call.site, `products/(?P<product_id>[\\d]+)/variations/${variation.id}`);
          return { status: 201, body: variationView(call.site, variation, 'edit'), headers: { location } };
        },
      },
    }),
    route('products/:product/variations/batch', {
      EDIT: batch({
        create: async (call, body) => variationView(call.site, await createVariation(call, body), 'edit'),
        update: (call, body) => updateVariation(call, integerOf(body['id']) ?? 0, body),
        remove(call, id) {
          const variation = variationAt(call, integerOf(id) ?? 0, 404);
          const shown = variationView(call.site, variation, 'edit');
          removeProduct(call.site, variation, true);
          return shown;
        },
        removedId: (call, id) => ({ id, product_id: numberAt(call, 'product'), force: true }),
      }),
    }),
    route('products/:product/variations/:id', {
      GET: {
        deed: 'view',
        answer: (call) => ({ body: variationView(call.site, variationAt(call, numberAt(call, 'id'), 404)) }),
      },
      EDIT: {
        deed: 'edit',
        checks: variationChecks,
        answer: async (call) => ({ body: await updateVariation(call, numberAt(call, 'id'), alone(call.body)) }),
      },
      DELETE: {
        deed: 'delete',
        answer(call) {
          const variation = variationAt(call, numberAt(call, 'id'), 404);
          const shown = variationView(call.site, variation, 'edit');
          removeProduct(call.site, variation, booleanOf(call.params['force']) ?? false);
          return { body: shown };
        },
      },
    }),
  ];
}

function listProducts(call: Call): Promise<Answer> {
  const { site, params } = call;
  const skus = skusOf(textOf(params['sku']) ?? '');
  const part = textOf(params['search_sku'])?.toLowerCase() ?? '';
  const looksForSku = skus.length > 0 || part !== '';
  const isFit = fits(call);
  const products = found<WooProduct>(call, 'products', {
    all: () => site.store.products.values(),
    fits: (product) =>
      // Variations are found by their SKU, and not otherwise.
      (looksForSku || product.type !== 'variation') &&
      (skus.length === 0 || skus.includes(product.sku.toLowerCase())) &&
      (part === '' || product.sku.toLowerCase().includes(part)) &&
      isFit(product),
    keys: productKeys,
    ties: 'asc',
  });
  return page(call, products, {
    show: (product) =>
      withMeta(productView(site, product), wordsOf(params['include_meta']), wordsOf(params['exclude_meta'])),
  });
}

/**
 * The texts between commas, and the whole text too where it has any; what looks like a tag is stripped before. WooCommerce
 * source 10.0.2, prepare_objects_query of its products, read 2026-11-23.
 */
function skusOf(sent: string): readonly string[] {
  const clean = cleanText(sent).toLowerCase();
  // PHP takes "0" for empty, and so for no filter.
  if (clean === '' || clean === '0') return [];
  return clean.includes(',') ? [...clean.split(','), clean] : [clean];
}

function listVariations(call: Call): Promise<Answer> {
  const { site } = call;
  const ids = site.store.variationsOf.get(numberAt(call, 'product')) ?? [];
  const variations = ids.flatMap((id) => site.store.products.get(id) ?? []).filter(fits(call));
  return page(call, sorted(call, variations, productKeys), { show: (variation) => variationView(site, variation) });
}

const productKeys: Readonly<Record<string, (product: WooProduct) => number | string>> = {
  date: ({ createdAt }) => createdAt,
  modified: ({ modifiedAt }) => modifiedAt,
  title: ({ name }) => name,
  slug: ({ slug }) => slug,
};

function fits(call: Call): (product: WooProduct) => boolean {
  const { params, site } = call;
  const status = textOf(params['status']) ?? 'any';
  const type = textOf(params['type']);
  const stock = textOf(params['stock_status']);
  const include = idsOf(params['include']);
  const exclude = idsOf(params['exclude']) ?? [];
  const search = textOf(params['search'])?.toLowerCase() ?? '';
  const category = site.store.terms.get(integerOf(params['category']) ?? 0);
  const within =
    params['category'] === undefined ? undefined : new Set(category ? [category.id, ...below(site, category)] : []);
  const tag = integerOf(params['tag']);
  const parents = idsOf(params['parent']);
  const onSale = booleanOf(params['on_sale']);
  const created = window(call, 'after', 'before');
  const modified = window(call, 'modified_after', 'modified_before');
  return (product) =>
    !site.store.unlisted.has(product.id) &&
    (status === 'any' ? product.status !== 'trash' : product.status === status) &&
    (type === undefined || product.type === type) &&
    (stock === undefined || stockStatus(site, product) === stock) &&
    (!include || include.includes(product.id)) &&
    !exclude.includes(product.id) &&
    product.name.toLowerCase().includes(search) &&
    (!within || product.categoryIds.some((id) => within.has(id))) &&
    (tag === undefined || product.tagIds.includes(tag)) &&
    (parents === undefined || parents.includes(product.parentId)) &&
    (onSale === undefined || isOnSale(site, product) === onSale) &&
    created(product.createdAt) &&
    modified(product.modifiedAt);
}

/** Fields of which a single write makes an empty text where it gets a null. */
const emptied = [
  'description',
  'short_description',
  'sku',
  'global_unique_id',
  'regular_price',
  'sale_price',
  'weight',
];

/**
 * What a single write makes of a null: 0 pieces, no price, no SKU, a draft, stock that is not counted. An item of a batch keeps
 * it, which is as if nothing was sent. Recorded on WooCommerce 10.0.2 (stock-null-qty), the others compared with 10.5.0,
 * 2026-11-26.
 */
function alone(body: Body): Body {
  const empty = emptied.filter((name) => body[name] === null).map((name) => [name, ''] as const);
  return {
    ...body,
    ...Object.fromEntries(empty),
    ...(body['stock_quantity'] === null ? { stock_quantity: 0 } : {}),
    ...(body['manage_stock'] === null ? { manage_stock: false } : {}),
    ...(body['status'] === null ? { status: 'draft' } : {}),
  };
}

async function create(call: Call, body: Body): Promise<WooProduct> {
  if (integerOf(body['id'])) {
    throw new Refused(400, 'woocommerce_rest_product_exists', 'Cannot create existing product.');
  }
  checkNewProduct(call.site, body);
  await pause(call, 'product create');
  return createProduct(call.site, body);
}

async function createVariation(call: Call, body: Body): Promise<WooProduct> {
  const parent = parentAt(call);
  checkNewProduct(call.site, body);
  await pause(call, 'product create');
  return createProduct(call.site, body, parent);
}

async function update(call: Call, id: number, body: Body) {
  const product = productAt(call, id, 400);
  if (product.type === 'variation') {
    const message =
      'To manipulate product variations you should use the /products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.';
    throw new Refused(404, 'woocommerce_rest_invalid_product_id', message);
  }
  const stockSeen = product.stock;
  await pause(call, 'product update');
  updateProduct(call.site, product, body, stockSeen);
  return productView(call.site, product, 'edit');
}

async function updateVariation(call: Call, id: number, body: Body) {
  const variation = variationAt(call, id, 404);
  const stockSeen = variation.stock;
  await pause(call, 'product update');
  updateProduct(call.site, variation, body, stockSeen);
  return variationView(call.site, variation, 'edit');
}

function remove(call: Call, product: WooProduct, force: boolean) {
  const shown = productView(call.site, product, 'edit');
  if (!force && product.status === 'trash') {
    throw new Refused(410, 'woocommerce_rest_already_trashed', 'The product has already been deleted.');
  }
  removeProduct(call.site, product, force);
  return shown;
}

function productAt(call: Call, id: number, status: 400 | 404): WooProduct {
  const product = call.site.store.products.get(id);
  if (product) return product;
  throw invalidId('product', status);
}

/** Below a product that is not there PHP ends. Compared with WooCommerce 10.5.0, 2026-11-26. */
function parentAt(call: Call): WooProduct {
  const product = call.site.store.products.get(numberAt(call, 'product'));
  if (product && product.type !== 'variation') return product;
  throw fatal('Uncaught Error: Call to a member function get_name() on false', 'products.php', 97);
}

function variationAt(call: Call, id: number, status: 400 | 404): WooProduct {
  const variation = call.site.store.products.get(id);
  if (variation?.type === 'variation' && variation.parentId === numberAt(call, 'product')) return variation;
  throw new Refused(status, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.', { status }, false);
}
