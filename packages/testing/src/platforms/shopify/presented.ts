import { converted, type Minor } from './money.ts';
import { netOf } from './order-sums.ts';
import type { AllocationRecord, DutyRecord, LineRecord, OrderRecord, ShippingRecord, TaxRecord } from './records.ts';

/**
 * The order as its buyer sees it: every price, discount and tax rounded to the buyer's currency one by one, so that sums
 * are sums of what is shown there too. Where the buyer pays in the shop's currency it is the order itself.
 */
export function inPresentment(order: OrderRecord): OrderRecord {
  const { presentment } = order;
  if (!presentment) return order;
  const to = (amount: Minor) => presentedOf(order, amount);
  return {
    ...order,
    currency: presentment.currency,
    presentment: undefined,
    discounts: order.discounts.map((each) => ({ ...each, amount: to(each.amount) })),
    lines: order.lines.map((line) => lineInPresentment(order, line)),
    shippingLines: order.shippingLines.map((line) => shippingInPresentment(order, line)),
    fees: order.fees.map((fee) => ({ ...fee, price: to(fee.price), taxLines: taxes(order, fee.taxLines) })),
    transactions: order.transactions.map((each) => ({ ...each, amount: each.presented ?? to(each.amount) })),
    refunds: order.refunds.map((refund) => ({
      ...refund,
      shipping: refund.presented?.shipping ?? to(refund.shipping),
      shippingTax: refund.presented?.shippingTax ?? to(refund.shippingTax),
      adjustment: refund.presented?.adjustment ?? to(refund.adjustment),
      duties: refund.duties.map((each) => ({ ...each, amount: to(each.amount) })),
      lines: refund.lines.map((each) => {
        const line = order.lines.find(({ id }) => id === each.lineId);
        const subtotal = line ? netOf(lineInPresentment(order, line), each.quantity) : to(each.subtotal);
        return { ...each, subtotal, tax: to(each.tax) };
      }),
    })),
  };
}

/** A line as its buyer sees it. */
export function lineInPresentment(order: OrderRecord, line: LineRecord): LineRecord {
  if (!order.presentment) return line;
  return {
    ...line,
    unitPrice: presentedOf(order, line.unitPrice),
    allocations: allocations(order, line.allocations),
    taxLines: taxes(order, line.taxLines),
    duties: line.duties.map((duty): DutyRecord => ({
      ...duty,
      price: presentedOf(order, duty.price),
      taxLines: taxes(order, duty.taxLines),
    })),
  };
}

/** A way of shipping as its buyer sees it. */
export function shippingInPresentment(order: OrderRecord, line: ShippingRecord): ShippingRecord {
  if (!order.presentment) return line;
  return {
    ...line,
    price: presentedOf(order, line.price),
    allocations: allocations(order, line.allocations),
    taxLines: taxes(order, line.taxLines),
  };
}

/** One amount in the buyer's currency, rounded to it. */
export function presentedOf({ currency, presentment }: OrderRecord, amount: Minor): Minor {
  return presentment ? converted(amount, currency, presentment.currency, presentment.rate) : amount;
}

/** The currency that the buyer pays in. */
export function buyersCurrency({ currency, presentment }: OrderRecord): string {
  return presentment?.currency ?? currency;
}

function allocations(order: OrderRecord, all: readonly AllocationRecord[]): readonly AllocationRecord[] {
  return all.map((each) => ({ ...each, amount: presentedOf(order, each.amount) }));
}

function taxes(order: OrderRecord, all: readonly TaxRecord[]): readonly TaxRecord[] {
  return all.map((each) => ({ ...each, amount: presentedOf(order, each.amount) }));
}
