import type { FakePlatform, WooCommerceState } from '@crossdock/testing';
import type { Scenery } from '@crossdock/testing/conformance';
import { aDraft } from '../drafts.ts';

type Shop = FakePlatform<WooCommerceState>;

/** Orders of another channel. */
export const orderScenery: Pick<Scenery<WooCommerceState>, 'orders.create'> = {
  'orders.create': {
    draft: (_platform: Shop, number) => aDraft(number),
    created: ({ state }) => state.orders.map(({ id }) => String(id)),
  },
};
