import { pullLaws, statusLaws } from './pulling.ts';

export const invoicesPullLaws = [
  ...pullLaws({
    operation: 'invoices.pull',
    pullOf: (connector) => (since, options) => connector.invoices.pull(since, options),
    sceneryOf: (scenery) => scenery['invoices.pull'],
  }),
  ...statusLaws(
    'invoices.pull',
    (connector) => (since, options) => connector.invoices.pull(since, options),
    (scenery) => scenery['invoices.pull'],
  ),
] as const;
