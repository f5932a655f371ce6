import { wooKey, type FakePlatform, type WooCommerceState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { tagKey, tagsOf } from '../../src/order-tags.ts';
import { aDraft } from '../drafts.ts';
import { address, email, refOf } from '../shop.ts';

type Shop = FakePlatform<WooCommerceState>;

const tagMeta = async (tag: string) => ({ key: await tagKey(tag), value: tag });

/** Orders of another channel, and what people write on orders. */
export const orderScenery: Pick<Scenery<WooCommerceState>, 'orders.create' | 'orders.update'> = {
  'orders.create': {
    draft: (_platform: Shop, number) => aDraft(number),
    created: ({ state }) => state.orders.map(({ id }) => String(id)),
  },
  'orders.update': {
    async noted({ state }, number, { note, tags }) {
      const meta = await Promise.all(tags.map(tagMeta));
      const lines = [{ sku: 'TEE', quantity: number }];
      const order = { customerNote: note, meta, lines, billing: { ...address, email }, shipping: address };
      return refOf(state.placeOrder(order).id);
    },
    shown({ state }, { id }) {
      const order = state.order(Number(id));
      const { customerNote: note = '', meta = [], modifiedAt = 0 } = order ?? {};
      return { note, tags: tagsOf(meta), version: String(modifiedAt) };
    },
    unknown: () => refOf(404_404),
    async tagByStranger(platform, { id }, tag) {
      const response = await platform.fetch(`https://shop.example/wp-json/wc/v3/orders/${id}`, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}`,
        },
        body: JSON.stringify({ meta_data: [await tagMeta(tag)] }),
      });
      if (!response.ok) throw new Error(`The tag was not put on: ${response.status}.`);
    },
  },
};
