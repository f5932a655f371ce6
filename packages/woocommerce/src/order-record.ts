import {
  addMoney,
  compareMoney,
  sumMoney,
  zeroMoney,
  type Discount,
  type Money,
  type Order,
  type OrderStatus,
  type OrderTotals,
  type Ref,
  type Transaction,
} from '@crossdock/core';
import { toMoney } from './amounts.ts';
import { netOf, taxOf, toCharges, type Charges } from './order-lines.ts';
import { toBillingAddress, toBuyer, toShippingAddress } from './order-parties.ts';
import { isReference } from './order-mark.ts';
import { keptUnits } from './order-refunds.ts';
import { isOurField, purchaseNumberKey, tagsOf } from './order-tags.ts';
import { shipmentMarksOf } from './shipment-mark.ts';
import { isOpen, toOrderStatus, toPaymentStatus } from './statuses.ts';
import type { WireOrder, WireRefund } from './wire/order.ts';

export interface OrderReading {
  readonly system: string;
  readonly statuses: Readonly<Record<string, OrderStatus>>;
  readonly accountNumberMeta: string | undefined;
}

/** Pure: what a WooCommerce order is in our words. Throws `status.unmapped`, `address.invalid`, `money.invalid` and `record.invalid`. */
export function toOrder(order: WireOrder, refunds: readonly WireRefund[], reading: OrderReading): Order {
  const { system, statuses, accountNumberMeta } = reading;
  const { currency } = order;
  const ref: Ref<'order'> = { system, kind: 'order', id: String(order.id) };
  const status = toOrderStatus(order, ref, statuses, shipmentMarksOf(order, ref).length > 0);
  // While goods are still to leave, what was refunded is left out, so that nobody ships it.
  const kept = isOpen(status) ? keptUnits(order, refunds) : new Map<number, number>();
  const charges = toCharges(order, { system, kept });
  const buyer = toBuyer(order, system, accountNumberMeta);
  const billingAddress = toBillingAddress(order);
  const shippingAddress = toShippingAddress(order, ref);
  const attributes = attributesOf(order);
  return {
    ref,
    number: order.number,
    status,
    paymentStatus: toPaymentStatus(order, refundedOf(order, refunds)),
    wireStatus: { status: order.status },
    ...(buyer && { buyer }),
    ...(billingAddress && { billingAddress }),
    ...(shippingAddress && { shippingAddress }),
    currency,
    taxesIncluded: false,
    ...charges,
    discounts: sumDiscounts(charges),
    totals: kept.size === 0 ? statedTotals(order, charges) : reckonedTotals(order, charges),
    transactions: transactionsOf(order, refunds),
    ...(order.customer_note !== '' && { note: order.customer_note }),
    tags: tagsOf(order.meta_data),
    ...purchaseNumberOf(order),
    ...(attributes && { attributes }),
    placedAt: order.date_created_gmt,
    updatedAt: order.date_modified_gmt ?? order.date_created_gmt,
  };
}

/** The sums as WooCommerce states them. It states none of the goods and fees; discounts it rounds by themselves. */
function statedTotals(order: WireOrder, charges: Charges): OrderTotals {
  const { currency } = order;
  return {
    ...partsOf(charges, currency),
    shipping: toMoney(order.shipping_total, currency),
    tax: toMoney(order.total_tax, currency),
    total: toMoney(order.total, currency),
  };
}

/** The sums of what is left, which WooCommerce does not state. */
function reckonedTotals({ currency }: WireOrder, charges: Charges): OrderTotals {
  const tax = taxOf(charges, currency);
  const shipping = sum(
    charges.shippingLines.map(({ total }) => total),
    currency,
  );
  return { ...partsOf(charges, currency), shipping, tax, total: addMoney(netOf(charges, currency), tax) };
}

function partsOf({ lines, feeLines }: Charges, currency: string): Pick<OrderTotals, 'goods' | 'fees' | 'discount'> {
  return {
    goods: sum(
      lines.map(({ total }) => total),
      currency,
    ),
    fees: sum(
      feeLines.map(({ total }) => total),
      currency,
    ),
    discount: sum(
      lines.flatMap(({ discounts }) => discounts.map(({ amount }) => amount)),
      currency,
    ),
  };
}

function sum(amounts: readonly Money[], currency: string): Money {
  return sumMoney(amounts, currency);
}

/** What each coupon took off altogether. */
function sumDiscounts({ lines }: Charges): Discount[] {
  const sums = new Map<string, Discount>();
  for (const share of lines.flatMap(({ discounts }) => discounts)) {
    const key = JSON.stringify([share.kind, share.title]);
    const before = sums.get(key);
    sums.set(key, before ? { ...before, amount: addMoney(before.amount, share.amount) } : share);
  }
  return [...sums.values()];
}

export function refundedOf(
  { currency, total }: WireOrder,
  refunds: readonly WireRefund[],
): 'nothing' | 'a part' | 'everything' {
  const back = sum(
    refunds.map(({ amount }) => toMoney(amount, currency)),
    currency,
  );
  if (compareMoney(back, zeroMoney(currency)) <= 0) return 'nothing';
  return compareMoney(back, toMoney(total, currency)) < 0 ? 'a part' : 'everything';
}

/** WooCommerce keeps no list of payments: one that was made, and its refunds. */
export function transactionsOf(order: WireOrder, refunds: readonly WireRefund[]): Transaction[] {
  const { currency, payment_method: gateway, date_paid_gmt: paidAt } = order;
  // Orders of ours have their source's reference there, which no gateway knows.
  const isGateways = order.transaction_id !== '' && !isReference(order.transaction_id);
  const id = isGateways ? order.transaction_id : `payment-${order.id}`;
  const paid: Transaction[] = paidAt
    ? [{ id, kind: 'sale', status: 'succeeded', gateway, amount: toMoney(order.total, currency), processedAt: paidAt }]
    : [];
  const given = refunds.map((refund): Transaction => ({
    id: `refund-${refund.id}`,
    kind: 'refund',
    status: 'succeeded',
    gateway,
    amount: toMoney(refund.amount, currency),
    ...(paidAt && { parentId: id }),
    processedAt: refund.date_created_gmt,
  }));
  return [...paid, ...given.toSorted((one, other) => (one.id < other.id ? -1 : 1))];
}

/** The buyer's own number, where an order was made here with it. */
function purchaseNumberOf({ meta_data }: WireOrder): Pick<Order, 'purchaseNumber'> {
  const value = meta_data.find(({ key }) => key === purchaseNumberKey)?.value;
  return typeof value === 'string' && value !== '' ? { purchaseNumber: value } : {};
}

/** What the checkout noted under names that are not hidden; lists and objects are plugins' own business. */
function attributesOf({ meta_data }: WireOrder): Record<string, string> | undefined {
  const entries = meta_data.flatMap(({ key, value }): [string, string][] => {
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return isPlain && !key.startsWith('_') && !isOurField(key) && value !== '' ? [[key, String(value)]] : [];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
