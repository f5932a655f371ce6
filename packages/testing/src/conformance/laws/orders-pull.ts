import { pullLaws, statusLaws } from './pulling.ts';

export const ordersPullLaws = [
  ...pullLaws({
    operation: 'orders.pull',
    pullOf: (connector) => (since, options) => connector.orders.pull(since, options),
    sceneryOf: (scenery) => scenery['orders.pull'],
  }),
  ...statusLaws(
    'orders.pull',
    (connector) => (since, options) => connector.orders.pull(since, options),
    (scenery) => scenery['orders.pull'],
  ),
] as const;
