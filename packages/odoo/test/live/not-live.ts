import type { ConformanceOptions } from '@crossdock/testing/conformance';
import type { ConnectorBase } from '@crossdock/core';

type Exemptions = NonNullable<ConformanceOptions<ConnectorBase, unknown>['exempt']>;

const noTime = {
  because: "the law lets an hour pass, and the real server's clock does not go on with it",
  source: 'the live tests: only the connector has a clock that can be set',
} as const;

/** Laws that cannot hold on a real server, and why. Of a late change no law is tried: no transaction can be held open from outside. */
export const notLive: Exemptions = {
  'orders.pull/looks-back-to-a-moment': noTime,
  'products.pull/looks-back-to-a-moment': noTime,
  'customers.pull/looks-back-to-a-moment': noTime,
  'inventory.pull/looks-back-to-a-moment': noTime,
  'fulfillments.pull/looks-back-to-a-moment': noTime,
  'shipments.pull/looks-back-to-a-moment': noTime,
  'returns.pull/looks-back-to-a-moment': noTime,
  'refunds.pull/looks-back-to-a-moment': noTime,
  'invoices.pull/looks-back-to-a-moment': noTime,
  'payments.pull/looks-back-to-a-moment': noTime,
  'purchases.pull/looks-back-to-a-moment': noTime,
  'receipts.pull/looks-back-to-a-moment': noTime,
  'shipments.pull/reports-an-unknown-status-and-goes-on': {
    because: 'it asks Odoo for deliveries in state "done" alone, so no other word can come',
    source: 'stock.picking, Odoo 17.0 to 19.0, recorded 2026-11-23',
  },
};
