import type { Ref } from '@crossdock/core';
import { sameAsPullLaws, unknownLaws } from './asking.ts';

export const returnsGetLaws = [
  ...unknownLaws({
    operation: 'returns.get',
    subject: 'return',
    ask: ({ returns }, ref: Ref<'return'>) => returns.get(ref),
    sceneryOf: (scenery) => scenery['returns.get'],
  }),
  ...sameAsPullLaws({
    get: 'returns.get',
    pull: 'returns.pull',
    ask: ({ returns }, ref: Ref<'return'>) => returns.get(ref),
    pullOf: (connector) => (since, options) => connector.returns.pull(since, options),
    sceneryOf: (scenery) => scenery['returns.pull'],
  }),
] as const;
