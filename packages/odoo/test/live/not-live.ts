import type { ConnectorBase } from '@crossdock/core';
import { appliesTo, laws, type ConformanceOptions, type LawId } from '@crossdock/testing/conformance';

type Exemptions = NonNullable<ConformanceOptions<ConnectorBase, unknown>['exempt']>;

const noTime = {
  because: "the law lets an hour pass, and the real server's clock does not go on with it",
  source: 'the live tests: only the connector has a clock that can be set',
} as const;

/** Laws that cannot hold on a real server, and why. They are run, and the suite fails when one holds after all. */
export const notLive: Exemptions = {
  'orders.pull/looks-back-to-a-moment': noTime,
  'products.pull/looks-back-to-a-moment': noTime,
  'categories.pull/looks-back-to-a-moment': noTime,
  'prices.pull/looks-back-to-a-moment': noTime,
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

/** Laws that are not run at all, by what their names say, and why. */
const notRun: readonly { readonly named: RegExp; readonly because: string }[] = [
  {
    named: /\.pull\/finds-what-became-visible-late$/,
    because: 'no transaction of the server can be held open from outside',
  },
  {
    named: /^inventory\.pull\/reports-what-it-cannot-read/,
    because: 'a level is what Odoo has counted, and none is known that cannot be read',
  },
  {
    named: /^webhooks\./,
    because: 'only an administrator may set up automation rules, and the server would have to reach the test',
  },
];

/** The laws about what this connector offers that are not run with these scenes, each with its reason; `undefined` for none. */
export function lawsNotRun(
  connector: ConnectorBase,
  scenery: object,
): readonly { readonly id: LawId; readonly because: string | undefined }[] {
  return laws
    .filter((law) => appliesTo(law, connector, everyScene) && !appliesTo(law, connector, scenery))
    .map(({ id }) => ({ id, because: notRun.find(({ named }) => named.test(id))?.because }));
}

/** Has whatever a law asks for. */
const everyScene: object = new Proxy({}, { get: (): object => everyScene });
