import { pullLaws } from './pulling.ts';

export const customersPullLaws = pullLaws({
  operation: 'customers.pull',
  pullOf: (connector) => (since, options) => connector.customers.pull(since, options),
  sceneryOf: (scenery) => scenery['customers.pull'],
});
