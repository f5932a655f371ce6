import { currencyCodes } from '../currencies.ts';
import { createOrder, deleteOrder, seenOf, trashOrder, updateOrder } from '../life/orders.ts';
import type { WooOrder } from '../records.ts';
import { orderView } from '../views/order.ts';
import { url, type View } from '../views/format.ts';
import { batch } from './batch.ts';
import { booleanOf, integerOf, type Body } from './body.ts';
import { numberAt, pause, route, type Call, type Endpoint, type Route } from './call.ts';
import { address, boolean, integer, listOf, oneOf, shape, text, type Check } from './check.ts';
import { listOrders, orderListChecks, statusList, writableStatuses } from './order-list.ts';
import { invalidId, Refused } from './refused.ts';

/** What single writes of an order check; items of a batch are not checked. */
const checks: Readonly<Record<string, Check>> = {
  status: oneOf(writableStatuses),
  currency: oneOf(currencyCodes),
  customer_id: integer,
  customer_note: text,
  billing: address,
  shipping: address,
  payment_method: text,
  transaction_id: text,
  set_paid: boolean,
  meta_data: listOf(shape({ id: integer, key: text })),
  line_items: listOf(
    shape({
      id: integer,
      variation_id: integer,
      quantity: integer,
      tax_class: text,
      subtotal: text,
      total: text,
      sku: text,
    }),
  ),
  shipping_lines: listOf(shape({ id: integer, total: text })),
  fee_lines: listOf(shape({ id: integer, tax_class: text, tax_status: oneOf(['taxable', 'none']), total: text })),
  coupon_lines: listOf(shape({ id: integer })),
  parent_id: integer,
  created_via: text,
  payment_method_title: text,
};

/** `/orders` and what is below of the order itself. */
export function orderRoutes(): readonly Route[] {
  const edit: Endpoint = {
    deed: 'edit',
    checks,
    answer: async (call) => ({ body: await update(call, numberAt(call, 'id'), call.body) }),
  };
  return [
    route('orders', {
      GET: { deed: 'list', checks: orderListChecks, answer: listOrders },
      POST: {
        deed: 'create',
        checks,
        async answer(call) {
          const order = await create(call, call.body);
          return {
            status: 201,
            body: shownOnce(call, order),
            headers: { location: url(call.site, `orders/${order.id}`) },
          };
        },
      },
    }),
    route('orders/batch', {
      EDIT: batch({
        create: async (call, body) => shownOnce(call, await create(call, body)),
        update: (call, body) => update(call, integerOf(body['id']) ?? 0, body),
        async remove(call, id) {
          const order = orderAt(call, integerOf(id) ?? 0, 404);
          await pause(call, 'other');
          const shown = view(call, order);
          deleteOrder(call.site, order);
          return shown;
        },
      }),
    }),
    route('orders/statuses', { GET: { deed: 'list', answer: () => ({ body: statusList, isList: true }) } }),
    route('orders/:id', {
      GET: { deed: 'view', answer: (call) => ({ body: view(call, orderAt(call, numberAt(call, 'id'), 404)) }) },
      EDIT: edit,
      DELETE: { deed: 'delete', answer: (call) => ({ body: remove(call) }) },
    }),
  ];
}

/** The order of a path, or a refusal: reading says 404, writing 400. */
export function orderAt(call: Call, id: number, status: 400 | 404): WooOrder {
  const order = call.site.store.orders.get(id);
  if (order) return order;
  throw invalidId('shop_order', status);
}

function view(call: Call, order: WooOrder): View {
  return orderView(call.site, order, integerOf(call.params['dp']));
}

/** The answer to a write shows a transaction as it was sent; what is kept of it is as long as its column. Compared with 10.5.0. */
function shownOnce(call: Call, order: WooOrder): View {
  const shown = view(call, order);
  order.transactionId = order.transactionId.slice(0, 100);
  return shown;
}

async function create(call: Call, body: Body): Promise<WooOrder> {
  if (integerOf(body['id'])) {
    throw new Refused(400, 'woocommerce_rest_shop_order_exists', 'Cannot create existing shop_order.');
  }
  await pause(call, 'order create');
  return createOrder(call.site, body);
}

async function update(call: Call, id: number, body: Body): Promise<View> {
  const order = orderAt(call, id, 400);
  const seen = seenOf(order);
  await pause(call, body['status'] === undefined ? 'order update' : 'order status');
  updateOrder(call.site, order, body, seen);
  await call.shift.written();
  return shownOnce(call, order);
}

/** Shows the order as it was before it was removed. */
function remove(call: Call): View {
  const order = orderAt(call, numberAt(call, 'id'), 404);
  const shown = view(call, order);
  if (booleanOf(call.params['force']) === true) {
    deleteOrder(call.site, order);
    return shown;
  }
  if (order.status === 'trash') {
    throw new Refused(410, 'woocommerce_rest_already_trashed', 'The shop_order has already been deleted.');
  }
  trashOrder(call.site, order);
  return shown;
}
