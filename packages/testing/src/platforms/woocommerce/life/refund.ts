import { roundMicro, type Micro } from '../decimal.ts';
import type {
  FeeLine,
  LineTax,
  Meta,
  OrderItem,
  OrderLine,
  ShippingLine,
  TaxLine,
  WooOrder,
  WooRefund,
} from '../records.ts';
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

/** A refund that is about to be booked. */
export interface NewRefund {
  /** Nothing where neither an amount nor lines were said. */
  readonly amount: Micro | undefined;
  readonly reason: string;
  readonly lines: readonly RefundedLine[];
  readonly restock: boolean;
  /** Default false: only booked. */
  readonly isPaidBack?: boolean;
  readonly meta?: readonly Omit<Meta, 'id'>[];
}

/** What of an order has not been refunded. */
export function refundable(order: WooOrder): Micro {
  return order.total - order.refunds.reduce((sum, { amount }) => sum + amount, 0n);
}

/**
 * Books a refund of goods, shipping and fees by their ids. A line of another order is left out in silence: recorded on
 * WooCommerce 10.0.2, 2026-11-23 (refund-bad-lineitem). Shipping and fees: compared with 10.5.0, 2026-11-26.
 */
export function addRefund(site: Site, order: WooOrder, refund: NewRefund): WooRefund {
  const id = site.store.nextId('post');
  const lines = matched(order.lines, refund.lines).map(([origin, part]) => refundedLine(site, origin, part));
  const shippingLines = matched(order.shippingLines, refund.lines).map(([{ methodId, title }, part]): ShippingLine => ({
    ...refundedItem(site, part),
    methodId,
    title,
    total: -part.total,
  }));
  const feeLines = matched(order.feeLines, refund.lines).map(([{ name, taxClass, taxStatus }, part]): FeeLine => ({
    ...refundedItem(site, part),
    name,
    taxClass,
    taxStatus,
    total: -part.total,
  }));
  const booked: WooRefund = {
    id,
    orderId: order.id,
    amount: refund.amount ?? 0n,
    isBlank: refund.amount === undefined,
    reason: refund.reason,
    createdAt: site.now(),
    lines,
    shippingLines,
    feeLines,
    taxLines: taxLinesOf(site, [...lines, ...feeLines], shippingLines),
    isPaidBack: refund.isPaidBack ?? false,
    meta: (refund.meta ?? []).map((entry) => ({ ...entry, id: site.store.nextId('orderMeta') })),
  };
  order.refunds.push(booked);
  for (const [origin, { quantity }] of matched(order.lines, refund.restock ? refund.lines : [])) {
    if (quantity > 0) restockLine(site, order, origin, quantity);
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
  // Compared with WooCommerce 10.5.0, 2026-11-26.
  addNote(
    site,
    order,
    'Order status set to refunded. To return funds to the customer you will need to issue a refund through your payment gateway.',
  );
}

/** Takes a refund away for good. Neither stock nor status come back. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function removeRefund(order: WooOrder, refund: WooRefund): void {
  order.refunds = order.refunds.filter(({ id }) => id !== refund.id);
}

/** What of a refund is about these items of an order. */
function matched<I extends OrderItem>(
  items: readonly I[],
  parts: readonly RefundedLine[],
): readonly [I, RefundedLine][] {
  return parts.flatMap((part) => {
    const origin = items.find(({ id }) => id === part.id);
    return origin ? [[origin, part] as [I, RefundedLine]] : [];
  });
}

function refundedItem(site: Site, part: RefundedLine): OrderItem {
  const taxes: readonly LineTax[] = part.taxes.map(({ rateId, total }) => ({
    rateId,
    total: -total,
    subtotal: -total,
  }));
  return {
    id: site.store.nextId('item'),
    taxes,
    totalTax: taxes.reduce((sum, { total }) => sum + roundMicro(total, site.settings.decimals), 0n),
    meta: [{ id: site.store.nextId('itemMeta'), key: '_refunded_item_id', value: String(part.id) }],
  };
}

function refundedLine(site: Site, origin: OrderLine, part: RefundedLine): OrderLine {
  const item = refundedItem(site, part);
  return {
    ...item,
    name: origin.name,
    productId: origin.productId,
    variationId: origin.variationId,
    looseSku: origin.looseSku,
    quantity: -part.quantity,
    taxClass: origin.taxClass,
    subtotal: -part.total,
    total: -part.total,
    subtotalTax: item.totalTax,
  };
}

function taxLinesOf(site: Site, items: readonly OrderItem[], shipping: readonly OrderItem[]): TaxLine[] {
  const [cart, shipped] = [taxByRate(items), taxByRate(shipping)];
  return [...new Set([...cart.keys(), ...shipped.keys()])].map((rateId) => ({
    id: site.store.nextId('item'),
    rateId,
    taxTotal: cart.get(rateId) ?? 0n,
    shippingTaxTotal: shipped.get(rateId) ?? 0n,
  }));
}

function taxByRate(items: readonly OrderItem[]): ReadonlyMap<number, Micro> {
  const sums = new Map<number, Micro>();
  for (const { taxes } of items) {
    for (const { rateId, total } of taxes) sums.set(rateId, (sums.get(rateId) ?? 0n) + total);
  }
  return sums;
}
