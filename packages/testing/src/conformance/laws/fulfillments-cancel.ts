import type { Offers, Ref, WriteOptions } from '@crossdock/core';
import type { Trial } from '../law.ts';
import { cancelLaws, lateCancelLaws } from './canceling.ts';

const operation = 'fulfillments.cancel';
const canceling = {
  operation,
  cancel: ({ fulfillments }: Offers<typeof operation>, ref: Ref<'fulfillment'>, options: WriteOptions) =>
    fulfillments.cancel(ref, options),
  sceneryOf: (scenery: Trial<typeof operation>['scenery']) => scenery[operation],
} as const;

export const fulfillmentsCancelLaws = [
  ...cancelLaws(canceling),
  ...lateCancelLaws({ ...canceling, tooFar: 'has left' }),
] as const;
