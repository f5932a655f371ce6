import type { TestClock } from '../../fake/clock.ts';
import type { AmazonIds } from './ids.ts';
import type {
  AmazonIssue,
  AmazonOrderRecord,
  AmazonSubmission,
  DestinationRecord,
  DocumentRecord,
  FeedRecord,
  ListingRecord,
  SubscriptionRecord,
} from './records.ts';
import type { Schedule } from './schedule.ts';

/** Everything that the fake remembers, and what all its parts draw on. */
export interface AmazonStore {
  readonly clock: TestClock;
  readonly ids: AmazonIds;
  readonly schedule: Schedule;
  readonly sellerId: string;
  readonly marketplaceId: string;
  readonly listings: Map<string, ListingRecord>;
  readonly submissions: AmazonSubmission[];
  /** Issues that whatever is submitted for a SKU gets: at once, or only when it is to be applied. */
  readonly objections: Map<string, { readonly issue: AmazonIssue; readonly when: 'at-once' | 'later' }>;
  readonly orders: Map<string, AmazonOrderRecord>;
  /** Orders that no search finds for now. */
  readonly unlisted: Set<string>;
  readonly documents: Map<string, DocumentRecord>;
  readonly feeds: Map<string, FeedRecord>;
  readonly destinations: Map<string, DestinationRecord>;
  readonly subscriptions: Map<string, SubscriptionRecord>;
  readonly counts: { throttled: number };
}

/** An empty account. */
export function amazonStore(
  parts: Pick<AmazonStore, 'clock' | 'ids' | 'schedule' | 'sellerId' | 'marketplaceId'>,
): AmazonStore {
  return {
    ...parts,
    listings: new Map(),
    submissions: [],
    objections: new Map(),
    orders: new Map(),
    unlisted: new Set(),
    documents: new Map(),
    feeds: new Map(),
    destinations: new Map(),
    subscriptions: new Map(),
    counts: { throttled: 0 },
  };
}

/** A moment as the API writes it. */
export function moment(ms: number): string {
  return new Date(ms).toISOString();
}
