import { toHex } from '@crossdock/core';
import { gmt } from '../moments.ts';
import type { WooOrder, WooTracking } from '../records.ts';
import { writeMeta } from '../store.ts';
import type { View } from '../views/format.ts';
import { textOf } from './body.ts';
import { numberAt, pause, route, type Call, type Route } from './call.ts';
import { date, text } from './check.ts';
import { orderAt } from './order-routes.ts';
import { Refused } from './refused.ts';

/** Some of the carriers that the extension knows the address of. */
const providers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Germany: {
    'DHL Intraship (DE)': 'https://www.dhl.de/de/privatkunden/dhl-sendungsverfolgung.html?piececode=%1$s',
    'DPD.de': 'https://tracking.dpd.de/parcelstatus?query=%1$s',
    Hermes: 'https://www.myhermes.de/empfangen/sendungsverfolgung/?suche=%1$s',
  },
  'United States': {
    Fedex: 'https://www.fedex.com/apps/fedextrack/?action=track&tracknumbers=%1$s',
    UPS: 'https://www.ups.com/track?loc=en_US&tracknum=%1$s',
    USPS: 'https://tools.usps.com/go/TrackConfirmAction_input?qtc_tLabels1=%1$s',
  },
};

/** The routes of the Shipment Tracking extension, where it is installed. Its documentation, read 2026-11-23; not recorded. */
export function trackingRoutes(): readonly Route[] {
  return [
    ...routesIn('wc-shipment-tracking/v3', ({ settings }) => settings.shipmentTracking),
    // Another plugin with the same routes. Its documentation, read 2026-11-23; not recorded.
    ...routesIn('wc-ast/v3', ({ settings }) => settings.advancedShipmentTracking),
  ];
}

function routesIn(namespace: string, isThere: (site: Call['site']) => boolean): readonly Route[] {
  const path = 'orders/:order/shipment-trackings';
  return [
    route(
      path,
      {
        isThere,
        GET: {
          deed: 'list',
          answer: (call) => ({ body: orderAt(call, numberAt(call, 'order'), 404).trackings.map(view), isList: true }),
        },
        POST: {
          deed: 'create',
          checks: {
            tracking_number: text,
            tracking_provider: text,
            custom_tracking_provider: text,
            custom_tracking_link: text,
            date_shipped: date((value) => /^\d{4}-\d{2}-\d{2}$/.test(value)),
          },
          required: ['tracking_number'],
          answer: async (call) => ({ status: 201, body: view(await create(call)) }),
        },
      },
      namespace,
    ),
    route(`${path}/providers`, { isThere, GET: { deed: 'public', answer: () => ({ body: providers }) } }, namespace),
    route(
      `${path}/:word`,
      {
        isThere,
        GET: { deed: 'view', answer: (call) => ({ body: view(trackingAt(call)) }) },
        DELETE: {
          deed: 'delete',
          answer(call) {
            const tracking = trackingAt(call);
            const order = orderAt(call, numberAt(call, 'order'), 404);
            order.trackings = order.trackings.filter(({ id }) => id !== tracking.id);
            keep(call, order);
            return { body: view(tracking) };
          },
        },
      },
      namespace,
    ),
  ];
}

async function create(call: Call): Promise<WooTracking> {
  const order = orderAt(call, numberAt(call, 'order'), 404);
  const seen = order.trackings;
  await pause(call, 'other');
  const number = textOf(call.body['tracking_number']) ?? '';
  const known = textOf(call.body['tracking_provider']) ?? '';
  const custom = textOf(call.body['custom_tracking_provider']) ?? '';
  const link =
    Object.values(providers).flatMap((group) => group[known] ?? [])[0] ??
    textOf(call.body['custom_tracking_link']) ??
    '';
  const provider = custom === '' ? known : custom;
  const stamp = `${provider}-${number}-${call.site.now()}`;
  const tracking: WooTracking = {
    id: toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(stamp)))).slice(0, 32),
    provider,
    link: link.replace('%1$s', number),
    number,
    shippedOn: textOf(call.body['date_shipped']) ?? gmt(call.site.now()).slice(0, 10),
  };
  // All numbers are in one field: of two at the same time one is lost. Our assumption, from how the extension keeps them.
  order.trackings = [...seen, tracking];
  keep(call, order);
  return tracking;
}

/** The extension keeps what it has in one custom field of the order. */
function keep(call: Call, order: WooOrder): void {
  const value = order.trackings.map((tracking) => ({
    tracking_provider: tracking.provider,
    custom_tracking_provider: '',
    custom_tracking_link: tracking.link,
    tracking_number: tracking.number,
    date_shipped: String(Date.parse(tracking.shippedOn) / 1000),
    tracking_id: tracking.id,
  }));
  writeMeta(order.meta, [{ key: '_wc_shipment_tracking_items', value }], () => call.site.store.nextId('orderMeta'));
  order.modifiedAt = call.site.now();
  call.site.store.change();
}

function trackingAt(call: Call): WooTracking {
  const order = orderAt(call, numberAt(call, 'order'), 404);
  const found = order.trackings.find(({ id }) => id === call.at['word']);
  if (found) return found;
  throw new Refused(404, 'woocommerce_rest_invalid_shipment_tracking_id', 'Invalid shipment tracking ID.');
}

function view({ id, provider, link, number, shippedOn }: WooTracking): View {
  return {
    tracking_id: id,
    tracking_provider: provider,
    tracking_link: link,
    tracking_number: number,
    date_shipped: shippedOn,
  };
}
