import type { Offers, Ref, WriteOptions } from '@crossdock/core';
import type { Trial } from '../law.ts';
import { cancelLaws, lateCancelLaws } from './canceling.ts';

const operation = 'purchases.cancel';
const canceling = {
  operation,
  cancel: ({ purchases }: Offers<typeof operation>, ref: Ref<'purchase'>, options: WriteOptions) =>
    purchases.cancel(ref, options),
  sceneryOf: (scenery: Trial<typeof operation>['scenery']) => scenery[operation],
} as const;

export const purchasesCancelLaws = [
  ...cancelLaws(canceling),
  ...lateCancelLaws({ ...canceling, tooFar: 'has arrived' }),
] as const;
