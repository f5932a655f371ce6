import { pullLaws } from './pulling.ts';

export const paymentsPullLaws = pullLaws({
  operation: 'payments.pull',
  pullOf: (connector) => (since, options) => connector.payments.pull(since, options),
  sceneryOf: (scenery) => scenery['payments.pull'],
});
