import { creationLaws } from './creating.ts';

export const fulfillmentsRequestLaws = creationLaws({
  operation: 'fulfillments.request',
  parallel: 100,
  async prepare({ scenery, platform }, number) {
    const draft = await scenery['fulfillments.request'].draft(platform, number);
    return ({ fulfillments }, options) => fulfillments.request(draft, options);
  },
  count: async ({ scenery, platform }) => (await scenery['fulfillments.request'].created(platform)).length,
});
