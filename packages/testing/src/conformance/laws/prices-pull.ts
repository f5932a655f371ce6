import { pullLaws } from './pulling.ts';

export const pricesPullLaws = pullLaws({
  operation: 'prices.pull',
  pullOf: (connector) => (since, options) => connector.prices.pull(since, options),
  sceneryOf: (scenery) => scenery['prices.pull'],
});
