import { hmacText } from '@crossdock/core';
import { fakeWooCommerce, wooKey, type FakePlatform, type Posting, type WooCommerceState } from '@crossdock/testing';
import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { describe } from 'vitest';
import { woocommerce } from '../src/index.ts';
import { catalogueScenery } from './scenery/catalogue.ts';
import { accountNumberMeta, customerExempt, customerScenery } from './scenery/customers.ts';
import { addGoods, skuOf } from './scenery/goods.ts';
import { moneyScenery } from './scenery/money.ts';
import { orderScenery } from './scenery/orders.ts';
import { stockScenery } from './scenery/stock.ts';
import { subscriptionScenery } from './scenery/subscriptions.ts';
import { address, email, refOf, shippedOf } from './shop.ts';

type Shop = FakePlatform<WooCommerceState>;

const secrets = ['hook1secret', 'hook2secret'] as const;
/** How late a list may show a change: within the overlap of a pull. */
const lateMs = 110_000;

describe.each([
  ['notes', {}],
  ['the Shipment Tracking extension', { shipmentTracking: true }],
  ['core fulfillments', { fulfillments: true }],
])('a shop that shows shipments by %s', (_what, features) => {
  describeConnector('woocommerce', {
    setup() {
      const platform = fakeWooCommerce({ ...features, webhookSecrets: secrets });
      const { state } = platform;
      state.addTaxRate({ country: 'DE', rate: '19', name: 'MwSt' });
      state.addProduct({ sku: 'TEE', price: '10.00', stock: 100_000 });
      return {
        platform,
        connect: (given?: Given) =>
          woocommerce({
            ...given,
            url: 'https://shop.example',
            consumerKey: wooKey.key,
            consumerSecret: wooKey.secret,
            webhookSecrets: secrets,
            accountNumberMeta,
            fetch: platform.fetch,
            clock: platform.clock,
          }),
        secrets: [wooKey.key, wooKey.secret, ...secrets, email],
      };
    },
    scenery: {
      'orders.pull': {
        async seed(platform, count) {
          const refs = [];
          for (let number = 0; number < count; number += 1) {
            refs.push(place(platform));
            await platform.clock.advance(1000);
          }
          return refs;
        },
        touch: ({ state }, ref) => state.touch(Number(ref.id)),
        late: {
          ms: lateMs,
          begin(platform, { id }) {
            platform.state.touch(Number(id));
            const show = platform.state.unlist(Number(id));
            const seenAt = platform.clock.now() + lateMs;
            return async () => {
              await platform.clock.advance(seenAt - platform.clock.now());
              show();
            };
          },
        },
        unknownStatus: (platform) => place(platform, 'bartered'),
        pending: (platform) => place(platform, 'pending'),
        accept: ({ state }, ref) => state.setStatus(Number(ref.id), 'processing'),
      },
      'orders.get': { unknown: () => refOf(404_404) },
      'orders.cancel': {
        open: (platform) => place(platform),
        isCanceled: ({ state }, ref) => state.order(Number(ref.id))?.status === 'cancelled',
      },
      ...stockScenery,
      'prices.push': {
        price({ state }, number) {
          const sku = skuOf(number);
          if (!state.product(sku)) addGoods(state, number);
          return { sku, amount: { amount: '12.50', currency: 'EUR' } };
        },
        amount: ({ state }, { sku }) => state.product(sku)?.salePrice || state.product(sku)?.regularPrice,
      },
      'shipments.confirm': {
        ready(platform) {
          const order = place(platform);
          const lines = platform.state.order(Number(order.id))?.lines ?? [];
          return { order, lines: lines.map(({ id, quantity }) => ({ id: String(id), sku: 'TEE', quantity })) };
        },
        shipped: ({ state }, { id }) => shippedOf(state, Number(id), features),
      },
      ...catalogueScenery,
      ...customerScenery,
      ...moneyScenery,
      ...orderScenery,
      ...subscriptionScenery,
      'webhooks.verify': {
        genuine: (platform) => delivered(platform, secrets[0]),
        rotated: (platform) => delivered(platform, secrets[1]),
        forged: (platform) => delivered(platform, 'stranger'),
      },
    },
    exempt: { ...customerExempt },
  });
});

function place({ state }: Shop, status = 'processing') {
  return refOf(
    state.placeOrder({
      status,
      billing: { ...address, email },
      shipping: address,
      lines: [{ sku: 'TEE', quantity: 3 }],
    }).id,
  );
}

/** What the shop posts about a new order, with the signature of that secret. */
async function delivered(platform: Shop, secret: string): Promise<Posting> {
  platform.state.addWebhook({ topic: 'order.created', url: 'https://receiver.example/hooks' });
  platform.webhooks.deliver = async () => new Response();
  place(platform);
  await platform.clock.advance(60_000);
  const posting = platform.webhooks.postings.at(-1);
  if (!posting) throw new Error('The shop posted nothing.');
  return {
    ...posting,
    async headers(nowMs) {
      const signature = await hmacText('SHA-256', secret, posting.body, 'base64');
      return { ...(await posting.headers(nowMs)), 'x-wc-webhook-signature': signature };
    },
  };
}
