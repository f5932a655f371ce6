import { converted, decimalOf, moneyOf, type Minor } from '../money.ts';
import type {
  CustomerRecord,
  FulfillmentOrderRecord,
  FulfillmentRecord,
  LevelRecord,
  LineRecord,
  LocationRecord,
  OrderRecord,
  ProductRecord,
  RefundRecord,
  SubscriptionRecord,
  TransactionRecord,
  VariantRecord,
} from '../records.ts';
import type { Store } from '../store.ts';

/** A record as the API shows it: values, and functions for fields that take arguments. */
export type View = Readonly<Record<string, unknown>>;

/** How each kind of record is shown at one version of the API. */
export interface Views {
  readonly store: Store;
  readonly version: string;
  readonly order: (record: OrderRecord) => View;
  readonly line: (order: OrderRecord, record: LineRecord) => View;
  readonly transaction: (order: OrderRecord, record: TransactionRecord) => View;
  readonly refund: (order: OrderRecord, record: RefundRecord) => View;
  readonly customer: (record: CustomerRecord) => View;
  readonly fulfillmentOrder: (record: FulfillmentOrderRecord) => View;
  readonly fulfillment: (record: FulfillmentRecord) => View;
  readonly location: (record: LocationRecord) => View;
  readonly product: (record: ProductRecord) => View;
  readonly variant: (record: VariantRecord) => View;
  readonly item: (record: VariantRecord) => View;
  readonly level: (record: LevelRecord) => View;
  readonly subscription: (record: SubscriptionRecord) => View;
}

/** An amount of an order in the shop's and in the buyer's currency. */
export function bag(order: OrderRecord, amount: Minor): View {
  const { currency, presentment } = order;
  const shop = single(amount, currency);
  return {
    shopMoney: shop,
    presentmentMoney: presentment
      ? single(converted(amount, currency, presentment.currency, presentment.rate), presentment.currency)
      : shop,
  };
}

/** An amount in one currency. */
export function single(amount: Minor, currency: string): View {
  return { __typename: 'MoneyV2', amount: decimalOf(amount, currency), currencyCode: currency };
}

/** `totalPriceSet` and, under the older name without `Set`, the shop's amount alone. */
export function both(order: OrderRecord, name: string, amount: Minor): View {
  return { [`${name}Set`]: bag(order, amount), [name]: moneyOf(amount, order.currency) };
}

/** A record that another one points to. Throws when it is gone: the fake never deletes what is pointed to. */
export function required<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`The fake shop has lost ${what}.`);
  return found;
}
