import type { BucketOptions } from '@crossdock/core';

/**
 * Calls a second and calls at once, by Amazon's name of the operation. Amazon counts each operation apart, for one
 * application, seller and region. Selling Partner API models of 2026-08-05.
 */
const published = {
  searchOrders: [0.0056, 20],
  getOrder: [0.5, 30],
  confirmShipment: [2, 10],
  searchListingsItems: [5, 5],
  // Ten at once by the model, five by the guide.
  getListingsItem: [5, 5],
  patchListingsItem: [5, 5],
  createFeedDocument: [0.5, 15],
  // Fifteen at once by the model; a listings feed may be made five times in five minutes by the guide. Three at once and
  // one every two minutes keep both.
  createFeed: [0.0083, 3],
  getFeed: [2, 15],
  cancelFeed: [2, 15],
  getFeeds: [0.0222, 10],
  getFeedDocument: [0.0222, 10],
} as const satisfies Record<string, readonly [perSecond: number, atOnce: number]>;

/** An operation of the API that this connector calls, by Amazon's name. */
export type ApiOperation = keyof typeof published;

/** The allowances of all operations. The sandbox has one for all: 5 a second, 15 at once. developer-docs.amazon.com, read 2026-08-18. */
export function allowances(isSandbox: boolean): Readonly<Record<string, BucketOptions>> {
  const entries = Object.entries(published).map(([operation, [perSecond, atOnce]]) => [
    operation,
    isSandbox ? { capacity: 15, refillPerSecond: 5 } : { capacity: atOnce, refillPerSecond: perSecond },
  ]);
  return Object.fromEntries(entries) as Readonly<Record<string, BucketOptions>>; // Each value is one of the two above.
}

/**
 * The rate that Amazon states for this account, which may be higher or lower than the published one, and says nothing of
 * how many at once. Of feeds it is never taken higher: their other limit is not in the header. An absurd rate is taken for
 * the nearest that is none: too low, it would close an operation for years, and no later answer could open it again; too
 * high, "too many" corrects it only after the fact. Ten times more or less than what is published leaves room for every plan that is known.
 */
export function statedRate(operation: string, header: string | null): number | undefined {
  const rate = header === null || header.trim() === '' ? Number.NaN : Number(header);
  if (!isPublished(operation) || !(rate > 0) || !Number.isFinite(rate)) return undefined;
  const [perSecond] = published[operation];
  const most = operation === 'createFeed' ? perSecond : perSecond * 10;
  return Math.min(most, Math.max(perSecond / 10, rate));
}

function isPublished(operation: string): operation is ApiOperation {
  return Object.hasOwn(published, operation);
}
