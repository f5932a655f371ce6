import { creationLaws } from './creating.ts';

export const customersCreateLaws = creationLaws({
  operation: 'customers.create',
  parallel: 10,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['customers.create'].draft(platform, number);
    return async ({ customers }, options) => ({ ref: await customers.create(draft, options) });
  },
  count: async ({ scenery, platform }) => (await scenery['customers.create'].created(platform)).length,
});
