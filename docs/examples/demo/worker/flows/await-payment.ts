import { CommerceError } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';
import { isChannel } from '../../channels.ts';

const minute = 60_000;

/**
 * An order that may not be worked on yet holds its goods: as long as this run is unfinished they are offered nowhere else.
 * It looks again every ten minutes, and puts before a person what still waits after that many looks.
 */
export const awaitPayment = defineFlow({
  name: 'await-payment',
  version: 1,
  on: 'order.pending',
  lane: 'bulk',
  needs: { shopify: ['orders.get'], woocommerce: ['orders.get'], amazon: ['orders.get'] },
  key: ({ data }) => `payment/${data.number}`,
  async run({ event: { data }, systems }) {
    const { system } = data.ref;
    if (!isChannel(system)) return;
    const order = await systems[system].orders.get(data.ref);
    if (order?.status !== 'pending') return;
    throw new CommerceError({
      code: 'platform.conflict',
      message: `Order "${order.number}" was not released: "${system}" still waits for its payment. Its goods are held; ask the channel, or dismiss this to offer them again.`,
      refs: [data.ref],
      retryAfterMs: 10 * minute,
    });
  },
});
