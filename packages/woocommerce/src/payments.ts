import { type Payment, type PortCatalogue } from '@crossdock/core';
import { toMoney } from './amounts.ts';
import type { WooClient } from './client.ts';
import type { WooCommerceSettings } from './options.ts';
import { allDigits, rowReader } from './order-read.ts';
import { refundedOf, transactionsOf } from './order-record.ts';
import { toPaymentStatus } from './statuses.ts';
import { sweepPull } from './sweep.ts';
import type { WireOrder, WireRefund } from './wire/order.ts';

/** The money of orders, one payment each: WooCommerce keeps when an order was paid and by which number, and what went back. */
export function paymentsPort(
  client: WooClient,
  settings: WooCommerceSettings,
): Pick<PortCatalogue['payments'], 'pull'> {
  const { system } = settings;
  const operation = 'payments.pull';
  const reader = rowReader(client, system, (order, refunds) => toPayment(order, refunds, system));
  return {
    pull: sweepPull<Payment>(
      client,
      {
        what: 'Payments',
        operation,
        path: 'wc/v3/orders',
        search: allDigits,
        read: (rows, options) => reader.readAll(rows, { operation, options }),
      },
      settings,
    ),
  };
}

function toPayment(order: WireOrder, refunds: readonly WireRefund[], system: string): Payment {
  const id = String(order.id);
  return {
    ref: { system, kind: 'payment', id },
    order: { system, kind: 'order', id },
    status: toPaymentStatus(order, refundedOf(order, refunds)),
    amount: toMoney(order.total, order.currency),
    transactions: transactionsOf(order, refunds),
    updatedAt: order.date_modified_gmt ?? order.date_created_gmt,
  };
}
