import {
  eventsOfCategory,
  eventsOfCustomer,
  eventsOfFulfillment,
  eventsOfInvoice,
  eventsOfOrder,
  eventsOfPayment,
  eventsOfPrice,
  eventsOfProduct,
  eventsOfPurchase,
  eventsOfReceipt,
  eventsOfRefund,
  eventsOfReturn,
  eventsOfShipment,
  eventsOfStock,
  type CommerceEvent,
  type OperationName,
  type Page,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import type { FakePlatform } from '../fake/platform.ts';
import type { OpenTrial } from './law.ts';
import { readAll } from './read-all.ts';
import type { Awaitable } from './scenes.ts';

/** The operations that bring everything that changed. */
export type PullOperation = Extract<OperationName, `${string}.pull`>;

/** A pull that a connector offers. */
export interface OfferedPull {
  readonly operation: PullOperation;
  readonly pull: (since: Since, options?: ReadOptions) => AsyncIterable<Page<unknown>>;
  /** Fills the platform, where the scenery knows how. */
  readonly seed: ((platform: FakePlatform<unknown>, count: number) => Awaitable<unknown>) | undefined;
  /** Everything that a pull brings, as the facts that it proves. */
  readonly facts: () => Promise<readonly CommerceEvent[]>;
}

/** Every pull that the connector offers. */
export function pullsOf(trial: OpenTrial): readonly OfferedPull[] {
  return Object.values(pulls).flatMap((offered) => offered(trial) ?? []);
}

const pulls: { readonly [O in PullOperation]: (trial: OpenTrial) => OfferedPull | undefined } = {
  'orders.pull': ({ connector, scenery }) =>
    connector.can('orders.pull')
      ? offer('orders.pull', scenery, (...given) => connector.orders.pull(...given), eventsOfOrder)
      : undefined,
  'products.pull': ({ connector, scenery }) =>
    connector.can('products.pull')
      ? offer('products.pull', scenery, (...given) => connector.products.pull(...given), eventsOfProduct)
      : undefined,
  'shipments.pull': ({ connector, scenery }) =>
    connector.can('shipments.pull')
      ? offer('shipments.pull', scenery, (...given) => connector.shipments.pull(...given), eventsOfShipment)
      : undefined,
  'inventory.pull': ({ connector, scenery }) =>
    connector.can('inventory.pull')
      ? offer('inventory.pull', scenery, (...given) => connector.inventory.pull(...given), eventsOfStock)
      : undefined,
  'categories.pull': ({ connector, scenery }) =>
    connector.can('categories.pull')
      ? offer('categories.pull', scenery, (...given) => connector.categories.pull(...given), eventsOfCategory)
      : undefined,
  'prices.pull': ({ connector, scenery }) =>
    connector.can('prices.pull')
      ? offer('prices.pull', scenery, (...given) => connector.prices.pull(...given), eventsOfPrice)
      : undefined,
  'customers.pull': ({ connector, scenery }) =>
    connector.can('customers.pull')
      ? offer('customers.pull', scenery, (...given) => connector.customers.pull(...given), eventsOfCustomer)
      : undefined,
  'fulfillments.pull': ({ connector, scenery }) =>
    connector.can('fulfillments.pull')
      ? offer('fulfillments.pull', scenery, (...given) => connector.fulfillments.pull(...given), eventsOfFulfillment)
      : undefined,
  'returns.pull': ({ connector, scenery }) =>
    connector.can('returns.pull')
      ? offer('returns.pull', scenery, (...given) => connector.returns.pull(...given), eventsOfReturn)
      : undefined,
  'refunds.pull': ({ connector, scenery }) =>
    connector.can('refunds.pull')
      ? offer('refunds.pull', scenery, (...given) => connector.refunds.pull(...given), eventsOfRefund)
      : undefined,
  'invoices.pull': ({ connector, scenery }) =>
    connector.can('invoices.pull')
      ? offer('invoices.pull', scenery, (...given) => connector.invoices.pull(...given), eventsOfInvoice)
      : undefined,
  'payments.pull': ({ connector, scenery }) =>
    connector.can('payments.pull')
      ? offer('payments.pull', scenery, (...given) => connector.payments.pull(...given), eventsOfPayment)
      : undefined,
  'purchases.pull': ({ connector, scenery }) =>
    connector.can('purchases.pull')
      ? offer('purchases.pull', scenery, (...given) => connector.purchases.pull(...given), eventsOfPurchase)
      : undefined,
  'receipts.pull': ({ connector, scenery }) =>
    connector.can('receipts.pull')
      ? offer('receipts.pull', scenery, (...given) => connector.receipts.pull(...given), eventsOfReceipt)
      : undefined,
};

function offer<T>(
  operation: PullOperation,
  scenery: OpenTrial['scenery'],
  pull: (since: Since, options?: ReadOptions) => AsyncIterable<Page<T>>,
  eventsOf: (record: T) => readonly CommerceEvent[],
): OfferedPull {
  return {
    operation,
    pull,
    seed: scenery[operation]?.seed,
    facts: async () => (await readAll(pull({}))).items.flatMap((record) => eventsOf(record)),
  };
}
