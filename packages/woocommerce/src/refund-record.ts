import { negateMoney, sumMoney, type Money, type Refund } from '@crossdock/core';
import { toMoney } from './amounts.ts';
import { originOf } from './order-refunds.ts';
import { noteOf, standingRefundMark } from './refund-mark.ts';
import type { WireOrder, WireRefund } from './wire/order.ts';

/** Pure: the refunds of an order in our words, oldest first. */
export function toRefunds(order: WireOrder, refunds: readonly WireRefund[], system: string): readonly Refund[] {
  const restocked = restockedRefunds(order, refunds);
  return refunds.map((wire) => toRefund(order, wire, system, restocked.has(wire.id)));
}

function toRefund(
  { id, currency, line_items: ordered }: WireOrder,
  wire: WireRefund,
  system: string,
  restocked: boolean,
): Refund {
  const mark = standingRefundMark(wire);
  const amount = (text: string) => negateMoney(toMoney(text, currency));
  // An item without tax may leave it empty.
  const taxOf = ({ total_tax: tax }: { readonly total_tax: string }) => amount(tax === '' ? '0' : tax);
  const lines = wire.line_items.flatMap((line) => {
    const origin = originOf(line.meta_data);
    if (!ordered.some((one) => one.id === origin)) return [];
    const quantity = Math.abs(line.quantity);
    return [
      {
        orderLineId: String(origin),
        quantity,
        amount: amount(line.total),
        tax: taxOf(line),
        restocked: quantity > 0 && (mark?.restocked ?? restocked),
      },
    ];
  });
  const shipping = sumMoney(
    wire.shipping_lines.flatMap((line): Money[] => [amount(line.total), taxOf(line)]),
    currency,
  );
  const note = noteOf(wire.reason);
  return {
    ref: { system, kind: 'refund', id: String(wire.id) },
    order: { system, kind: 'order', id: String(id) },
    ...(mark?.return && { return: mark.return }),
    lines,
    ...(wire.shipping_lines.length > 0 && { shipping }),
    total: toMoney(wire.amount, currency),
    ...(note !== undefined && { note }),
    refundedAt: wire.date_created_gmt,
  };
}

/**
 * The refunds whose goods went back on sale. WooCommerce counts that by line of the order, in `_restock_refunded_items`, and
 * not by refund: where the count is of all units that were refunded they all did, and else of none it is known.
 * recorded on WooCommerce 10.0.2, 2026-11-23
 */
function restockedRefunds(order: WireOrder, refunds: readonly WireRefund[]): ReadonlySet<number> {
  const known = new Set<number>();
  for (const refund of refunds) {
    const goods = refund.line_items.filter(({ quantity }) => quantity !== 0);
    if (goods.length > 0 && goods.every((line) => isAllRestocked(order, refunds, originOf(line.meta_data)))) {
      known.add(refund.id);
    }
  }
  return known;
}

function isAllRestocked({ line_items: ordered }: WireOrder, refunds: readonly WireRefund[], lineId: number): boolean {
  const line = ordered.find(({ id }) => id === lineId);
  const count = Number(line?.meta_data.find(({ key }) => key === '_restock_refunded_items')?.value ?? 0);
  const units = refunds
    .flatMap(({ line_items: lines }) => lines)
    .filter(({ meta_data }) => originOf(meta_data) === lineId)
    .reduce((sum, { quantity }) => sum + Math.abs(quantity), 0);
  return count > 0 && count === units;
}
