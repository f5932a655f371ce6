import { pullLaws, statusLaws } from './pulling.ts';

export const returnsPullLaws = [
  ...pullLaws({
    operation: 'returns.pull',
    pullOf: (connector) => (since, options) => connector.returns.pull(since, options),
    sceneryOf: (scenery) => scenery['returns.pull'],
  }),
  ...statusLaws(
    'returns.pull',
    (connector) => (since, options) => connector.returns.pull(since, options),
    (scenery) => scenery['returns.pull'],
  ),
] as const;
