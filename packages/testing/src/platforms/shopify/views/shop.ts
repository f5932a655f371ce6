import { gid } from '../gid.ts';
import type { SubscriptionRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { serviceView } from './service.ts';
import type { View, Views } from './views.ts';

/** The shop itself. */
export function shopView(views: Views, plan: string): View {
  const { store } = views;
  const domain = `${store.shop}.myshopify.com`;
  return {
    __typename: 'Shop',
    id: gid('Shop', '74837590421'),
    name: store.shop,
    email: `owner@${store.shop}.example`,
    contactEmail: `contact@${store.shop}.example`,
    myshopifyDomain: domain,
    primaryDomain: { id: gid('Domain', '97812349'), host: domain, url: `https://${domain}`, sslEnabled: true },
    url: `https://${domain}`,
    currencyCode: store.currency,
    enabledPresentmentCurrencies: [store.currency],
    ianaTimezone: 'Etc/UTC',
    timezoneAbbreviation: 'UTC',
    plan: {
      displayName: plan,
      publicDisplayName: plan,
      partnerDevelopment: false,
      shopifyPlus: plan === 'plus' || plan === 'enterprise',
    },
    fulfillmentServices: () => [...store.services.values()].map((service) => serviceView(views, service)),
    taxesIncluded: false,
    weightUnit: 'KILOGRAMS',
    setupRequired: false,
    checkoutApiSupported: true,
    shipsToCountries: [],
    createdAt: '2024-01-01T00:00:00Z',
    updatedAt: '2024-01-01T00:00:00Z',
  };
}

/** A topic and where its deliveries go. */
export function subscriptionView(record: SubscriptionRecord, version: string): View {
  return {
    __typename: 'WebhookSubscription',
    id: gid('WebhookSubscription', record.id),
    legacyResourceId: String(record.id),
    topic: record.topic,
    uri: record.uri,
    callbackUrl: record.uri,
    endpoint: { __typename: 'WebhookHttpEndpoint', callbackUrl: record.uri },
    format: 'JSON',
    filter: record.filter ?? null,
    includeFields: record.includeFields,
    metafieldNamespaces: [],
    name: record.name ?? null,
    apiVersion: { displayName: version, handle: version, supported: true },
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
  };
}
