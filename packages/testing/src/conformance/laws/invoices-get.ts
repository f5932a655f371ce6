import type { Ref } from '@crossdock/core';
import { sameAsPullLaws, unknownLaws } from './asking.ts';

export const invoicesGetLaws = [
  ...unknownLaws({
    operation: 'invoices.get',
    subject: 'invoice',
    ask: ({ invoices }, ref: Ref<'invoice'>) => invoices.get(ref),
    sceneryOf: (scenery) => scenery['invoices.get'],
  }),
  ...sameAsPullLaws({
    get: 'invoices.get',
    pull: 'invoices.pull',
    ask: ({ invoices }, ref: Ref<'invoice'>) => invoices.get(ref),
    pullOf: (connector) => (since, options) => connector.invoices.pull(since, options),
    sceneryOf: (scenery) => scenery['invoices.pull'],
  }),
] as const;
