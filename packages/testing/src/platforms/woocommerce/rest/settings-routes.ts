import { currencyCodes, currencyEntity, currencyName } from '../currencies.ts';
import type { Site } from '../site.ts';
import { restUrl, url, type View } from '../views/format.ts';
import { oneOf, text } from './check.ts';
import { textOf } from './body.ts';
import { route, type Route } from './call.ts';
import { pickFields } from './fields.ts';
import { phpJson } from '../php-json.ts';

/** What a client may ask about the shop itself. */
export function settingsRoutes(): readonly Route[] {
  return [
    route('settings/general/woocommerce_currency', {
      GET: { deed: 'view', answer: ({ site }) => ({ body: currencySetting(site) }) },
      EDIT: {
        deed: 'edit',
        checks: { value: (value, path) => text(value, path) ?? oneOf(currencyCodes)(value, path) },
        answer({ site, body }) {
          site.settings.currency = textOf(body['value']) ?? site.settings.currency;
          return { body: currencySetting(site) };
        },
      },
    }),
    route('data/currencies/current', {
      GET: { deed: 'view', answer: ({ site }) => ({ body: currentCurrency(site) }) },
    }),
    route('system_status', { GET: { deed: 'view', answer: ({ site }) => ({ body: systemStatus(site) }) } }),
  ];
}

/** What `/wp-json/` says to anybody. */
export function siteIndex(site: Site, fields: string): Response {
  const { fulfillments, shipmentTracking } = site.settings;
  const shown: View = {
    name: 'Shop',
    description: '',
    url: site.home,
    home: site.home,
    gmt_offset: site.zone.offsetMs(site.now()) / 3_600_000,
    timezone_string: site.zone.name,
    namespaces: ['wc/v1', 'wc/v2', 'wc/v3', 'wp/v2', ...(shipmentTracking ? ['wc-shipment-tracking/v3'] : [])],
    routes: fulfillments ? { '/wc/v3/orders/(?P<order_id>[\\d]+)/fulfillments': {} } : {},
  };
  return new Response(phpJson(pickFields(shown, fields, false)), {
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      link: `<${restUrl(site, '')}>; rel="https://api.w.org/"`,
      allow: 'GET',
      vary: 'Origin',
    },
  });
}

function currencySetting(site: Site): View {
  const path = 'settings/general/woocommerce_currency';
  const description =
    'This controls what currency prices are listed at in the catalog and which currency gateways will take payments in.';
  return {
    id: 'woocommerce_currency',
    label: 'Currency',
    description,
    type: 'select',
    default: 'USD',
    options: Object.fromEntries(
      currencyCodes.map((code) => [code, `${currencyName(code)} (${currencyEntity(code)}) — ${code}`]),
    ),
    tip: description,
    value: site.settings.currency,
    group_id: 'general',
    _links: {
      self: [{ href: url(site, path), targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH'] } }],
      collection: [{ href: url(site, 'settings/general') }],
    },
  };
}

function currentCurrency(site: Site): View {
  const { currency } = site.settings;
  return {
    code: currency,
    name: currencyName(currency),
    symbol: currencyEntity(currency),
    _links: {
      self: [{ href: url(site, `data/currencies/${currency}`) }],
      collection: [{ href: url(site, 'data/currencies') }],
    },
  };
}

function systemStatus(site: Site): View {
  const { currency, decimals, fulfillments } = site.settings;
  return {
    environment: {
      home_url: site.home,
      site_url: site.home,
      version: '10.0.2',
      wp_version: '6.9.4',
      wp_multisite: false,
      wp_debug_mode: false,
      wp_cron: true,
      language: 'en_US',
      external_object_cache: null,
      server_info: 'nginx/1.22.1',
      php_version: '8.2.36',
      php_post_max_size: 8_388_608,
      php_max_execution_time: 60,
      php_max_input_vars: 1000,
      max_upload_size: 2_097_152,
      default_timezone: 'UTC',
    },
    settings: {
      api_enabled: false,
      force_ssl: false,
      currency,
      currency_symbol: currencyEntity(currency),
      currency_position: 'left',
      thousand_separator: ',',
      decimal_separator: '.',
      number_of_decimals: decimals,
      geolocation_enabled: false,
      HPOS_enabled: true,
      HPOS_sync_enabled: false,
      enabled_features: ['analytics', 'custom_order_tables', ...(fulfillments ? ['fulfillments'] : [])],
    },
  };
}
