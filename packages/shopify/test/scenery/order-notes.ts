import type { ShopifyState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { address, refOf } from '../shop.ts';

/** Orders with notes and tags of people. */
export const orderNotesScenery: Pick<Scenery<ShopifyState>, 'orders.update'> = {
  'orders.update': {
    noted({ state }, number, { note, tags }) {
      const lines = [{ title: 'Item', unitPrice: '10.00', quantity: number }];
      return refOf(state.placeOrder({ note, tags, lines, shippingAddress: address }).id);
    },
    shown({ state }, { id }) {
      const { note = '', tags, updatedAt } = state.order(id);
      return { note, tags, version: updatedAt };
    },
    unknown: () => refOf('gid://shopify/Order/404'),
  },
};
