import { isCommerceError } from '@crossdock/core';
import type { AmazonClient, CallContext } from './client.ts';
import type { ListingChange } from './listing-change.ts';
import type { OlderFeed } from './older-feed.ts';
import type { AmazonSettings } from './options.ts';
import { feedWords } from './statuses.ts';
import type * as z from 'zod';
import { feedPageSchema, feedSchema } from './wire/feed.ts';

/** How old a look at the seller's feeds may be: as often as Amazon lets it be taken for long. */
const lookMs = 45_000;

/**
 * Knows which feeds Amazon is not through with. A feed is worked on hours after it was made and says then what was true
 * before, so that no value is certain while a feed that was made before it may still name it.
 */
export interface FeedWatch {
  made(feedId: string, changes: readonly ListingChange[]): void;
  ended(feedId: string): void;
  /** A feed may have been made of which nobody knows the id. */
  doubt(): void;
  /** The feed, if there is one, that may go over each change. */
  olderThan(changes: readonly ListingChange[], call: CallContext): Promise<ReadonlyMap<ListingChange, OlderFeed>>;
}

type Watched = {
  /** What it sets; of feeds that another process or program made nobody knows. */
  readonly sets: ReadonlySet<string> | undefined;
  readonly since: number;
};

export function feedWatch(client: AmazonClient, { marketplaceId, clock, isSandbox }: AmazonSettings): FeedWatch {
  const open = new Map<string, Watched>();
  let lookedAt: number | undefined;

  return {
    made: (feedId, changes) => void open.set(feedId, { sets: new Set(changes.map(targetOf)), since: clock.now() }),
    ended: (feedId) => void open.delete(feedId),
    doubt: () => void (lookedAt = undefined),
    async olderThan(changes, call) {
      const older = new Map<ListingChange, OlderFeed>();
      // The static sandbox works on no feeds, and knows none but its example.
      if (changes.length === 0 || isSandbox) return older;
      try {
        await look(call);
        for (const [feedId, { sets }] of open) {
          const met = changes.filter((change) => !older.has(change) && (sets?.has(targetOf(change)) ?? true));
          if (met.length === 0 || !(await isOpen(feedId, call))) continue;
          for (const change of met) older.set(change, { feedId });
        }
      } catch (error) {
        if (!isCommerceError(error)) throw error;
        for (const change of changes) if (!older.has(change)) older.set(change, { cause: error });
      }
      return older;
    },
  };

  /** Finds the feeds of other processes, also of those that have died. */
  async function look(call: CallContext): Promise<void> {
    const now = clock.now();
    if (lookedAt !== undefined && now - lookedAt < lookMs && now >= lookedAt) return;
    const found = new Set<string>();
    const asked = `feedTypes=JSON_LISTINGS_FEED&marketplaceIds=${marketplaceId}&processingStatuses=IN_QUEUE,IN_PROGRESS&pageSize=100`;
    let query: string | undefined = asked;
    while (query !== undefined) {
      const page: z.infer<typeof feedPageSchema> = await client.send({
        ...about(call),
        api: 'getFeeds',
        path: `feeds/2021-06-30/feeds?${query}`,
        answer: feedPageSchema,
      });
      for (const { feedId } of page.feeds) found.add(feedId);
      const next: string | undefined = page.nextToken ? `nextToken=${encodeURIComponent(page.nextToken)}` : undefined;
      // The token has to stand alone; a place that comes again is a circle.
      query = next === query ? undefined : next;
    }
    for (const feedId of found) if (!open.has(feedId)) open.set(feedId, { sets: undefined, since: now });
    // One of this moment may be missing from a list that is a moment old.
    for (const [feedId, { since }] of open) if (!found.has(feedId) && since < now - lookMs) open.delete(feedId);
    lookedAt = now;
  }

  async function isOpen(feedId: string, call: CallContext): Promise<boolean> {
    const feed = await client.send({
      ...about(call),
      api: 'getFeed',
      path: `feeds/2021-06-30/feeds/${encodeURIComponent(feedId)}`,
      answer: feedSchema,
    });
    const isWaiting = feedWords.decode(feed.processingStatus, `Feed "${feedId}"`) === 'waiting';
    if (!isWaiting) open.delete(feedId);
    return isWaiting;
  }
}

function targetOf({ sku, attribute }: ListingChange): string {
  return `${attribute} ${sku}`;
}

function about({ operation, lane, signal }: CallContext) {
  return { operation, lane, signal, method: 'GET', safety: 'read' } as const;
}
