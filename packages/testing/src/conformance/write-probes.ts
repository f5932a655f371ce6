import { aParcel, aShipment } from '../builders/shipment.ts';
import { soleAnswer, write, type Prepare } from './probe.ts';

/** Writes of what is sold, asked for and shipped. */
export const writes: readonly Prepare[] = [
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.create'];
    if (!connector.can('orders.create') || !scene) return [];
    const draft = await scene.draft(platform, 901);
    return write(
      'orders.create',
      (options) => connector.orders.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['orders.cancel'];
    if (!connector.can('orders.cancel') || !scene) return [];
    const ref = await scene.open(platform);
    return write(
      'orders.cancel',
      (options) => connector.orders.cancel(ref, 'customer', options),
      () => scene.isCanceled(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['customers.create'];
    if (!connector.can('customers.create') || !scene) return [];
    const draft = await scene.draft(platform, 902);
    return write(
      'customers.create',
      (options) => connector.customers.create(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.request'];
    if (!connector.can('fulfillments.request') || !scene) return [];
    const draft = await scene.draft(platform, 903);
    return write(
      'fulfillments.request',
      (options) => connector.fulfillments.request(draft, options),
      () => scene.created(platform),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['fulfillments.cancel'];
    if (!connector.can('fulfillments.cancel') || !scene) return [];
    const ref = await scene.open(platform);
    return write(
      'fulfillments.cancel',
      (options) => connector.fulfillments.cancel(ref, options),
      () => scene.isCanceled(platform, ref),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['inventory.push'];
    if (!connector.can('inventory.push') || !scene) return [];
    const update = await scene.update(platform, 904);
    return write(
      'inventory.push',
      async (options) => soleAnswer(await connector.inventory.push([update], options)),
      () => scene.stock(platform, update),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['prices.push'];
    if (!connector.can('prices.push') || !scene) return [];
    const price = await scene.price(platform, 906);
    return write(
      'prices.push',
      async (options) => soleAnswer(await connector.prices.push([price], options)),
      () => scene.amount(platform, price),
    );
  },
  async ({ connector, platform, scenery }) => {
    const scene = scenery['shipments.confirm'];
    if (!connector.can('shipments.confirm') || !scene) return [];
    const { order, lines } = await scene.ready(platform, 905);
    const parcel = aParcel({ lines: lines.map(({ id, ...line }) => ({ ...line, orderLineId: id })) });
    const confirmation = { order, shipment: aShipment({ order, parcels: [parcel] }) };
    return write(
      'shipments.confirm',
      (options) => connector.shipments.confirm(confirmation, options),
      () => scene.shipped(platform, order),
    );
  },
];
