import { refOf, shippedOf } from '../shop.ts';
import { shipmentOf, shopWithGoods } from '../world.ts';
import type { TriedWrite } from './trial.ts';

/** A confirmation in each of the three ways in which a shop shows what left. */
export const shipmentTrials: readonly TriedWrite[] = [
  { how: 'notes', features: {} },
  { how: 'the extension', features: { shipmentTracking: true } },
  { how: 'fulfillments', features: { fulfillments: true } },
].map(({ how, features }) => ({
  operation: `shipments.confirm with ${how}`,
  world: () => shopWithGoods({}, features),
  prepare(world, number) {
    const id = world.place();
    const shipment = shipmentOf(`S-${number}`, [{ lines: { TEE: 3, MUG: 2 }, tracking: `T-${number}` }]);
    return {
      write: async ({ shipments }, options) => (await shipments.confirm({ order: refOf(id), shipment }, options)).id,
      effect: () => `${shippedOf(world.state, id, features)} units, ${world.statusOf(id)}`,
      wanted: '5 units, completed',
    };
  },
}));
