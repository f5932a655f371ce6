import type { FakePlatform, WooCommerceState } from '@crossdock/testing';
import type { Scenery, StandingSubscription } from '@crossdock/testing/conformance';

type Shop = FakePlatform<WooCommerceState>;

function add({ state }: Shop, { topic, address, state: status }: StandingSubscription): void {
  if (status === 'narrowed') throw new Error('A webhook of WooCommerce tells all or nothing.');
  state.addWebhook({ topic, url: address, status, name: 'Made by hand' });
}

function there({ state }: Shop): readonly StandingSubscription[] {
  return state.webhooks.map(({ topic, url, status }) => ({
    topic,
    address: url,
    state: status === 'active' ? 'active' : 'disabled',
  }));
}

const scene = {
  topics: ['order.updated', 'order.deleted', 'product.updated'],
  addresses: ['https://receiver.example/hooks', 'https://elsewhere.example/hooks?shop=1'],
  faults: ['disabled', 'disabled'],
  add,
} as const;

/** Who is told what. A webhook that WooCommerce ends stays there, switched off. */
export const subscriptionScenery: Pick<Scenery<WooCommerceState>, 'webhooks.subscribe' | 'webhooks.subscriptions'> = {
  'webhooks.subscribe': { ...scene, there },
  'webhooks.subscriptions': scene,
};
