import { pullLaws } from './pulling.ts';

export const refundsPullLaws = pullLaws({
  operation: 'refunds.pull',
  pullOf: (connector) => (since, options) => connector.refunds.pull(since, options),
  sceneryOf: (scenery) => scenery['refunds.pull'],
});
