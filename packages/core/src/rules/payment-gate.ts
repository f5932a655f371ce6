import type { Order } from '../model/order.ts';
import type { PaymentStatus } from '../model/payment.ts';
import type { Finding } from './finding.ts';
import { isZeroMoney } from './money.ts';

/** `ship`: goods may leave. `wait`: money may still come. `refuse`: it will not, a person decides. */
export type PaymentVerdict = 'ship' | 'wait' | 'refuse';
/** What each payment status means for shipping; every status must be named. */
export type PaymentPolicy = { readonly [S in PaymentStatus]: PaymentVerdict };

/** Why an order may not leave yet, or never, with the status that says so. */
export type PaymentFinding = Finding & {
  readonly code: 'payment.missing' | 'payment.failed' | 'payment.test';
  readonly paymentStatus: PaymentStatus;
};
/** Whether an order may leave, and what speaks against it. */
export type PaymentGate = { readonly pass: true } | { readonly pass: false; readonly finding: PaymentFinding };

/** Nothing leaves before the money is there or reserved. */
export const prepaid: PaymentPolicy = {
  pending: 'wait',
  authorized: 'ship',
  'partially-paid': 'wait',
  paid: 'ship',
  // A part may be given back before shipping, when a line is dropped; the rest is paid.
  'partially-refunded': 'ship',
  refunded: 'refuse',
  voided: 'refuse',
  expired: 'refuse',
};

/** For buyers with terms: goods leave on an open invoice. What was paid back or called off still does not. */
export const onAccount: PaymentPolicy = {
  pending: 'ship',
  authorized: 'ship',
  'partially-paid': 'ship',
  paid: 'ship',
  'partially-refunded': 'ship',
  refunded: 'refuse',
  voided: 'refuse',
  expired: 'refuse',
};

/** What `paymentGate` lets pass besides. */
export type PaymentGateOptions = {
  /**
   * What becomes of an order that somebody made to try the channel: its payment says "paid", and no money moved. `refuse`
   * finds `payment.test`; `as-any-other` goes by its payment, for a shop that is being built. Default `refuse`.
   */
  readonly testOrders?: 'refuse' | 'as-any-other' | undefined;
};

/**
 * Whether an order may be shipped by what was paid for it. An order that costs nothing does not wait for money; one whose
 * amounts are not stated is none that costs nothing. A test order never passes unless the options say so.
 */
export function paymentGate(
  order: Pick<Order, 'number' | 'paymentStatus' | 'totals' | 'amounts' | 'test'> & {
    readonly ref?: Order['ref'] | undefined;
  },
  policy: PaymentPolicy,
  { testOrders = 'refuse' }: PaymentGateOptions = {},
): PaymentGate {
  const { paymentStatus } = order;
  const refs = order.ref === undefined ? [] : [order.ref];
  if (order.test && testOrders === 'refuse') {
    const message = `Order "${order.number}" was not released: somebody made it to try the channel, and no money moved. Dismiss it; in a shop that is being built pass { testOrders: 'as-any-other' }.`;
    return { pass: false, finding: { code: 'payment.test', message, path: 'test', refs, paymentStatus } };
  }
  const verdict = policy[paymentStatus];
  if (verdict === 'ship') return { pass: true };
  const isFree = order.amounts !== 'not-stated' && isZeroMoney(order.totals.total);
  if (verdict === 'wait' && isFree) return { pass: true };
  const next =
    verdict === 'wait' ? 'Wait for the money or release it by hand, then replay.' : 'Ask the buyer, or cancel it.';
  return {
    pass: false,
    finding: {
      code: verdict === 'wait' ? 'payment.missing' : 'payment.failed',
      message: `Order "${order.number}" was not released: its payment is "${paymentStatus}". ${next}`,
      path: 'paymentStatus',
      refs,
      paymentStatus,
    },
  };
}
