import { isZeroMoney, type Payment } from '@crossdock/core';
import { toTransaction } from './order-record.ts';
import { toPaymentStatus } from './statuses.ts';
import { toMoney } from './wire/money.ts';
import type { WirePayment } from './wire/payment.ts';

/** An order's money: what came in of it, and while nothing did what is due. What went back stands in its transactions. */
export function toPayment(wire: WirePayment, system: string): Payment {
  const received = toMoney(wire.totalReceivedSet.shopMoney);
  return {
    ref: { system, kind: 'payment', id: wire.id },
    order: { system, kind: 'order', id: wire.id },
    status: toPaymentStatus(wire),
    amount: isZeroMoney(received) ? toMoney(wire.currentTotalPriceSet.shopMoney) : received,
    transactions: wire.transactions.map((transaction) => toTransaction(transaction, wire)),
    updatedAt: wire.updatedAt,
  };
}
