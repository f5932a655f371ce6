import { bench, door, type FakePlatform } from '../../fake/platform.ts';
import { host, html, tooManyRequests } from './host.ts';
import { emptyAddress } from './life/address.ts';
import { wooState } from './make-state.ts';
import { machine } from './machine.ts';
import { wholeSecond, zoneOf } from './moments.ts';
import { wooKey, type FakeWooCommerceOptions, type WooSettings } from './options.ts';
import { operationOf } from './operation.ts';
import { attributeRoutes } from './rest/attribute-routes.ts';
import { customerRoutes } from './rest/customer-routes.ts';
import { fulfillmentRoutes } from './rest/fulfillment-routes.ts';
import { gatewayRoutes } from './rest/gateway-routes.ts';
import { noteRoutes } from './rest/note-routes.ts';
import { orderRoutes } from './rest/order-routes.ts';
import { productRoutes } from './rest/product-routes.ts';
import { refundRoutes } from './rest/refund-routes.ts';
import { restServer } from './rest/server.ts';
import { settingsRoutes, siteIndex } from './rest/settings-routes.ts';
import { taxRoutes } from './rest/tax-routes.ts';
import { termRoutes } from './rest/term-routes.ts';
import { trackingRoutes } from './rest/tracking-routes.ts';
import { webhookRoutes } from './rest/webhook-routes.ts';
import type { Site } from './site.ts';
import type { WooCommerceState } from './state.ts';
import { wooStore, type WooStore } from './store.ts';
import { payloadOf } from './webhooks/payload.ts';
import { wooSender } from './webhooks/sender.ts';

/**
 * A WooCommerce shop in memory: its REST API wc/v3, its checkout, its stock, and its webhooks. It behaves as WooCommerce
 * 10.0.2 was recorded on 2026-11-23, including what is not kind about it. What it believes stands in `wooCommerceFacts`.
 *
 * Operations are named by method and path: `GET /orders`, `PUT /orders/{id}`, `POST /products/batch`.
 */
export function fakeWooCommerce(options: FakeWooCommerceOptions = {}): FakePlatform<WooCommerceState> {
  const {
    origin = 'https://shop.example',
    https = true,
    siteZone = 'Europe/Berlin',
    statusWorkMs = 0,
    version = '10.0.2',
  } = options;
  const parts = bench(options);
  const { clock, faults, journal } = parts;
  const store = wooStore();
  addOwner(store, wholeSecond(clock.now()));
  const home = https ? origin : origin.replace(/^https:/, 'http:');
  const sender = wooSender({
    bench: parts,
    store,
    delayMs: options.schedulerDelayMs ?? 45_000,
    home,
    version,
    payload: (resource, event, id) => payloadOf(site, resource, event, id),
  });
  const site: Site = {
    store,
    settings: settingsOf(options),
    zone: zoneOf(siteZone),
    home,
    version,
    random: parts.random,
    now: () => wholeSecond(clock.now()),
    tell(told) {
      store.change();
      sender.tell(told);
    },
    fire: (action, arg) => sender.fire(action, arg),
  };
  const server = host(clock, options.hostLimit);
  const php = machine({ clock, speed: options.speed, statusWorkMs });
  const keys = options.keys ?? [{ ...wooKey, permission: 'read_write', can: 'manage' }];
  const serve = restServer(site, { keys, https, nonces: new Map(), now: () => clock.now(), home }, [
    ...orderRoutes(),
    ...refundRoutes(),
    ...noteRoutes(),
    ...fulfillmentRoutes(),
    ...termRoutes(),
    ...attributeRoutes(),
    ...productRoutes(),
    ...customerRoutes(),
    ...webhookRoutes((webhook) => sender.ping(webhook)),
    ...settingsRoutes(),
    ...taxRoutes(),
    ...trackingRoutes(),
    ...gatewayRoutes(),
  ]);
  return {
    name: 'woocommerce',
    origin,
    clock,
    faults,
    journal,
    webhooks: sender.feed,
    state: wooState({ site, sender, host: server, php, secrets: options.webhookSecrets ?? [] }),
    fetch: door(parts, {
      origin,
      operation: operationOf,
      handle(request, rest) {
        const refusal = server.refusal(request);
        if (refusal) return refusal;
        const asked = routeOf(site, new URL(request.url));
        if (asked === undefined) return elsewhere(site, new URL(request.url));
        if (asked === '' || asked === 'wc/v3') {
          return siteIndex(site, asked, new URL(request.url).searchParams.get('_fields') ?? '');
        }
        return php.serve(operationOf(request), rest, (shift) => serve(request, shift));
      },
      throttled: tooManyRequests,
    }),
  };
}

/** What of the API is asked for; nothing for an address that is none of it. */
function routeOf({ settings }: Site, { pathname, searchParams }: URL): string | undefined {
  const inQuery = searchParams.get('rest_route');
  if (inQuery !== null && /^\/(index\.php)?$/.test(pathname)) return inQuery.replaceAll(/^\/|\/$/g, '');
  const below = settings.permalinks === 'pretty' ? /^\/wp-json(\/.*)?$/.exec(pathname) : null;
  return below?.[0].replace(/^\/wp-json\/?/, '').replace(/\/$/, '');
}

/** A page that is none of the API. Without pretty permalinks WordPress sends `/wp-json/` back to itself. */
function elsewhere({ home, settings }: Site, { pathname, search }: URL): Response {
  if (settings.permalinks !== 'plain' || !pathname.startsWith('/wp-json/')) return html(404, 'Page not found');
  const headers = {
    'content-type': 'text/html; charset=UTF-8',
    'x-redirect-by': 'WordPress',
    location: `${home}${pathname.replace(/\/?$/, '/')}${search}`,
  };
  return new Response(null, { status: 301, headers });
}

function settingsOf(options: FakeWooCommerceOptions): WooSettings {
  return {
    currency: options.currency ?? 'EUR',
    decimals: options.decimals ?? 2,
    pricesIncludeTax: options.pricesIncludeTax ?? false,
    roundTaxAtSubtotal: false,
    baseCountry: 'DE',
    fulfillments: options.fulfillments ?? false,
    shipmentTracking: options.shipmentTracking ?? false,
    advancedShipmentTracking: false,
    gateways: [
      { id: 'bacs', title: 'Direct bank transfer', enabled: true, refunds: 'no' },
      { id: 'cheque', title: 'Check payments', enabled: false, refunds: 'no' },
      { id: 'cod', title: 'Cash on delivery', enabled: false, refunds: 'no' },
    ],
    searchesTransactionIds: true,
    permalinks: options.permalinks ?? 'pretty',
    phpNotices: undefined,
  };
}

/** The user who set the shop up, and whose keys are used. */
function addOwner(store: WooStore, createdAt: number): void {
  store.emails.set('admin@example.test', 1);
  store.logins.add('admin');
  store.customers.set(1, {
    id: 1,
    role: 'administrator',
    username: 'admin',
    email: 'admin@example.test',
    firstName: '',
    lastName: '',
    billing: emptyAddress('billing'),
    shipping: emptyAddress('shipping'),
    meta: [],
    createdAt,
    modifiedAt: undefined,
  });
}
