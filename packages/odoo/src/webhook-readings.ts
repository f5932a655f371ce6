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
  type CommerceEvent,
  type Page,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import { categoriesPort } from './categories.ts';
import type { Connection } from './connection.ts';
import { customersPort } from './customers.ts';
import { fulfillmentsPort } from './fulfillments.ts';
import { inventoryPort } from './inventory.ts';
import { invoicesPort } from './invoices.ts';
import { ordersPort } from './orders.ts';
import { paymentsPort } from './payments.ts';
import { pricesPort } from './prices.ts';
import { productsPort } from './products.ts';
import { purchasesPort } from './purchases.ts';
import { receiptsPort } from './receipts.ts';
import { refundsPort } from './refunds.ts';
import { returnsPort } from './returns.ts';
import { shipmentsPort } from './shipments.ts';

/** A pull, and the facts that its records prove. */
export type Reading = (connection: Connection, since: Since, options?: ReadOptions) => AsyncGenerator<Told>;
type Told = Pick<Page<unknown>, 'problems'> & { readonly events: readonly CommerceEvent[] };

const products = reading(productsPort, eventsOfProduct);
const prices = reading(pricesPort, eventsOfPrice);
const stock = reading(inventoryPort, eventsOfStock, eventsOfStockPage);

/** By which pulls a change of a model is seen. */
export const readingsOf: Readonly<Record<string, readonly Reading[]>> = {
  'sale.order': [reading(ordersPort, eventsOfOrder)],
  'stock.picking': [
    reading(shipmentsPort, eventsOfShipment),
    reading(fulfillmentsPort, eventsOfFulfillment),
    reading(returnsPort, eventsOfReturn),
    whereThereIs('purchase_id', reading(receiptsPort, eventsOfReceipt)),
  ],
  'stock.move': [reading(fulfillmentsPort, eventsOfFulfillment), stock],
  'stock.move.line': [stock],
  'stock.quant': [stock],
  'account.move': [reading(invoicesPort, eventsOfInvoice), reading(refundsPort, eventsOfRefund)],
  'account.payment': [reading(paymentsPort, eventsOfPayment)],
  'purchase.order': [reading(purchasesPort, eventsOfPurchase)],
  'product.template': [products],
  'product.product': [products],
  'product.category': [reading(categoriesPort, eventsOfCategory)],
  'product.pricelist': [prices],
  'product.pricelist.item': [prices],
  'res.partner': [reading(customersPort, eventsOfCustomer)],
};

/** Without the module Purchase there is no purchase that a transfer could bring goods of. */
function whereThereIs(field: string, inner: Reading): Reading {
  return async function* read(connection, since, options) {
    if (!Object.hasOwn(await connection.client.fieldsGet('stock.picking', options), field)) return;
    yield* inner(connection, since, options);
  };
}

function reading<T>(
  port: (connection: Connection) => { pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<T>> },
  eventsOf: (record: T) => readonly CommerceEvent[],
  eventsOfAll: (records: readonly T[]) => readonly CommerceEvent[] = () => [],
): Reading {
  return async function* read(connection, since, options) {
    for await (const { items, problems } of port(connection).pull(since, options)) {
      const events = [...items.flatMap(eventsOf), ...eventsOfAll(items)];
      yield { events, ...(problems === undefined ? {} : { problems }) };
    }
  };
}
