import type { Json } from '@crossdock/core';
import { micro, readDecimal, type Micro } from '../decimal.ts';
import { metaOf } from '../life/order-items.ts';
import { addRefund, refundable, removeRefund, type RefundedLine } from '../life/refund.ts';
import type { WooOrder, WooRefund } from '../records.ts';
import { keptValue } from '../store.ts';
import { refundView } from '../views/small.ts';
import { url } from '../views/format.ts';
import { bodies, booleanOf, integerOf, textOf } from './body.ts';
import { numberAt, pause, route, type Answer, type Call, type Route } from './call.ts';
import { boolean, integer, listOf, number, shape, text } from './check.ts';
import { page, pageChecks } from './lists.ts';
import { orderAt } from './order-routes.ts';
import { invalidId, Refused } from './refused.ts';

/** `/orders/{id}/refunds`, and all of them as `/refunds`. */
export function refundRoutes(): readonly Route[] {
  return [
    route('orders/:order/refunds', {
      GET: { deed: 'list', checks: pageChecks, answer: listOfOrder },
      POST: {
        deed: 'create',
        checks: {
          amount: text,
          reason: text,
          api_refund: boolean,
          api_restock: boolean,
          line_items: listOf(shape({ id: integer, quantity: integer, refund_total: number })),
        },
        answer: create,
      },
    }),
    route('orders/:order/refunds/:id', {
      GET: { deed: 'view', answer: (call) => ({ body: refundView(call.site, refundAt(call)) }) },
      DELETE: {
        deed: 'delete',
        answer(call) {
          const refund = refundAt(call);
          removeRefund(orderAt(call, refund.orderId, 404), refund);
          return { body: refundView(call.site, refund) };
        },
      },
    }),
    route('refunds', { GET: { deed: 'list', checks: pageChecks, answer: listAll } }),
  ];
}

/** An order that is not there has no refunds, and that is no error. Compared with WooCommerce 10.5.0, 2026-11-26. */
function listOfOrder(call: Call): Promise<Answer> {
  const { refunds } = call.site.store.orders.get(numberAt(call, 'order')) ?? { refunds: [] };
  return page(call, refunds.toReversed(), {
    show: (refund) => refundView(call.site, refund),
    defaults: [['dp', call.site.settings.decimals, true]],
  });
}

function listAll(call: Call): Promise<Answer> {
  const all = [...call.site.store.orders.values()].flatMap(({ refunds }) => refunds).toSorted((a, b) => b.id - a.id);
  return page(call, all, {
    show: (refund) => refundView(call.site, refund, true),
    defaults: [['dp', call.site.settings.decimals, true]],
  });
}

/**
 * Client errors are 500 here, and `data` is a number. `api_refund` is on unless it is switched off, and then refuses where
 * the gateway cannot refund: no gateway of this shop can. Recorded on WooCommerce 10.0.2, 2026-11-23 (refund-…).
 */
async function create(call: Call): Promise<Answer> {
  const order = call.site.store.orders.get(numberAt(call, 'order'));
  if (!order) throw new Refused(500, 'woocommerce_rest_invalid_order_id', 'Invalid order ID.', 404);
  const lines = bodies(call.body['line_items']).map((sent) => ({
    id: integerOf(sent['id']) ?? 0,
    quantity: integerOf(sent['quantity']) ?? 0,
    total: moneyOf(sent['refund_total']),
    taxes: bodies(sent['refund_tax']).map((tax) => ({
      rateId: integerOf(tax['id']) ?? 0,
      total: moneyOf(tax['refund_total']),
    })),
  }));
  const sent = textOf(call.body['amount']);
  const amount = sent === undefined ? sumOf(lines) : micro(readDecimal(sent));
  if (amount !== undefined && amount < 0n) {
    // The status of it stands where the status is not looked for. Compared with WooCommerce 10.5.0, 2026-11-26.
    throw new Refused(500, 'woocommerce_rest_invalid_order_refund', 'Refund amount must be greater than zero.', 400);
  }
  if (sent !== undefined && readDecimal(sent) === '') throw cannotRefund('Invalid refund amount.');
  if ((amount ?? 0n) > refundable(order)) throw cannotRefund('Invalid refund amount.');
  const throughGateway = booleanOf(call.body['api_refund']) ?? true;
  if (throughGateway) payBack(call, order);
  // Two refunds that overlap both find enough left. Recorded on WooCommerce 10.0.2, 2026-11-23.
  await pause(call, 'refund');
  return booked(call, order, lines, amount, throughGateway);
}

/** Asks the gateway to pay back, which is not heard twice. The refund was written by then, and is taken away when it refuses. */
function payBack({ site }: Call, order: WooOrder): void {
  const gateway = site.settings.gateways.find(({ id }) => id === order.paymentMethod);
  if (gateway?.refunds === 'yes') return;
  site.store.nextId('post');
  throw cannotRefund(
    gateway?.refunds === 'declines'
      ? 'An error occurred while attempting to create the refund using the payment gateway API.'
      : 'The payment gateway for this order does not support automatic refunds.',
  );
}

function booked(
  call: Call,
  order: WooOrder,
  lines: readonly RefundedLine[],
  amount: Micro | undefined,
  isPaidBack: boolean,
): Answer {
  const refund = addRefund(call.site, order, {
    isPaidBack,
    amount,
    reason: textOf(call.body['reason']) ?? '',
    lines,
    restock: booleanOf(call.body['api_restock']) ?? true,
    meta: metaOf(call.body['meta_data']).map(({ key = '', value }) => ({ key, value: keptValue(value) })),
  });
  // The address has a hole where the order belongs. Recorded on WooCommerce 10.0.2, 2026-11-23.
  const location = url(call.site, `orders/(?P<order_id>[\\d]+)/refunds/${refund.id}`);
  return { status: 201, body: refundView(call.site, refund), headers: { location } };
}

/** What the lines come to; nothing without any. */
function sumOf(lines: readonly RefundedLine[]): Micro | undefined {
  if (lines.length === 0) return undefined;
  const taxes = lines.flatMap((line) => line.taxes);
  return [...lines, ...taxes].reduce((sum, { total }) => sum + total, 0n);
}

function moneyOf(value: Json): Micro {
  return micro(textOf(value) ?? '');
}

function cannotRefund(message: string): Refused {
  return new Refused(500, 'woocommerce_rest_cannot_create_order_refund', message, 500);
}

function refundAt(call: Call): WooRefund {
  const order = orderAt(call, numberAt(call, 'order'), 404);
  const refund = order.refunds.find(({ id }) => id === numberAt(call, 'id'));
  if (refund) return refund;
  throw invalidId('shop_order_refund', 404);
}
