import { shipbob } from '@crossdock/3pl/shipbob';
import { amazon } from '@crossdock/amazon';
import type { ConnectorBase } from '@crossdock/core';
import { odoo } from '@crossdock/odoo';
import { shopify } from '@crossdock/shopify';
import { woocommerce } from '@crossdock/woocommerce';

/** Every connector there is, made with options that reach nobody, to look at what it offers. */
export const connectors: Readonly<Record<string, ConnectorBase>> = {
  Shopify: shopify({ shop: 'acme', accessToken: 'token' }),
  WooCommerce: woocommerce({
    url: 'https://shop.example',
    consumerKey: `ck_${'0'.repeat(40)}`,
    consumerSecret: `cs_${'0'.repeat(40)}`,
  }),
  Amazon: amazon({
    region: 'eu',
    marketplaceId: 'A1F83G8C2ARO7P',
    sellerId: 'A1SELLER',
    clientId: 'client',
    clientSecret: 'secret',
    refreshToken: 'refresh',
    application: { name: 'Acme', version: '1.0' },
  }),
  Odoo: odoo({ url: 'https://odoo.example', database: 'acme', apiKey: 'key' }),
  ShipBob: shipbob({ token: 'token', channelId: '1', webhookSecrets: [] }),
};
