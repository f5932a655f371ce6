import type { Ref } from '@crossdock/core';
import { cancelLaws } from './canceling.ts';

export const ordersCancelLaws = cancelLaws({
  operation: 'orders.cancel',
  cancel: ({ orders }, ref: Ref<'order'>, options) => orders.cancel(ref, 'customer', options),
  sceneryOf: (scenery) => scenery['orders.cancel'],
});
