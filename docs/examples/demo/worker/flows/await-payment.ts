import { CommerceError, type Stores } from '@crossdock/core';
import { defineFlow } from '@crossdock/core/flows';
import { isChannel } from '../../channels.ts';
import { importRun } from '../goods-in-hand.ts';

const minute = 60_000;

/**
 * An order that may not be worked on yet holds its goods: as long as this run is unfinished they are offered nowhere else.
 * It ends when the order is canceled or its import has begun; a channel may list it only minutes after it was paid. It looks
 * again every ten minutes, and puts before a person what still waits after as many looks as a run gets.
 */
export function awaitPayment({ runs }: Pick<Stores, 'runs'>) {
  return defineFlow({
    name: 'await-payment',
    version: 1,
    on: 'order.pending',
    lane: 'bulk',
    needs: { shopify: ['orders.get'], woocommerce: ['orders.get'], amazon: ['orders.get'] },
    key: ({ data }) => `payment/${data.number}`,
    async run({ event: { data }, systems }) {
      const { system } = data.ref;
      if (!isChannel(system) || (await runs.get(importRun(data.ref)))) return;
      const order = await systems[system].orders.get(data.ref);
      if (!order || order.status === 'canceled') return;
      throw new CommerceError({
        code: 'platform.conflict',
        message: `Order "${order.number}" was not released: "${system}" waits for its payment or has not listed it since. Its goods are held; ask the channel, or dismiss this to offer them again.`,
        refs: [data.ref],
        retryAfterMs: 10 * minute,
      });
    },
  });
}
