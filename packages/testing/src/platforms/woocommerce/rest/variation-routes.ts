import { checkNewProduct } from '../life/product-numbers.ts';
import { createProduct, removeProduct, updateProduct } from '../life/products.ts';
import type { WooProduct } from '../records.ts';
import { url } from '../views/format.ts';
import { variationView } from '../views/product.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, type Body } from './body.ts';
import { numberAt, pause, route, type Call, type Route } from './call.ts';
import { alone, variationChecks } from './product-checks.ts';
import { listVariations, productListChecks } from './product-list.ts';
import { fatal, Refused } from './refused.ts';

/** `/products/{id}/variations`. */
export function variationRoutes(): readonly Route[] {
  return [
    route('products/:product/variations', {
      GET: { deed: 'list', checks: productListChecks, answer: listVariations },
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

async function createVariation(call: Call, body: Body): Promise<WooProduct> {
  const parent = parentAt(call);
  checkNewProduct(call.site, body);
  await pause(call, 'product create');
  return createProduct(call.site, body, parent);
}

async function updateVariation(call: Call, id: number, body: Body) {
  const variation = variationAt(call, id, 404);
  const stockSeen = variation.stock;
  await pause(call, 'product update');
  updateProduct(call.site, variation, body, stockSeen);
  return variationView(call.site, variation, 'edit');
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
