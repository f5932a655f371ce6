import { creationLaws } from './creating.ts';

export const ordersCreateLaws = creationLaws({
  operation: 'orders.create',
  parallel: 10,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['orders.create'].draft(platform, number);
    return async ({ orders }, options) => ({ ref: await orders.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['orders.create'].created(platform)).length,
});
