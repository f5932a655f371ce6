import { pullLaws, statusLaws } from './pulling.ts';

export const fulfillmentsPullLaws = [
  ...pullLaws({
    operation: 'fulfillments.pull',
    pullOf: (connector) => (since, options) => connector.fulfillments.pull(since, options),
    sceneryOf: (scenery) => scenery['fulfillments.pull'],
  }),
  ...statusLaws(
    'fulfillments.pull',
    (connector) => (since, options) => connector.fulfillments.pull(since, options),
    (scenery) => scenery['fulfillments.pull'],
  ),
] as const;
