import type { FakeOptions, FakePlatform } from '../fake/platform.ts';
import { fakeAmazon } from './amazon/fake-amazon.ts';
import { amazonDefaults } from './amazon/options.ts';
import { fakeOdoo } from './odoo/fake-odoo.ts';
import { fakeShipBob } from './shipbob/fake-shipbob.ts';
import { fakeShopify } from './shopify/fake-shopify.ts';
import { fakeWooCommerce } from './woocommerce/fake-woocommerce.ts';
import { wooKey } from './woocommerce/options.ts';

/** A fake that can be started from the command line. */
export interface Offer {
  /** Makes it, with something in it to look at. */
  readonly make: (options: FakeOptions) => FakePlatform<unknown>;
  /** What a client needs to know besides the address. */
  readonly credentials: Readonly<Record<string, string>>;
  /** A command that gets an answer, for the address where it listens. */
  readonly example: (url: string) => string;
}

/** Every fake that the command line starts, by name. */
export const onOffer: Readonly<Record<string, Offer>> = {
  shopify: {
    make: (options) => stockedShop(options),
    credentials: { token: 'shpat_fake', 'client id': 'fake-client-id', 'client secret': 'shpss_fake' },
    example: (url) =>
      [
        `curl ${url}/admin/api/2026-10/graphql.json -H 'Content-Type: application/json'`,
        `-H 'X-Shopify-Access-Token: shpat_fake'`,
        `-d '{"query":"{ orders(first: 5) { nodes { name displayFulfillmentStatus } } }"}'`,
      ].join(' '),
  },
  odoo: {
    make: fakeOdoo,
    credentials: { database: 'odoo', login: 'connector', 'API key': 'odoo-api-key' },
    example: (url) =>
      [
        `curl ${url}/json/2/res.partner/search_read -H 'Content-Type: application/json'`,
        `-H 'Authorization: bearer odoo-api-key' -H 'X-Odoo-Database: odoo'`,
        `-d '{"domain":[],"fields":["name"],"limit":5}'`,
      ].join(' '),
  },
  shipbob: {
    make: fakeShipBob,
    credentials: { token: 'shipbob-token', 'channel id': '100001' },
    example: (url) => `curl ${url}/2026-01/channel -H 'Authorization: Bearer shipbob-token'`,
  },
  woocommerce: {
    make: openShop,
    credentials: { 'consumer key': wooKey.key, 'consumer secret': wooKey.secret },
    example: (url) => `curl ${url}/wp-json/wc/v3/orders?per_page=5 -H 'Authorization: ${basic(wooKey)}'`,
  },
  amazon: {
    make: stockedSeller,
    credentials: {
      'client id': amazonDefaults.clientId,
      'client secret': amazonDefaults.clientSecret,
      'refresh token': amazonDefaults.refreshToken,
      seller: amazonDefaults.sellerId,
      marketplace: amazonDefaults.marketplaceId,
    },
    // The token comes first; the API is asked at the same address.
    example: (url) => `curl ${url}/auth/o2/token -H 'Content-Type: ${formType}' -d '${refreshForm()}'`,
  },
};

function basic({ key, secret }: typeof wooKey): string {
  return `Basic ${btoa(`${key}:${secret}`)}`;
}

function openShop(options: FakeOptions): FakePlatform<unknown> {
  const platform = fakeWooCommerce(options);
  platform.state.addTaxRate({ country: 'DE', rate: '19', name: 'VAT' });
  platform.state.addProduct({ sku: 'TEE-RED-M', name: 'Tee', price: '19.90', stock: 100 });
  platform.state.placeOrder({
    lines: [{ sku: 'TEE-RED-M', quantity: 2 }],
    shippingLines: [{ title: 'Standard', total: '4.90' }],
    billing: { last_name: 'Example', address_1: 'Example Street 1', city: 'Berlin', postcode: '10115', country: 'DE' },
  });
  return platform;
}

/** A shop with a product and an order: an empty one shows nothing. */
function stockedShop(options: FakeOptions): FakePlatform<unknown> {
  const platform = fakeShopify(options);
  platform.state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE-RED-M', price: '19.90', stock: 100 }] });
  platform.state.placeOrder({
    email: 'buyer@example.com',
    lines: [{ sku: 'TEE-RED-M', quantity: 2 }],
    shippingLines: [{ title: 'Standard', price: '4.90' }],
    shippingAddress: {
      firstName: 'Ada',
      lastName: 'Example',
      address1: '1 Example Street',
      city: 'Portland',
      provinceCode: 'OR',
      zip: '97201',
      country: 'United States',
      countryCode: 'US',
    },
  });
  return platform;
}

const formType = 'application/x-www-form-urlencoded';

function refreshForm(): string {
  const { clientId, clientSecret, refreshToken } = amazonDefaults;
  return new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    client_secret: clientSecret,
    refresh_token: refreshToken,
  }).toString();
}

/** A seller with a listing and an order. */
function stockedSeller(options: FakeOptions): FakePlatform<unknown> {
  const platform = fakeAmazon(options);
  platform.state.addListing({ sku: 'TEE-RED-M', price: '19.90', quantity: 100, title: 'Tee' });
  platform.state.placeOrder({ lines: [{ sku: 'TEE-RED-M', title: 'Tee', quantity: 2, unitPrice: '19.90' }] });
  return platform;
}
