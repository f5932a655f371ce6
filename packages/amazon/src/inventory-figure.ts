import type { AmazonSettings } from './options.ts';
import type { WireListing } from './wire/listing.ts';

/** The channel of stock that the seller ships; those of Amazon's own warehouses begin with "AMAZON". Listings Items API 2021-08-01. */
export const ownChannel = 'DEFAULT';

/** What buyers see of a SKU, and what was last submitted. The two differ while a number is on its way, and after a sale. */
export interface Figure {
  readonly shown: number;
  readonly submitted: number;
}

/** The figure of a listing's own stock. One that states no number offers nothing; one that says nothing of submissions had none. */
export function figureOf(
  { fulfillmentAvailability, attributes }: WireListing,
  { marketplaceId }: Pick<AmazonSettings, 'marketplaceId'>,
): Figure {
  const live = fulfillmentAvailability?.find(({ fulfillmentChannelCode }) => fulfillmentChannelCode === ownChannel);
  const shown = live?.quantity ?? 0;
  const last = attributes?.fulfillment_availability?.find(
    (given) =>
      given['fulfillment_channel_code'] === ownChannel && (given['marketplace_id'] ?? marketplaceId) === marketplaceId,
  );
  const submitted = last?.['quantity'];
  return { shown, submitted: typeof submitted === 'number' && Number.isSafeInteger(submitted) ? submitted : shown };
}

/**
 * Pure: whether a number is written over a figure that a caller expected to be `expected`. `isComing` says that the
 * submitted number is most likely on its way: it may be lowered then before it is seen, never raised. Where it may as well have been there and been sold, or given back, the doubt goes
 * to the buyers: a number goes up only by who knows the lower of the two, and what is shown is confirmed by a write,
 * because a higher number may be behind it.
 */
export function verdictOn(
  { shown, submitted }: Figure,
  {
    available,
    expected,
    isComing,
  }: { readonly available: number; readonly expected: number; readonly isComing: boolean },
): 'ok' | 'write' | 'stale' {
  if (shown === submitted) return shown === available ? 'ok' : expected === shown ? 'write' : 'stale';
  const lower = Math.min(shown, submitted);
  if (expected === lower) return 'write';
  if (expected === Math.max(shown, submitted))
    return available <= lower || (isComing && expected === submitted && available < submitted) ? 'write' : 'stale';
  return available === shown && shown === lower ? 'write' : 'stale';
}
