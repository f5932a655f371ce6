import { pullLaws } from './pulling.ts';

export const categoriesPullLaws = pullLaws({
  operation: 'categories.pull',
  pullOf: (connector) => (since, options) => connector.categories.pull(since, options),
  sceneryOf: (scenery) => scenery['categories.pull'],
});
