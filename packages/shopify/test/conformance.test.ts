import { hmacText } from '@crossdock/core';
import { fakeShopify, type FakePlatform, type Posting, type ShopifyState } from '@crossdock/testing';
import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { shopify } from '../src/index.ts';
import { categoryScenery } from './scenery/categories.ts';
import { accountNumberTag, customerScenery } from './scenery/customers.ts';
import { fulfillmentScenery } from './scenery/fulfillments.ts';
import { inventoryScenery } from './scenery/inventory.ts';
import { priceScenery } from './scenery/prices.ts';
import { productScenery } from './scenery/products.ts';
import { moneyScenery } from './scenery/money.ts';
import { orderNotesScenery } from './scenery/order-notes.ts';
import { returnScenery } from './scenery/returns.ts';
import { shipmentScenery } from './scenery/shipments.ts';
import { subscriptionScenery } from './scenery/subscriptions.ts';
import { address, refOf } from './shop.ts';

type Shop = FakePlatform<ShopifyState>;

const otherSecret = 'shpss_other';
const email = 'jane.doe@canary.example';
/** How late the search may find a change: within the overlap of a pull. */
const lateMs = 110_000;

describeConnector('shopify', {
  setup() {
    const platform = fakeShopify();
    const { state } = platform;
    state.addProduct({ title: 'Goods', variants: [{ sku: 'TEE', price: '10.00', stock: 100_000 }] });
    return {
      platform,
      connect: (given?: Given) =>
        shopify({
          ...given,
          shop: 'acme',
          accessToken: state.accessToken,
          webhookSecrets: [state.clientSecret, otherSecret],
          accountNumberTag,
          fetch: platform.fetch,
          clock: platform.clock,
        }),
      secrets: [state.accessToken, state.clientSecret, otherSecret, email],
    };
  },
  exempt: {
    'returns.create/another-content-under-its-key-is-refused': {
      because:
        'Shopify keeps no key of a return: it is noted on the order, and nothing finds it from another order. On the same order it is refused',
      source: 'shopify.dev, returnCreate and idempotent requests, API 2026-07',
    },
    'customers.get/gives-everybody-that-matches': {
      because: 'Shopify lets one customer have an e-mail address: no two can share it',
      source: 'shopify.dev, customerSet, "unique key (email or phone)", API 2026-07',
    },
  },
  scenery: {
    ...orderNotesScenery,
    ...moneyScenery,
    ...returnScenery,
    ...categoryScenery,
    ...customerScenery,
    ...fulfillmentScenery,
    ...inventoryScenery,
    ...priceScenery,
    ...productScenery,
    ...shipmentScenery,
    ...subscriptionScenery,
    'orders.pull': {
      async seed(platform, count) {
        const refs = [];
        for (let number = 0; number < count; number += 1) {
          refs.push(place(platform));
          await platform.clock.advance(1000);
        }
        return refs;
      },
      touch: ({ state }, ref) => void state.touchOrder(ref.id),
      late: {
        ms: lateMs,
        begin(platform, { id }) {
          platform.state.touchOrder(id);
          const show = platform.state.unlistOrder(id);
          const seenAt = platform.clock.now() + lateMs;
          return async () => {
            await platform.clock.advance(seenAt - platform.clock.now());
            show();
          };
        },
      },
      unknownStatus(platform) {
        const ref = place(platform);
        platform.state.useStatusWords(ref.id, { financial: 'BARTERED' });
        return ref;
      },
    },
    'orders.get': { unknown: () => refOf('gid://shopify/Order/404') },
    'orders.cancel': {
      open: place,
      isCanceled({ state }, ref) {
        state.finishJobs();
        return state.order(ref.id).cancelledAt !== undefined;
      },
    },
    'inventory.get': {
      stocked: (platform) => stocked(platform, 'STOCKED'),
      unknownSku: () => 'NEVER-SOLD',
    },
    'inventory.push': {
      update: (platform, number) => ({ sku: stocked(platform, `STOCK-${number}`), available: 20 + number }),
      stock: ({ state }, { sku }) => state.available(sku),
      change: ({ state }, { sku }) => void state.placeOrder({ lines: [{ sku, quantity: 1 }] }),
    },
    'prices.push': {
      price: (platform, number) => ({
        sku: stocked(platform, `PRICE-${number}`),
        amount: { amount: `${20 + number}.50`, currency: 'USD' },
      }),
      amount: ({ state }, { sku }) => state.variant(sku).price,
    },
    'shipments.confirm': {
      ready(platform) {
        const order = place(platform);
        const { lines } = platform.state.order(order.id);
        return { order, lines: lines.map(({ id, sku = '', quantity }) => ({ id, sku, quantity })) };
      },
      shipped: ({ state }, ref) => state.order(ref.id).lines.reduce((sum, { fulfilled }) => sum + fulfilled, 0),
    },
    'webhooks.verify': {
      genuine: (platform) => signedBy(platform, platform.state.clientSecret),
      rotated: (platform) => signedBy(platform, otherSecret),
      forged: (platform) => signedBy(platform, 'shpss_stranger'),
    },
  },
});

function place({ state }: Shop) {
  return refOf(state.placeOrder({ email, shippingAddress: address, lines: [{ sku: 'TEE', quantity: 3 }] }).id);
}

/** Puts a SKU on the shelf, a thousand of it, unless it is there. */
function stocked({ state }: Shop, sku: string): string {
  if (!sells(state, sku)) state.addProduct({ title: sku, variants: [{ sku, price: '10.00', stock: 1_000 }] });
  return sku;
}

function sells(state: ShopifyState, sku: string): boolean {
  try {
    return state.variant(sku).sku === sku;
  } catch {
    return false;
  }
}

/** What the shop posts about a new order, with the signature of that secret. */
function signedBy(platform: Shop, secret: string): Posting {
  platform.state.subscribe('orders/create', 'https://receiver.example/hooks');
  platform.webhooks.deliver = async () => new Response();
  place(platform);
  const posting = platform.webhooks.postings.at(-1);
  if (!posting) throw new Error('The shop posted nothing.');
  return {
    ...posting,
    async headers(nowMs) {
      const signature = await hmacText('SHA-256', secret, posting.body, 'base64');
      return { ...(await posting.headers(nowMs)), 'x-shopify-hmac-sha256': signature };
    },
  };
}
