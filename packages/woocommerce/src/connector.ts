import { defineConnector, type Connector, type PortCatalogue } from '@crossdock/core';
import * as z from 'zod';
import { largestBatch } from './batch-size.ts';
import { categoriesPort } from './categories.ts';
import { wooClient } from './client.ts';
import { customersPort } from './customers.ts';
import { inventoryPort } from './inventory.ts';
import { settingsOf, type WooCommerceOptions } from './options.ts';
import { perPage } from './sweep.ts';
import { ordersPort } from './orders.ts';
import { paymentsPort } from './payments.ts';
import { pricesPort } from './prices.ts';
import { productsPort } from './products.ts';
import { refundsPort } from './refunds.ts';
import { shipmentsPort } from './shipments.ts';
import { shopCurrency } from './shop-currency.ts';
import { turnsByKey } from './turns.ts';
import { webhooksPort } from './webhooks.ts';
import { shopWeightUnit } from './weights.ts';

/** The ports that a WooCommerce shop offers. */
export interface WooCommercePorts {
  readonly orders: Omit<PortCatalogue['orders'], 'confirm'>;
  readonly inventory: PortCatalogue['inventory'];
  readonly prices: PortCatalogue['prices'];
  readonly shipments: Pick<PortCatalogue['shipments'], 'confirm'>;
  readonly refunds: PortCatalogue['refunds'];
  readonly payments: Pick<PortCatalogue['payments'], 'pull'>;
  readonly products: PortCatalogue['products'];
  readonly categories: PortCatalogue['categories'];
  readonly customers: PortCatalogue['customers'];
  readonly webhooks: PortCatalogue['webhooks'];
}

/**
 * Connects one WooCommerce shop through its REST API v3.
 *
 * @example
 * ```ts
 * const shop = woocommerce({ url: 'https://shop.example', consumerKey: 'ck_…', consumerSecret: 'cs_…' });
 * ```
 */
export function woocommerce(options: WooCommerceOptions): Connector<WooCommercePorts> {
  const settings = settingsOf(options);
  const { system } = settings;
  const client = wooClient(settings);
  // Cancellations and confirmations of one order wait for each other: WooCommerce does not.
  const orderTurns = turnsByKey(system);
  const facts = { currency: shopCurrency(client, settings), weightUnit: shopWeightUnit(client) };
  const orders = ordersPort(client, settings, orderTurns);
  return defineConnector<WooCommercePorts>({
    platform: 'woocommerce',
    apiVersion: 'v3',
    system,
    ports: {
      orders,
      inventory: inventoryPort(client, settings),
      prices: pricesPort(client, settings),
      shipments: shipmentsPort(client, settings, orderTurns),
      refunds: refundsPort(client, settings, orderTurns),
      payments: paymentsPort(client, settings),
      products: productsPort(client, facts, settings),
      categories: categoriesPort(client, settings),
      customers: customersPort(client, settings),
      webhooks: webhooksPort(client, settings, orders.get),
    },
    traits: {
      'orders.pull': { cursor: 'updated-at', maxPage: perPage },
      'orders.create': { duplicateGuard: 'natural-key' },
      'orders.cancel': { mode: 'immediate' },
      'orders.update': {},
      'inventory.pull': { cursor: 'updated-at' },
      'inventory.push': { compareAndSet: false, maxBatch: largestBatch },
      'prices.pull': { cursor: 'updated-at', maxPage: perPage },
      'prices.push': { maxBatch: largestBatch },
      'shipments.confirm': { duplicateGuard: 'natural-key' },
      'refunds.pull': { cursor: 'updated-at', maxPage: perPage },
      'refunds.create': { duplicateGuard: 'natural-key' },
      'payments.pull': { cursor: 'updated-at', maxPage: perPage },
      'products.pull': { cursor: 'updated-at', maxPage: perPage },
      'products.push': { maxBatch: largestBatch },
      'categories.pull': { cursor: 'opaque', maxPage: perPage },
      'customers.pull': { cursor: 'opaque', maxPage: perPage },
      'customers.create': { duplicateGuard: 'natural-key' },
      'webhooks.subscribe': {},
      'webhooks.verify': { scheme: 'hmac-sha256-base64', signsTime: false },
    },
    async check() {
      const answer = z.array(z.object({ id: z.int() }));
      await client.get('wc/v3/orders', { operation: 'check', search: { per_page: 1, _fields: 'id' }, answer });
    },
    usage: () => client.usage(),
  });
}
