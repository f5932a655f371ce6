import { fakeAmazon, type AmazonState, type FakePlatform } from '@crossdock/testing';
import { describeConnector, type Given } from '@crossdock/testing/conformance';
import { amazon } from '../src/index.ts';
import { credentialsOf, refOf, settledMs, withStatusWords } from './store.ts';

type Store = FakePlatform<AmazonState>;

const email = 'jane.doe@canary.example';
/** Status words that the tests spell otherwise, by platform. */
const statusWords = new WeakMap<object, Map<string, string>>();
/** How late a list may show a change: two minutes as Amazon says, and within the overlap of a pull besides. */
const lateMs = 230_000;
/** Longer than a submission takes until buyers see it. */
const appliedMs = 60_000;

describeConnector('amazon', {
  setup() {
    const platform = fakeAmazon();
    platform.state.addListing({ sku: 'TEE', price: '10.00', quantity: 1_000_000 });
    platform.state.subscribe('ORDER_CHANGE');
    const { state } = platform;
    const words = new Map<string, string>();
    statusWords.set(platform, words);
    return {
      platform,
      connect: (given?: Given) =>
        amazon({
          ...credentialsOf(platform),
          ...given,
          fetch: withStatusWords(platform.fetch, words),
          // Small enough that a law can push one more than fits into a feed.
          feedFrom: 50,
          itemsPerFeed: 100,
        }),
      secrets: [state.clientSecret, state.refreshToken, email],
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
        await platform.clock.advance(settledMs);
        return refs;
      },
      async touch(platform, ref) {
        const [item] = platform.state.order(ref.id).items;
        platform.state.requestCancel(ref.id, item?.itemId ?? '');
        await platform.clock.advance(settledMs);
      },
      late: {
        ms: lateMs,
        begin({ state, clock }, { id }) {
          const [item] = state.order(id).items;
          state.requestCancel(id, item?.itemId ?? '');
          const show = state.unlist(id);
          const seenAt = clock.now() + lateMs;
          return async () => {
            await clock.advance(seenAt - clock.now());
            show();
          };
        },
      },
      async unknownStatus(platform) {
        const ref = place(platform);
        statusWords.get(platform)?.set(ref.id, 'BARTERED');
        await platform.clock.advance(settledMs);
        return ref;
      },
    },
    'orders.get': { unknown: () => refOf('404-0000000-0000404') },
    'inventory.get': { stocked: () => 'TEE', unknownSku: () => 'NOBODY-HAS-THIS' },
    'inventory.push': {
      update: (platform, number) => ({ sku: listed(platform, number), available: 40 + (number % 7) }),
      async stock(platform, { sku }) {
        await platform.clock.advance(appliedMs);
        return platform.state.listing(sku).quantity;
      },
      change({ state }, { sku }) {
        state.setQuantity(sku, (state.listing(sku).quantity ?? 0) - 1);
      },
    },
    'prices.push': {
      price: (platform, number) => ({
        sku: listed(platform, number),
        amount: { amount: `12.${10 + (number % 80)}`, currency: 'GBP' },
      }),
      async amount(platform, { sku }) {
        await platform.clock.advance(appliedMs);
        return platform.state.listing(sku).price;
      },
    },
    'shipments.confirm': {
      ready(platform) {
        const order = place(platform);
        const { items } = platform.state.order(order.id);
        return { order, lines: items.map(({ itemId, sku = '', quantity }) => ({ id: itemId, sku, quantity })) };
      },
      shipped: ({ state }, ref) => state.order(ref.id).items.reduce((sum, { shipped }) => sum + shipped, 0),
    },
    'notifications.read': {
      async genuine(platform) {
        place(platform);
        await platform.clock.advance(settledMs);
        const messages = platform.state.queue.receive();
        const message = messages.at(-1);
        if (!message) throw new Error('Amazon wrote nothing into the queue.');
        for (const { messageId } of messages) platform.state.queue.delete(messageId);
        return { body: message.body };
      },
    },
  },
});

function place({ state }: Store) {
  const { orderId } = state.placeOrder({
    lines: [{ sku: 'TEE', title: 'Tee', quantity: 3, unitPrice: '10.00' }],
    buyer: { name: 'Jane Doe', email },
  });
  return refOf(orderId);
}

function listed({ state }: Store, number: number): string {
  const sku = `SKU-${number}`;
  if (!state.listings.some((listing) => listing.sku === sku)) state.addListing({ sku, price: '9.99', quantity: 12 });
  return sku;
}
