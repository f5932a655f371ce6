import { roundMicro, type Micro } from '../decimal.ts';
import type { OrderLine, TaxLine, WooOrder, WooRefund } from '../records.ts';
import type { Site } from '../site.ts';
import { addNote } from './notes.ts';
import { restockLine } from './stock.ts';

/** One line of a refund: how many come back, and how much money goes. */
export interface RefundedLine {
  readonly id: number;
  readonly quantity: number;
  readonly total: Micro;
  readonly taxes: readonly { readonly rateId: number; readonly total: Micro }[];
}

/** What of an order has not been refunded. */
export function refundable(order: WooOrder): Micro {
  return order.total - order.refunds.reduce((sum, { amount }) => sum + amount, 0n);
}

/** Books a refund. A line of another order is left out in silence. Recorded on WooCommerce 10.0.2 (refund-bad-lineitem). */
export function addRefund(
  site: Site,
  order: WooOrder,
  refund: {
    readonly amount: Micro;
    readonly reason: string;
    readonly lines: readonly RefundedLine[];
    readonly restock: boolean;
    /** Default false: only booked. */
    readonly isPaidBack?: boolean;
  },
): WooRefund {
  const id = site.store.nextId('post');
  const lines: OrderLine[] = [];
  for (const part of refund.lines) {
    const origin = order.lines.find((line) => line.id === part.id);
    if (origin) lines.push(refundedLine(site, origin, part));
  }
  const booked: WooRefund = {
    id,
    orderId: order.id,
    amount: refund.amount,
    reason: refund.reason,
    createdAt: site.now(),
    lines,
    taxLines: taxLinesOf(site, lines),
    isPaidBack: refund.isPaidBack ?? false,
  };
  order.refunds.push(booked);
  if (refund.restock) {
    for (const part of refund.lines) {
      const origin = order.lines.find((line) => line.id === part.id);
      if (origin && part.quantity > 0) restockLine(site, origin, part.quantity);
    }
  }
  if (refundable(order) <= 0n && order.status !== 'refunded') {
    order.status = 'refunded';
    addNote(site, order, 'Order status changed to Refunded.');
    site.fire('woocommerce_order_status_refunded', order.id);
  }
  order.modifiedAt = site.now();
  site.tell({ resource: 'order', event: 'updated', id: order.id });
  return booked;
}

/** The whole rest, as the shop itself books it when somebody sets the status; goods stay where they are. */
export function refundRest(site: Site, order: WooOrder): void {
  const amount = refundable(order);
  if (amount <= 0n) return;
  addRefund(site, order, { amount, reason: 'Order fully refunded.', lines: [], restock: false });
}

/** Takes a refund away for good. Neither stock nor status come back. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function removeRefund(order: WooOrder, refund: WooRefund): void {
  order.refunds = order.refunds.filter(({ id }) => id !== refund.id);
}

function refundedLine(site: Site, origin: OrderLine, part: RefundedLine): OrderLine {
  const taxes = part.taxes.map(({ rateId, total }) => ({ rateId, total: -total, subtotal: -total }));
  const tax = taxes.reduce((sum, { total }) => sum + roundMicro(total, site.settings.decimals), 0n);
  return {
    id: site.store.nextId('item'),
    name: origin.name,
    productId: origin.productId,
    variationId: origin.variationId,
    looseSku: origin.looseSku,
    quantity: -part.quantity,
    taxClass: origin.taxClass,
    subtotal: -part.total,
    total: -part.total,
    subtotalTax: tax,
    totalTax: tax,
    taxes,
    meta: [{ id: site.store.nextId('itemMeta'), key: '_refunded_item_id', value: String(origin.id) }],
  };
}

function taxLinesOf(site: Site, lines: readonly OrderLine[]): TaxLine[] {
  const byRate = new Map<number, Micro>();
  for (const { taxes } of lines)
    for (const { rateId, total } of taxes) byRate.set(rateId, (byRate.get(rateId) ?? 0n) + total);
  return [...byRate].map(([rateId, taxTotal]) => ({
    id: site.store.nextId('item'),
    rateId,
    taxTotal,
    shippingTaxTotal: 0n,
  }));
}
