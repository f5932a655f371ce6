import { compose, defineFlow } from '@crossdock/core/flows';
import { erp, ownership, shop, webhook } from '../flows/shop.ts';
import { openStores, type Place } from './place.ts';

/** Stores the delivery of an order as a web server would, in this process. */
export async function receiveOrder(place: Place): Promise<void> {
  const stores = await openStores(place);
  const flow = defineFlow({
    name: 'place-order',
    version: 1,
    on: 'order.placed',
    needs: {},
    key: (event) => event.id,
    run: async () => {},
  });
  const hub = compose({ systems: { shop: shop(), erp: erp().connector }, flows: [flow], ownership, stores });
  await hub.receive('shop', webhook('1', ['1']));
  await stores.close();
}
