/** Where an operation stands, and with which token it is called. */
interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Called with a token of the application itself, for this scope. Without it, with one of a seller. */
  readonly scope?: string;
}

const scope = 'sellingpartnerapi::notifications';

/** Every operation that the fake serves, by Amazon's name for it. Amazon's models of 2026-08-05, read 2026-11-23. */
const routes = {
  searchOrders: { method: 'GET', path: '/orders/2026-01-01/orders' },
  getOrder: { method: 'GET', path: '/orders/2026-01-01/orders/{orderId}' },
  confirmShipment: { method: 'POST', path: '/orders/v0/orders/{orderId}/shipmentConfirmation' },
  searchListingsItems: { method: 'GET', path: '/listings/2021-08-01/items/{sellerId}' },
  getListingsItem: { method: 'GET', path: '/listings/2021-08-01/items/{sellerId}/{sku}' },
  putListingsItem: { method: 'PUT', path: '/listings/2021-08-01/items/{sellerId}/{sku}' },
  patchListingsItem: { method: 'PATCH', path: '/listings/2021-08-01/items/{sellerId}/{sku}' },
  deleteListingsItem: { method: 'DELETE', path: '/listings/2021-08-01/items/{sellerId}/{sku}' },
  createFeedDocument: { method: 'POST', path: '/feeds/2021-06-30/documents' },
  getFeedDocument: { method: 'GET', path: '/feeds/2021-06-30/documents/{feedDocumentId}' },
  createFeed: { method: 'POST', path: '/feeds/2021-06-30/feeds' },
  getFeeds: { method: 'GET', path: '/feeds/2021-06-30/feeds' },
  getFeed: { method: 'GET', path: '/feeds/2021-06-30/feeds/{feedId}' },
  cancelFeed: { method: 'DELETE', path: '/feeds/2021-06-30/feeds/{feedId}' },
  getSubscriptions: { method: 'GET', path: '/notifications/v1/subscriptions' },
  getSubscription: { method: 'GET', path: '/notifications/v1/subscriptions/{notificationType}' },
  createSubscription: { method: 'POST', path: '/notifications/v1/subscriptions/{notificationType}' },
  getSubscriptionById: {
    method: 'GET',
    path: '/notifications/v1/subscriptions/{notificationType}/{subscriptionId}',
    scope,
  },
  deleteSubscriptionById: {
    method: 'DELETE',
    path: '/notifications/v1/subscriptions/{notificationType}/{subscriptionId}',
    scope,
  },
  getDestinations: { method: 'GET', path: '/notifications/v1/destinations', scope },
  createDestination: { method: 'POST', path: '/notifications/v1/destinations', scope },
  getDestination: { method: 'GET', path: '/notifications/v1/destinations/{destinationId}', scope },
  deleteDestination: { method: 'DELETE', path: '/notifications/v1/destinations/{destinationId}', scope },
  getMarketplaceParticipations: { method: 'GET', path: '/sellers/v1/marketplaceParticipations' },
  getInventorySummaries: { method: 'GET', path: '/fba/inventory/v1/summaries' },
} as const satisfies Record<string, Route>;

/** One of the operations that the fake serves, by Amazon's name for it. */
export type AmazonOperation = keyof typeof routes;

/** An operation that a request asks for, with what its path says. */
export interface AskedOperation {
  readonly name: AmazonOperation;
  readonly scope: string | undefined;
  readonly params: Readonly<Record<string, string>>;
}

const table = (Object.entries(routes) as [AmazonOperation, Route][]) // The names are the keys of `routes`.
  .map(([name, route]) => ({ name, ...route, parts: route.path.split('/') }));

/** What a request asks for. A slash within a name has to be percent-encoded, else the path is another one. */
export function askedOperation(method: string, pathname: string): AskedOperation | undefined {
  const parts = pathname.split('/');
  for (const route of table) {
    if (route.method !== method || route.parts.length !== parts.length) continue;
    const params = paramsOf(route.parts, parts);
    if (params) return { name: route.name, scope: route.scope, params };
  }
  return undefined;
}

function paramsOf(wanted: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const name = /^\{(\w+)\}$/.exec(wanted[index] ?? '')?.[1];
    if (name === undefined) {
      if (part !== wanted[index]) return undefined;
      continue;
    }
    if (part === '') return undefined;
    try {
      params[name] = decodeURIComponent(part);
    } catch {
      return undefined;
    }
  }
  return params;
}
