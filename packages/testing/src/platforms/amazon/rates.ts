import type { AmazonOperation } from './operations.ts';

/** A usage plan: requests a second, and how many at once when nothing was asked for a while. */
export interface AmazonPlan {
  readonly rate: number;
  readonly burst: number;
}

/** The default usage plans. Amazon's models of 2026-08-05 (amzn/selling-partner-api-models, 34dc93fe), read 2026-11-23. */
export const defaultPlans: Readonly<Record<AmazonOperation, AmazonPlan>> = {
  searchOrders: { rate: 0.0056, burst: 20 },
  getOrder: { rate: 0.5, burst: 30 },
  confirmShipment: { rate: 2, burst: 10 },
  getListingsItem: { rate: 5, burst: 10 },
  putListingsItem: { rate: 5, burst: 10 },
  patchListingsItem: { rate: 5, burst: 5 },
  deleteListingsItem: { rate: 5, burst: 5 },
  searchListingsItems: { rate: 5, burst: 5 },
  createFeedDocument: { rate: 0.5, burst: 15 },
  createFeed: { rate: 0.0083, burst: 15 },
  getFeed: { rate: 2, burst: 15 },
  getFeeds: { rate: 0.0222, burst: 10 },
  cancelFeed: { rate: 2, burst: 15 },
  getFeedDocument: { rate: 0.0222, burst: 10 },
  getSubscription: { rate: 1, burst: 5 },
  getSubscriptions: { rate: 1, burst: 5 },
  createSubscription: { rate: 1, burst: 5 },
  getSubscriptionById: { rate: 1, burst: 5 },
  deleteSubscriptionById: { rate: 1, burst: 5 },
  getDestinations: { rate: 1, burst: 5 },
  createDestination: { rate: 1, burst: 5 },
  getDestination: { rate: 1, burst: 5 },
  deleteDestination: { rate: 1, burst: 5 },
  getMarketplaceParticipations: { rate: 0.016, burst: 15 },
  getInventorySummaries: { rate: 2, burst: 2 },
};

/** What all operations on listings share, for one application. developer-docs.amazon.com, read 2026-08-18. */
export const listingsPlan: AmazonPlan = { rate: 100, burst: 100 };
