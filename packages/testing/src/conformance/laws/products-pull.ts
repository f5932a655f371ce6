import { pullLaws } from './pulling.ts';

export const productsPullLaws = pullLaws({
  operation: 'products.pull',
  pullOf: (connector) => (since, options) => connector.products.pull(since, options),
  sceneryOf: (scenery) => scenery['products.pull'],
});
