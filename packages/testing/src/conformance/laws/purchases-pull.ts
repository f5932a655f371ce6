import { pullLaws, statusLaws } from './pulling.ts';

export const purchasesPullLaws = [
  ...pullLaws({
    operation: 'purchases.pull',
    pullOf: (connector) => (since, options) => connector.purchases.pull(since, options),
    sceneryOf: (scenery) => scenery['purchases.pull'],
  }),
  ...statusLaws(
    'purchases.pull',
    (connector) => (since, options) => connector.purchases.pull(since, options),
    (scenery) => scenery['purchases.pull'],
  ),
] as const;
