import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import type { Scenery, StandingSubscription } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { asked } from './admin.ts';

type Shop = FakePlatform<ShopifyState>;

const words = {
  'orders/updated': 'ORDERS_UPDATED',
  'fulfillment_orders/placed_on_hold': 'FULFILLMENT_ORDERS_PLACED_ON_HOLD',
  'app/uninstalled': 'APP_UNINSTALLED',
} as const;
const madeSchema = z.object({
  data: z.object({ webhookSubscriptionCreate: z.object({ userErrors: z.array(z.unknown()).length(0) }) }),
});

async function add(platform: Shop, { topic, address, state }: StandingSubscription): Promise<void> {
  const input = { uri: address, ...(state === 'narrowed' && { filter: 'id:1' }) };
  const word = Object.entries(words).find(([name]) => name === topic)?.[1];
  const query = `mutation($topic: WebhookSubscriptionTopic!, $input: WebhookSubscriptionInput!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: $input) { userErrors { message } }
  }`;
  madeSchema.parse(await asked(platform, query, { topic: word, input }));
}

function there({ state }: Shop): readonly StandingSubscription[] {
  return state.subscriptions.map(({ topic, uri, filter, includeFields }) => ({
    topic: Object.entries(words).find(([, word]) => word === topic)?.[0] ?? topic,
    address: uri,
    state: !filter && includeFields.length === 0 ? 'active' : 'narrowed',
  }));
}

const scene = {
  topics: ['orders/updated', 'fulfillment_orders/placed_on_hold', 'app/uninstalled'],
  addresses: ['https://receiver.example/hooks', 'https://elsewhere.example/hooks?shop=1'],
  add,
} as const;

/** Who is told what. A subscription that Shopify ends is gone: none is disabled. */
export const subscriptionScenery: Pick<Scenery<ShopifyState>, 'webhooks.subscribe' | 'webhooks.subscriptions'> = {
  'webhooks.subscribe': { ...scene, faults: ['narrowed'], there },
  'webhooks.subscriptions': { ...scene, faults: [] },
};
