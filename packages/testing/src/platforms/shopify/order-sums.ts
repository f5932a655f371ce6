import { divided, sum, type Minor } from './money.ts';
import type { DutyRecord, LineRecord, OrderRecord, ShippingRecord } from './records.ts';

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

/** Duty on a number of a line's units. */
const dutyOn = (line: LineRecord, units: number = line.quantity): Minor =>
  divided(sum(line.duties.map(({ price }) => price)) * BigInt(units), BigInt(line.quantity));

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

/** All sums of an order, in the shop's currency. */
export interface OrderSums {
  readonly subtotal: Minor;
  readonly shipping: Minor;
  readonly shippingTax: Minor;
  readonly tax: Minor;
  readonly fees: Minor;
  readonly duties: Minor;
  readonly currentDuties: Minor;
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
  const { lines, shippingLines, refunds, taxesIncluded } = order;
  const subtotal = sum(lines.map((line) => netOf(line)));
  const shipping = sum(shippingLines.map((line) => line.price - takenOff(line)));
  const shippingTax = sum(shippingLines.flatMap((line) => line.taxLines.map(({ amount }) => amount)));
  const fees = sum(order.fees.map(({ price }) => price));
  const duties = sum(lines.map((line) => dutyOn(line)));
  const currentDuties = sum(lines.map((line) => dutyOn(line, currentQuantity(line))));
  const feeTax = sum(order.fees.map(taxIn));
  const tax = sum(lines.map((line) => taxOn(line) + dutyTaxOn(line, line.quantity))) + shippingTax + feeTax;
  const refundedShipping = sum(refunds.map((refund) => refund.shipping));
  const currentSubtotal = sum(lines.map((line) => netOf(line, currentQuantity(line))));
  const currentShipping = shipping - refundedShipping;
  const currentTax =
    sum(lines.map((line) => taxOn(line, currentQuantity(line)) + dutyTaxOn(line, currentQuantity(line)))) +
    feeTax +
    shippingTax -
    sum(refunds.map((refund) => refund.shippingTax));
  const money = paymentsOf(order);
  const currentTotal = currentSubtotal + currentShipping + fees + currentDuties + (taxesIncluded ? 0n : currentTax);
  return {
    subtotal,
    shipping,
    shippingTax,
    tax,
    fees,
    duties,
    currentDuties,
    discounts: sum([...lines, ...shippingLines].map(takenOff)),
    total: subtotal + shipping + fees + duties + (taxesIncluded ? 0n : tax),
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

const taxIn = ({ taxLines }: DutyRecord): Minor => sum(taxLines.map(({ amount }) => amount));

const dutyTaxOn = (line: LineRecord, units: number): Minor =>
  divided(sum(line.duties.map(taxIn)) * BigInt(units), BigInt(line.quantity));

function paymentsOf({ transactions }: OrderRecord): Pick<OrderSums, 'received' | 'refunded' | 'authorized'> {
  const settled = transactions.filter(({ status }) => status === 'SUCCESS');
  const of = (...kinds: readonly string[]) =>
    sum(settled.filter(({ kind }) => kinds.includes(kind)).map(({ amount }) => amount));
  return {
    received: of('SALE', 'CAPTURE'),
    refunded: of('REFUND'),
    authorized: of('AUTHORIZATION') - of('CAPTURE', 'VOID'),
  };
}
