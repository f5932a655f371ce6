import { pullLaws, statusLaws } from './pulling.ts';

export const shipmentsPullLaws = [
  ...pullLaws({
    operation: 'shipments.pull',
    pullOf: (connector) => (since, options) => connector.shipments.pull(since, options),
    sceneryOf: (scenery) => scenery['shipments.pull'],
  }),
  ...statusLaws(
    'shipments.pull',
    (connector) => (since, options) => connector.shipments.pull(since, options),
    (scenery) => scenery['shipments.pull'],
  ),
] as const;
