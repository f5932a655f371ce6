import { checkNewProduct } from '../life/product-numbers.ts';
import { createProduct, removeProduct, updateProduct } from '../life/products.ts';
import type { WooProduct } from '../records.ts';
import { url } from '../views/format.ts';
import { productView } from '../views/product.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, type Body } from './body.ts';
import { numberAt, pause, route, type Call, type Route } from './call.ts';
import { alone, productChecks as checks } from './product-checks.ts';
import { listProducts, productListChecks } from './product-list.ts';
import { invalidId, Refused } from './refused.ts';
import { variationRoutes } from './variation-routes.ts';

/** `/products`, and `/products/{id}/variations` below. */
export function productRoutes(): readonly Route[] {
  return [
    route('products', {
      GET: { deed: 'list', checks: productListChecks, answer: listProducts },
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

async function create(call: Call, body: Body): Promise<WooProduct> {
  if (integerOf(body['id'])) {
    throw new Refused(400, 'woocommerce_rest_product_exists', 'Cannot create existing product.');
  }
  checkNewProduct(call.site, body);
  await pause(call, 'product create');
  return createProduct(call.site, body);
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
