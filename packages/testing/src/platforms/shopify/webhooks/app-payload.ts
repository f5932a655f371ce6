import { gid } from '../gid.ts';
import type { CustomerRecord } from '../records.ts';
import type { Store } from '../store.ts';

type Payload = Readonly<Record<string, unknown>>;

/** What the platform asks of apps for the law, in its own words. */
export type ComplianceTopic = 'customers/data_request' | 'customers/redact' | 'shop/redact';

const shopId = 74_837_590_421;

/** The shop that took the app away. */
export function shopPayload(store: Store): Payload {
  return {
    id: shopId,
    admin_graphql_api_id: gid('Shop', String(shopId)),
    name: store.shop,
    domain: `${store.shop}.myshopify.com`,
    myshopify_domain: `${store.shop}.myshopify.com`,
    currency: store.currency,
    email: `owner@${store.shop}.example`,
  };
}

/** Whose data is meant. Webhook reference, mandatory compliance webhooks, read 2026-11-26. */
export function compliancePayload(store: Store, topic: ComplianceTopic, customer: CustomerRecord | undefined): Payload {
  const shop = { shop_id: shopId, shop_domain: `${store.shop}.myshopify.com` };
  if (topic === 'shop/redact') return shop;
  const orders = [...store.orders.values()].filter((order) => order.customerId === customer?.id).map(({ id }) => id);
  const who = {
    id: customer?.id ?? null,
    email: customer?.email ?? null,
    phone: customer?.phone ?? null,
  };
  return topic === 'customers/redact'
    ? { ...shop, customer: who, orders_to_redact: orders }
    : { ...shop, customer: who, orders_requested: orders, data_request: { id: 9999 } };
}
