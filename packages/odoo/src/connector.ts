import {
  defineConnector,
  systemClock,
  type Connector,
  type PortCatalogue,
  type ReadOptions,
  type TraitCatalogue,
} from '@crossdock/core';
import * as z from 'zod';
import type { OdooClient } from './client.ts';
import { odooClient } from './client-make.ts';
import type { Connection } from './connection.ts';
import { customersPerPage } from './customer-pull.ts';
import { customersPort } from './customers.ts';
import { externalIds } from './external-id.ts';
import { fulfillmentsPerPage, fulfillmentsPort } from './fulfillments.ts';
import { inventoryPort } from './inventory.ts';
import { settingsOf, type OdooOptions } from './options.ts';
import { invoicesPerPage, invoicesPort } from './invoices.ts';
import { ordersPerPage } from './order-pull.ts';
import { ordersPort } from './orders.ts';
import { paymentsPerPage, paymentsPort } from './payments.ts';
import { categoriesPerPage, categoriesPort } from './categories.ts';
import { pricesPerPage, pricesPort } from './prices.ts';
import { productsPerPush } from './product-push.ts';
import { productsPerPage, productsPort } from './products.ts';
import { returnsPerPage, returnsPort } from './returns.ts';
import { purchasesPerPage, purchasesPort } from './purchases.ts';
import { receiptsPerPage, receiptsPort } from './receipts.ts';
import { refundsPerPage, refundsPort } from './refunds.ts';
import { shipmentsPerPage, shipmentsPort } from './shipments.ts';
import { webhooksPort } from './webhooks.ts';

/** What every Odoo offers here. */
export type OdooPorts = ReturnType<typeof portsOf>;
/** The same with webhooks, which it offers where a secret for them is given. */
export type OdooPortsWithWebhooks = OdooPorts & {
  readonly webhooks: Pick<PortCatalogue['webhooks'], 'verify' | 'decode'>;
};

/**
 * Connects an Odoo, release 17 or later, as the ERP: products, customers, sales orders, stock and deliveries. Throws
 * `options.invalid` for options that cannot work; nothing is sent before the first call.
 */
export function odoo(
  options: OdooOptions & { readonly webhookSecrets: readonly [string, ...string[]] },
): Connector<OdooPortsWithWebhooks>;
export function odoo(options: OdooOptions): Connector<OdooPorts>;
export function odoo(options: OdooOptions): Connector<OdooPorts> | Connector<OdooPortsWithWebhooks> {
  const { connection, client } = connectionOf(options);
  const { version, name, webhookSecrets } = connection.settings;
  const about = {
    platform: 'odoo',
    apiVersion: version === 'detect' ? 'detected' : `${version}.0`,
    system: name,
    check: () => whoAmI(client),
    usage: () => client.usage(),
  };
  const ports = portsOf(connection);
  if (webhookSecrets.length === 0) return defineConnector<OdooPorts>({ ...about, ports, traits });
  return defineConnector<OdooPortsWithWebhooks>({
    ...about,
    ports: { ...ports, webhooks: webhooksPort(connection) },
    traits: { ...traits, 'webhooks.verify': { scheme: 'shared-secret', signsTime: false } },
  });
}

function portsOf(connection: Connection) {
  return {
    products: productsPort(connection),
    categories: categoriesPort(connection),
    prices: pricesPort(connection),
    customers: customersPort(connection),
    orders: ordersPort(connection),
    inventory: inventoryPort(connection),
    fulfillments: fulfillmentsPort(connection),
    shipments: shipmentsPort(connection),
    returns: returnsPort(connection),
    invoices: invoicesPort(connection),
    payments: paymentsPort(connection),
    refunds: refundsPort(connection),
    purchases: purchasesPort(connection),
    receipts: receiptsPort(connection),
  };
}

const traits = {
  'products.pull': { cursor: 'updated-at', maxPage: productsPerPage },
  'products.push': { maxBatch: productsPerPush },
  'categories.pull': { cursor: 'updated-at', maxPage: categoriesPerPage },
  'prices.pull': { cursor: 'updated-at', maxPage: pricesPerPage },
  'customers.pull': { cursor: 'updated-at', maxPage: customersPerPage },
  'customers.create': { duplicateGuard: 'natural-key' },
  'orders.pull': { cursor: 'updated-at', maxPage: ordersPerPage },
  'orders.create': { duplicateGuard: 'natural-key' },
  'orders.confirm': {},
  'orders.cancel': { mode: 'immediate' },
  'inventory.pull': { cursor: 'updated-at' },
  'fulfillments.pull': { cursor: 'updated-at', maxPage: fulfillmentsPerPage },
  'returns.pull': { cursor: 'updated-at', maxPage: returnsPerPage },
  'returns.create': { duplicateGuard: 'unique-reference' },
  'returns.confirm': { duplicateGuard: 'natural-key' },
  'shipments.pull': { cursor: 'updated-at', maxPage: shipmentsPerPage },
  'shipments.confirm': { duplicateGuard: 'natural-key' },
  'invoices.pull': { cursor: 'updated-at', maxPage: invoicesPerPage },
  'invoices.create': { duplicateGuard: 'natural-key' },
  'invoices.confirm': {},
  'payments.pull': { cursor: 'updated-at', maxPage: paymentsPerPage },
  'payments.create': { duplicateGuard: 'natural-key' },
  'refunds.pull': { cursor: 'updated-at', maxPage: refundsPerPage },
  'refunds.create': { duplicateGuard: 'natural-key' },
  'purchases.pull': { cursor: 'updated-at', maxPage: purchasesPerPage },
  'purchases.create': { duplicateGuard: 'natural-key' },
  'purchases.cancel': { mode: 'immediate' },
  'receipts.pull': { cursor: 'updated-at', maxPage: receiptsPerPage },
  'receipts.confirm': { duplicateGuard: 'natural-key' },
} as const satisfies Partial<TraitCatalogue>;

/** The client that `odoo()` works with, for what the ports do not cover: any model and any method of this Odoo. */
export function odooClientOf(options: OdooOptions): OdooClient {
  return connectionOf(options).client;
}

/** What `odoo()` and the import work with. */
export function connectionOf(options: OdooOptions): { readonly connection: Connection; readonly client: OdooClient } {
  const settings = settingsOf(options);
  const client = odooClient(settings, options);
  const clock = options.clock ?? systemClock;
  const connection: Connection = {
    client,
    settings,
    externalIds: externalIds(client, settings.name, settings.externalIdModule),
    places: new Map(),
    taxRates: new Map(),
    now: () => new Date(clock.now()).toISOString(),
  };
  return { connection, client };
}

/** The cheapest question that needs the key. */
async function whoAmI(client: OdooClient, options?: ReadOptions): Promise<void> {
  const call = { answer: z.record(z.string(), z.unknown()), safety: 'read' as const };
  await client.call('res.users', 'context_get', call, options);
}
