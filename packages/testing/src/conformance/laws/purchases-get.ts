import type { Ref } from '@crossdock/core';
import { sameAsPullLaws, unknownLaws } from './asking.ts';

export const purchasesGetLaws = [
  ...unknownLaws({
    operation: 'purchases.get',
    subject: 'purchase',
    ask: ({ purchases }, ref: Ref<'purchase'>) => purchases.get(ref),
    sceneryOf: (scenery) => scenery['purchases.get'],
  }),
  ...sameAsPullLaws({
    get: 'purchases.get',
    pull: 'purchases.pull',
    ask: ({ purchases }, ref: Ref<'purchase'>) => purchases.get(ref),
    pullOf: (connector) => (since, options) => connector.purchases.pull(since, options),
    sceneryOf: (scenery) => scenery['purchases.pull'],
  }),
] as const;
