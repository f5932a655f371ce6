import { divided, spread, sum, type Minor } from './money.ts';
import type { DutyRecord, LineRecord, OrderRecord, ShippingRecord, TaxRecord, TransactionRecord } from './records.ts';

/** What was ordered, before anything was taken off. */
export const originalOf = (line: LineRecord): Minor => line.unitPrice * BigInt(line.quantity);

/** What was taken off a line or a shipping line in all. */
export const takenOff = ({ allocations }: LineRecord | ShippingRecord): Minor =>
  sum(allocations.map(({ amount }) => amount));

/** Units that are still ordered: neither refunded nor removed. */
export const currentQuantity = (line: LineRecord): number => line.quantity - line.removed - line.refunded;

/** What a number of a line's units came to after all discounts. */
export const netOf = (line: LineRecord, units: number = line.quantity): Minor =>
  divided((originalOf(line) - takenOff(line)) * BigInt(units), BigInt(line.quantity));

/** The tax on a number of a line's units. */
export const taxOn = (line: LineRecord, units: number = line.quantity): Minor =>
  divided(sum(line.taxLines.map(({ amount }) => amount)) * BigInt(units), BigInt(line.quantity));

/** What is left of a duty after units were taken off the order and duty was paid back. */
export function dutyLeft({ refunds }: Pick<OrderRecord, 'refunds'>, line: LineRecord, duty: DutyRecord): Minor {
  const ordered = divided(duty.price * BigInt(line.quantity - line.removed), BigInt(line.quantity));
  const back = refunds.flatMap(({ duties }) => duties).filter(({ dutyId }) => dutyId === duty.id);
  return ordered - sum(back.map(({ amount }) => amount));
}

/** What is left of each shipping line after discounts and refunds: a refund takes from the first one that has something. */
export function currentShippingOf({ shippingLines, refunds }: OrderRecord): Minor[] {
  let refunded = sum(refunds.map(({ shipping }) => shipping));
  return shippingLines.map((line) => {
    const paid = line.price - takenOff(line);
    const back = refunded < paid ? refunded : paid;
    refunded -= back;
    return paid - back;
  });
}

/** The taxes of an order as it is now, tax by tax: what a line's taxes lose with its units, the last of them rounds. */
export function currentTaxes({ lines, shippingLines, refunds }: OrderRecord): readonly TaxRecord[] {
  const backOnShipping = sum(refunds.map(({ shippingTax }) => shippingTax));
  const onShipping = shippingLines.flatMap(({ taxLines }) => taxLines);
  const left = spread(
    sum(onShipping.map(({ amount }) => amount)) - backOnShipping,
    onShipping.map(({ amount }) => amount),
  );
  return [
    ...lines.flatMap((line) => {
      const parts = spread(
        taxOn(line, currentQuantity(line)),
        line.taxLines.map(({ amount }) => amount),
      );
      return line.taxLines.map((tax, index) => ({ ...tax, amount: parts[index] ?? 0n }));
    }),
    ...onShipping.map((tax, index) => ({ ...tax, amount: left[index] ?? 0n })),
  ];
}

/** All sums of an order, in the shop's currency. */
export interface OrderSums {
  readonly subtotal: Minor;
  readonly shipping: Minor;
  readonly shippingTax: Minor;
  readonly tax: Minor;
  readonly fees: Minor;
  readonly duties: Minor;
  readonly currentDuties: Minor;
  readonly tips: Minor;
  readonly discounts: Minor;
  readonly total: Minor;
  readonly currentSubtotal: Minor;
  readonly currentShipping: Minor;
  readonly currentTax: Minor;
  readonly currentDiscounts: Minor;
  readonly currentTotal: Minor;
  readonly received: Minor;
  readonly refunded: Minor;
  readonly refundedShipping: Minor;
  readonly net: Minor;
  readonly outstanding: Minor;
  readonly authorized: Minor;
}

/** Adds an order up, as it was placed and as it is now. */
export function sumsOf(order: OrderRecord): OrderSums {
  const { lines, shippingLines, refunds, taxesIncluded, dutiesIncluded } = order;
  // A tip is in the total and in no subtotal. shopify.dev, Order, read 2026-11-26.
  const goods = lines.filter(({ tip }) => !tip);
  const tipLines = lines.filter(({ tip }) => tip);
  const tips = sum(tipLines.map((line) => netOf(line)));
  const currentTips = sum(tipLines.map((line) => netOf(line, currentQuantity(line))));
  const subtotal = sum(goods.map((line) => netOf(line)));
  const shipping = sum(shippingLines.map((line) => line.price - takenOff(line)));
  const shippingTax = sum(shippingLines.flatMap((line) => line.taxLines.map(({ amount }) => amount)));
  const fees = sum(order.fees.map(({ price }) => price));
  const dutiesOf = lines.flatMap((line) => line.duties.map((duty) => ({ duty, left: dutyLeft(order, line, duty) })));
  const duties = sum(dutiesOf.map(({ duty }) => duty.price));
  const currentDuties = sum(dutiesOf.map(({ left }) => left));
  const feeTax = sum(order.fees.map(taxIn));
  const tax =
    sum(lines.map((line) => taxOn(line))) + sum(dutiesOf.map(({ duty }) => taxIn(duty))) + shippingTax + feeTax;
  const refundedShipping = sum(refunds.map((refund) => refund.shipping));
  const currentSubtotal = sum(goods.map((line) => netOf(line, currentQuantity(line))));
  const currentShipping = shipping - refundedShipping;
  const currentTax =
    sum(lines.map((line) => taxOn(line, currentQuantity(line)))) +
    sum(dutiesOf.map(({ duty, left }) => (duty.price === 0n ? 0n : divided(taxIn(duty) * left, duty.price)))) +
    feeTax +
    shippingTax -
    sum(refunds.map((refund) => refund.shippingTax));
  const money = paymentsOf(order);
  const beside = (dutiesOnTop: Minor, taxOnTop: Minor) =>
    fees + (dutiesIncluded ? 0n : dutiesOnTop) + (taxesIncluded ? 0n : taxOnTop);
  const currentTotal = currentSubtotal + currentTips + currentShipping + beside(currentDuties, currentTax);
  return {
    subtotal,
    shipping,
    shippingTax,
    tax,
    fees,
    duties,
    currentDuties,
    tips,
    discounts: sum([...lines, ...shippingLines].map(takenOff)),
    total: subtotal + tips + shipping + beside(duties, tax),
    currentSubtotal,
    currentShipping,
    currentTax,
    currentDiscounts:
      sum(lines.map((line) => divided(takenOff(line) * BigInt(currentQuantity(line)), BigInt(line.quantity)))) +
      sum(shippingLines.map(takenOff)),
    currentTotal,
    refundedShipping,
    ...money,
    net: money.received - money.refunded,
    outstanding: currentTotal - (money.received - money.refunded),
  };
}

const taxIn = ({ taxLines }: Pick<DutyRecord, 'taxLines'>): Minor => sum(taxLines.map(({ amount }) => amount));

/** What of an authorization can still be captured; without multi-capture the first capture ends it. */
export function capturableOf(
  { transactions, authorizationExpired }: Pick<OrderRecord, 'transactions' | 'authorizationExpired'>,
  authorization: TransactionRecord,
): Minor {
  if (authorizationExpired || authorization.kind !== 'AUTHORIZATION' || authorization.status !== 'SUCCESS') return 0n;
  const used = transactions.filter(
    ({ kind, status, parentId }) =>
      parentId === authorization.id &&
      (kind === 'CAPTURE' || kind === 'VOID') &&
      (status === 'SUCCESS' || status === 'PENDING'),
  );
  if (!authorization.multiCapturable && used.length > 0) return 0n;
  return authorization.amount - sum(used.map(({ amount }) => amount));
}

function paymentsOf(order: OrderRecord): Pick<OrderSums, 'received' | 'refunded' | 'authorized'> {
  const { transactions } = order;
  const settled = transactions.filter(({ status }) => status === 'SUCCESS');
  const of = (...kinds: readonly string[]) =>
    sum(settled.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  return {
    // Cash that was given back was not received.
    received: of('SALE', 'CAPTURE') - of('CHANGE'),
    refunded: of('REFUND'),
    authorized: sum(transactions.map((each) => capturableOf(order, each))),
  };
}
