import type { ConnectorBase } from '../connector/connector.ts';
import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import type { CommerceEvent } from '../model/event.ts';
import type { Ref } from '../model/ref.ts';
import type { OperationName } from '../ports/catalogue.ts';
import type { ReadOptions } from '../ports/options.ts';
import type { Page, PageProblem, Since } from '../ports/page.ts';
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
  eventsOfStockPage,
} from '../rules/events-of.ts';
import { storedForm } from '../rules/json-text.ts';
import { presentState } from './present-state.ts';
import { stateOf, type ReadableState } from './state-age.ts';

/** The operations that can be polled. */
export type PullOperation = Extract<OperationName, `${string}.pull`>;

/** A page, and the facts that its records prove. */
export interface EventPage {
  readonly cursor: string;
  readonly records: number;
  readonly events: readonly CommerceEvent[];
  readonly problems: readonly PageProblem[];
  /** The records of the page that could be read. */
  readonly readable: readonly ReadableState[];
}

type Pull = (connector: ConnectorBase, since: Since, options: ReadOptions) => AsyncIterable<EventPage> | undefined;

/** How each operation is pulled; `undefined` where the connector does not offer it. */
export const pulls: { readonly [O in PullOperation]: Pull } = {
  'orders.pull': (connector, since, options) =>
    connector.can('orders.pull') ? eventPages(connector.orders.pull(since, options), eventsOfOrder) : undefined,
  'inventory.pull': (connector, since, options) =>
    connector.can('inventory.pull')
      ? eventPages(connector.inventory.pull(since, options), eventsOfStock, eventsOfStockPage)
      : undefined,
  'products.pull': (connector, since, options) =>
    connector.can('products.pull') ? eventPages(connector.products.pull(since, options), eventsOfProduct) : undefined,
  'categories.pull': (connector, since, options) =>
    connector.can('categories.pull')
      ? eventPages(connector.categories.pull(since, options), eventsOfCategory)
      : undefined,
  'prices.pull': (connector, since, options) =>
    connector.can('prices.pull') ? eventPages(connector.prices.pull(since, options), eventsOfPrice) : undefined,
  'customers.pull': (connector, since, options) =>
    connector.can('customers.pull')
      ? eventPages(connector.customers.pull(since, options), eventsOfCustomer)
      : undefined,
  'fulfillments.pull': (connector, since, options) =>
    connector.can('fulfillments.pull')
      ? eventPages(connector.fulfillments.pull(since, options), eventsOfFulfillment)
      : undefined,
  'shipments.pull': (connector, since, options) =>
    connector.can('shipments.pull')
      ? eventPages(connector.shipments.pull(since, options), eventsOfShipment)
      : undefined,
  'returns.pull': (connector, since, options) =>
    connector.can('returns.pull') ? eventPages(connector.returns.pull(since, options), eventsOfReturn) : undefined,
  'refunds.pull': (connector, since, options) =>
    connector.can('refunds.pull') ? eventPages(connector.refunds.pull(since, options), eventsOfRefund) : undefined,
  'invoices.pull': (connector, since, options) =>
    connector.can('invoices.pull') ? eventPages(connector.invoices.pull(since, options), eventsOfInvoice) : undefined,
  'payments.pull': (connector, since, options) =>
    connector.can('payments.pull') ? eventPages(connector.payments.pull(since, options), eventsOfPayment) : undefined,
  'purchases.pull': (connector, since, options) =>
    connector.can('purchases.pull')
      ? eventPages(connector.purchases.pull(since, options), eventsOfPurchase)
      : undefined,
  'receipts.pull': (connector, since, options) =>
    connector.can('receipts.pull') ? eventPages(connector.receipts.pull(since, options), eventsOfReceipt) : undefined,
};

type Reread = (connector: ConnectorBase, ref: Ref, options: ReadOptions) => Promise<Found> | undefined;
/** `undefined` inside says that the system has no such record any more. */
type Found = readonly CommerceEvent[] | undefined;

/** How one record of a page is read again; an operation without an entry cannot read one alone. */
export const rereads: { readonly [O in PullOperation]?: Reread } = {
  'orders.pull': (connector, ref, options) =>
    ref.kind === 'order' ? presentState(connector, ref, options) : undefined,
  'fulfillments.pull': (connector, ref, options) =>
    ref.kind === 'fulfillment' ? presentState(connector, ref, options) : undefined,
  'returns.pull': (connector, ref, options) =>
    ref.kind === 'return' ? presentState(connector, ref, options) : undefined,
  'invoices.pull': (connector, ref, options) =>
    ref.kind === 'invoice' ? presentState(connector, ref, options) : undefined,
  'purchases.pull': (connector, ref, options) =>
    ref.kind === 'purchase' ? presentState(connector, ref, options) : undefined,
};

async function* eventPages<T>(
  pages: AsyncIterable<Page<T>>,
  eventsOf: (record: T) => readonly CommerceEvent[],
  eventsOfAll: (records: readonly T[]) => readonly CommerceEvent[] = () => [],
): AsyncIterable<EventPage> {
  for await (const { items, cursor, problems = [] } of pages) {
    const read = items.map((item) => factsOf(item, eventsOf));
    const readable = items.filter((_item, index) => read[index]?.problem === undefined);
    yield {
      cursor,
      records: items.length,
      events: [...read.flatMap(({ events }) => events), ...eventsOfAll(readable)],
      problems: [...problems, ...read.flatMap(({ problem }) => problem ?? [])],
      readable: readable.flatMap((item) => stateOf(item) ?? []),
    };
  }
}

/** The facts of one record. A record that no store can keep is a problem of its page, and holds up nothing else. */
function factsOf<T>(
  record: T,
  eventsOf: (record: T) => readonly CommerceEvent[],
): { readonly events: readonly CommerceEvent[]; readonly problem?: PageProblem } {
  try {
    const events = eventsOf(record);
    for (const event of events) storedForm(event, `Event "${event.id}"`);
    return { events };
  } catch (thrown) {
    return { events: [], problem: { ref: stateOf(record)?.ref, error: unkeepable(thrown) } };
  }
}

function unkeepable(thrown: unknown): CommerceError {
  if (isCommerceError(thrown)) return thrown;
  const word = thrown instanceof Error ? thrown.name : typeof thrown;
  return new CommerceError({
    code: 'record.invalid',
    message: `A record was not taken over: reading its facts threw a "${word}". Correct the connector that gave it, then replay.`,
    cause: stripped(thrown),
  });
}
