import { pullLaws } from './pulling.ts';

export const receiptsPullLaws = pullLaws({
  operation: 'receipts.pull',
  pullOf: (connector) => (since, options) => connector.receipts.pull(since, options),
  sceneryOf: (scenery) => scenery['receipts.pull'],
});
