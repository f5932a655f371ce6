import { currencyCodes, currencyEntity, currencyName } from '../currencies.ts';
import type { Site } from '../site.ts';
import { restUrl, url, type View } from '../views/format.ts';
import { oneOf, text } from './check.ts';
import { textOf } from './body.ts';
import { route, type Call, type Route } from './call.ts';
import { Refused } from './refused.ts';
import { settingGroups, shopSettings, type ShopSetting } from './shop-settings.ts';
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
    route('settings', {
      GET: {
        deed: 'list',
        answer: ({ site }) => ({
          body: Object.entries(settingGroups).map(([id, label]) => groupView(site, id, label)),
          isList: true,
        }),
      },
    }),
    route('settings/:word', {
      GET: {
        deed: 'list',
        answer(call) {
          const group = groupAt(call);
          const found = shopSettings.filter((setting) => setting.group === group);
          return { body: found.map((setting) => settingView(call.site, setting)), isList: true };
        },
      },
    }),
    route('settings/:word/(?<name>\\w+)', {
      GET: { deed: 'view', answer: (call) => ({ body: settingView(call.site, settingAt(call)) }) },
      EDIT: {
        deed: 'edit',
        answer(call) {
          const setting = settingAt(call);
          const value = textOf(call.body['value']);
          if (value !== undefined && setting.write) setting.write(call.site, value);
          else if (value !== undefined) call.site.store.options.set(setting.id, value);
          return { body: settingView(call.site, setting) };
        },
      },
    }),
    route('data/currencies/current', {
      GET: { deed: 'view', answer: ({ site }) => ({ body: currentCurrency(site) }) },
    }),
    route('system_status', { GET: { deed: 'view', answer: ({ site }) => ({ body: systemStatus(site) }) } }),
  ];
}

/** What `/wp-json/` says to anybody, or the index of one namespace. */
export function siteIndex(site: Site, namespace: '' | 'wc/v3', fields: string): Response {
  const { fulfillments, shipmentTracking, advancedShipmentTracking } = site.settings;
  const shown: View = {
    name: 'Shop',
    description: '',
    url: site.home,
    home: site.home,
    gmt_offset: site.zone.offsetMs(site.now()) / 3_600_000,
    timezone_string: site.zone.name,
    namespaces: [
      'wc/v1',
      'wc/v2',
      'wc/v3',
      'wp/v2',
      ...(shipmentTracking ? ['wc-shipment-tracking/v3'] : []),
      ...(advancedShipmentTracking ? ['wc-ast/v3'] : []),
    ],
    routes: fulfillments ? { '/wc/v3/orders/(?P<order_id>[\\d]+)/fulfillments': {} } : {},
  };
  const own: View = { namespace, routes: shown['routes'] ?? {}, _links: { up: [{ href: restUrl(site, '') }] } };
  return new Response(phpJson(pickFields(namespace === '' ? shown : own, fields, false)), {
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      link: `<${restUrl(site, '')}>; rel="https://api.w.org/"`,
      allow: 'GET',
      vary: 'Origin',
    },
  });
}

function groupAt({ at }: Call): string {
  const group = at['word'] ?? '';
  if (group in settingGroups) return group;
  throw new Refused(404, 'rest_setting_setting_group_invalid', 'Invalid setting group.');
}

function settingAt(call: Call): ShopSetting {
  const group = groupAt(call);
  const found = shopSettings.find((setting) => setting.group === group && setting.id === call.at['name']);
  if (found) return found;
  throw new Refused(404, 'rest_setting_setting_invalid', 'Invalid setting.');
}

function groupView(site: Site, id: string, label: string): View {
  return {
    id,
    label,
    description: '',
    parent_id: '',
    sub_groups: [],
    _links: { options: [{ href: url(site, `settings/${id}`) }] },
  };
}

function settingView(site: Site, setting: ShopSetting): View {
  const { group, id, label, type, standard } = setting;
  if (id === 'woocommerce_currency') return currencySetting(site);
  return {
    id,
    label,
    description: '',
    type,
    default: standard,
    ...(type === 'select' || type === 'radio' ? { options: {} } : {}),
    value: setting.read(site),
    group_id: group,
    _links: {
      self: [{ href: url(site, `settings/${group}/${id}`), targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH'] } }],
      collection: [{ href: url(site, `settings/${group}`) }],
    },
  };
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
      version: site.version,
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
