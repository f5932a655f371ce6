import { decimalOf, moneyOf, type Minor } from '../money.ts';
import { buyersCurrency, presentedOf } from '../presented.ts';
import type {
  CollectionRecord,
  CustomerRecord,
  FulfillmentOrderRecord,
  FulfillmentRecord,
  LevelRecord,
  LineRecord,
  LocationRecord,
  OrderRecord,
  ProductOperationRecord,
  ProductRecord,
  RefundRecord,
  ReturnRecord,
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
  readonly return: (record: ReturnRecord) => View;
  readonly customer: (record: CustomerRecord) => View;
  readonly fulfillmentOrder: (record: FulfillmentOrderRecord) => View;
  readonly fulfillment: (record: FulfillmentRecord) => View;
  readonly location: (record: LocationRecord) => View;
  readonly product: (record: ProductRecord) => View;
  readonly variant: (record: VariantRecord) => View;
  readonly collection: (record: CollectionRecord) => View;
  readonly productOperation: (record: ProductOperationRecord) => View;
  /** Whatever a metafield stands on, by its global id. */
  readonly owner: (id: string) => View | null;
  readonly item: (record: VariantRecord) => View;
  readonly level: (record: LevelRecord) => View;
  readonly subscription: (record: SubscriptionRecord) => View;
}

/**
 * An amount of an order in the shop's and in the buyer's currency. `theirs` is the latter where it is a sum: of what is
 * rounded one by one, and not of the sum itself.
 */
export function bag(order: OrderRecord, amount: Minor, theirs: Minor = presentedOf(order, amount)): View {
  return { shopMoney: single(amount, order.currency), presentmentMoney: single(theirs, buyersCurrency(order)) };
}

/** An amount in one currency. */
export function single(amount: Minor, currency: string): View {
  return { __typename: 'MoneyV2', amount: decimalOf(amount, currency), currencyCode: currency };
}

/** `totalPriceSet` and, under the older name without `Set`, the shop's amount alone. */
export function both(order: OrderRecord, name: string, amount: Minor, theirs?: Minor): View {
  return { [`${name}Set`]: bag(order, amount, theirs), [name]: moneyOf(amount, order.currency) };
}

/** A record that another one points to. Throws when it is gone: the fake never deletes what is pointed to. */
export function required<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new Error(`The fake shop has lost ${what}.`);
  return found;
}
