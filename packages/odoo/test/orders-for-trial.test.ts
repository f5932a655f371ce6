import { expect, it } from 'vitest';
import type { OrderDraft } from '@crossdock/core';
import { aDraft, aLine } from './drafts.ts';
import { aWorld } from './world.ts';

function draftFor(world: ReturnType<typeof aWorld>, change: Partial<OrderDraft> = {}): OrderDraft {
  return aDraft({ lines: [aLine({ sku: 'TEE', quantity: 2, price: '19.99' })], customer: world.customer, ...change });
}

it('sells nothing to whoever made an order to try the channel, and takes the same order without the word', async () => {
  const world = aWorld();
  const key = { idempotencyKey: 'shop/order 5001#create' };
  const trial = draftFor(world, { test: true });
  for (let time = 0; time < 2; time++) {
    await expect(world.erp.orders.create(trial, key)).rejects.toMatchObject({
      code: 'payment.test',
      refs: [trial.source],
      message: expect.stringContaining('leave `test` out of the draft'),
    });
  }
  expect(world.state.saleOrders).toEqual([]);
  await world.erp.orders.create(draftFor(world), key);
  expect(world.state.saleOrders).toMatchObject([{ state: 'sale' }]);
});
