import type { Money } from '../model/money.ts';
import type { Order } from '../model/order.ts';
import type { Finding } from './finding.ts';

/** An amount that is not what the rest of the order makes of it. `difference` is seen less expected. */
export type TotalsFinding = Finding & {
  readonly code: 'totals.mismatch' | 'tax.mismatch' | 'money.invalid';
  readonly expected: Money | null;
  readonly seen: Money;
  readonly difference: Money | null;
};

/** What of an order carries money. A draft has the same. */
export type TotalsSubject = Pick<
  Order,
  | 'number'
  | 'currency'
  | 'presentment'
  | 'taxesIncluded'
  | 'totals'
  | 'amounts'
  | 'lines'
  | 'shippingLines'
  | 'feeLines'
>;
