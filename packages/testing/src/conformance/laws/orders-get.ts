import { holds, succeeds } from '../holds.ts';
import { law } from '../law.ts';

export const ordersGetLaws = [
  law({
    id: 'orders.get/an-unknown-order-is-undefined',
    operations: ['orders.get'],
    async check({ connector, platform, scenery }) {
      const ref = await scenery['orders.get'].unknown(platform);
      const order = await succeeds(() => connector.orders.get(ref), 'orders.get of an order that is not there');
      holds(order === undefined, `orders.get found an order under "${ref.id}", where none is.`);
    },
  }),
] as const;
