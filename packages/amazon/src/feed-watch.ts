import { anySignal, isCommerceError, type CommerceError } from '@crossdock/core';
import type { AmazonClient, CallContext } from './client.ts';
import type { ListingChange } from './listing-change.ts';
import type { OlderFeed } from './older-feed.ts';
import type { AmazonSettings } from './options.ts';
import { feedWords } from './statuses.ts';
import type * as z from 'zod';
import { feedPageSchema, feedSchema } from './wire/feed.ts';

/** How old a look at the seller's feeds may be: as often as Amazon lets it be taken for long. */
const lookMs = 45_000;
/** How long a write waits for a look: no longer than an answer takes that needs no waiting for its allowance. */
const patienceMs = 2000;
/** Longest time for a look; the first one is waited for, and one that a doubt wants. */
const lookLimitMs = 10_000;
/** Longest time for asking what became of the feeds that are known. */
const checkLimitMs = 10_000;

/**
 * Knows which feeds Amazon is not through with. A feed is worked on hours after it was made and says then what was true
 * before, so that no value is certain while a feed that was made before it may still name it.
 */
export interface FeedWatch {
  made(feedId: string, changes: readonly ListingChange[]): void;
  ended(feedId: string): void;
  /** A feed of these may have been made of which nobody knows the id. */
  doubt(changes: readonly ListingChange[]): void;
  /**
   * The feed, if there is one, that may go over each change. A look that cannot be had soon is not waited for: what is
   * known then decides, and the feeds of others that are not known of are passed over.
   */
  olderThan(changes: readonly ListingChange[], call: CallContext): Promise<ReadonlyMap<ListingChange, OlderFeed>>;
}

type Watched = {
  /** What it sets; of feeds that another process or program made nobody knows. */
  readonly sets: ReadonlySet<string> | undefined;
  readonly since: number;
  /** Its making's doubt: another may have been made of the same before its own answer came. */
  readonly mark?: object | undefined;
};

export function feedWatch(client: AmazonClient, { marketplaceId, clock, isSandbox }: AmazonSettings): FeedWatch {
  const open = new Map<string, Watched>();
  /** What a feed may set of which nobody knows the id, each with a mark of the doubt. */
  const doubted = new Map<string, object>();
  /** The last look that ended, counted from its beginning. */
  let last: { readonly at: number; readonly failure: CommerceError | undefined } | undefined;
  let looking: Promise<void> | undefined;

  return {
    made(feedId, changes) {
      const sets = new Set(changes.map(targetOf));
      const [first] = sets;
      open.set(feedId, { sets, since: clock.now(), mark: first === undefined ? undefined : doubted.get(first) });
    },
    ended,
    doubt(changes) {
      const mark = {};
      for (const change of changes) doubted.set(targetOf(change), mark);
    },
    async olderThan(changes, call) {
      const older = new Map<ListingChange, OlderFeed>();
      // The static sandbox works on no feeds, and knows none but its example.
      if (changes.length === 0 || isSandbox) return older;
      await lookSoon(changes, call);
      // What became of the known ones may settle a doubt.
      await check(changes, older, call);
      for (const change of changes)
        if (!older.has(change) && doubted.has(targetOf(change))) older.set(change, { cause: last?.failure });
      return older;
    },
  };

  /** Amazon works on one feed at a time: what was made of the same before one that is done is mostly done as well. */
  function ended(feedId: string): void {
    const feed = open.get(feedId);
    open.delete(feedId);
    for (const target of feed?.sets ?? []) if (doubted.get(target) === feed?.mark) doubted.delete(target);
  }

  /** Adds the feeds that are open still. One that cannot be asked counts as open. */
  async function check(
    changes: readonly ListingChange[],
    older: Map<ListingChange, OlderFeed>,
    { operation, lane, signal }: CallContext,
  ): Promise<void> {
    const limit = clock.deadline(checkLimitMs);
    const limited = { operation, lane, signal: signal ? anySignal([limit.signal, signal]) : limit.signal };
    let failure: CommerceError | undefined;
    try {
      for (const [feedId, { sets }] of open) {
        const met = changes.filter((change) => !older.has(change) && (sets?.has(targetOf(change)) ?? true));
        if (met.length === 0) continue;
        try {
          if (failure === undefined && !(await isOpen(feedId, limited))) continue;
        } catch (error) {
          if (!isCommerceError(error)) throw error;
          failure = error;
        }
        for (const change of met) older.set(change, failure ? { cause: failure } : { feedId });
      }
    } finally {
      limit.clear();
    }
  }

  /** Shares one look among all who want one, and waits only as long as a write may wait. */
  async function lookSoon(changes: readonly ListingChange[], call: CallContext): Promise<void> {
    const isDoubted = () => changes.some((change) => doubted.has(targetOf(change)));
    // Twice, because a look that was on its way when the doubt arose does not settle it.
    for (let times = 0; times < 2; times += 1) {
      const age = last ? clock.now() - last.at : undefined;
      const isRecent = age !== undefined && age >= 0 && age < lookMs;
      if (isRecent && (last?.failure !== undefined || !isDoubted())) return;
      looking ??= look(call).finally(() => (looking = undefined));
      await within(last === undefined || isDoubted() ? lookLimitMs : patienceMs, looking, call.signal);
      if (!isDoubted()) return;
    }
  }

  /** Waits for work, not longer than so long and not for a caller who has stopped. The work goes on. */
  async function within(ms: number, work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
    const limit = clock.deadline(ms);
    const stop = signal ? anySignal([limit.signal, signal]) : limit.signal;
    const stopped = new Promise<void>((resolve) => {
      if (stop.aborted) resolve();
      else stop.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await Promise.race([work, stopped]);
    } finally {
      limit.clear();
    }
  }

  /** Finds the feeds of other processes, also of those that have died. Failing is remembered as well as succeeding. */
  async function look({ operation, lane }: CallContext): Promise<void> {
    const at = clock.now();
    const settled = [...doubted];
    // Others wait for it too, so that no caller's signal ends it.
    const limit = clock.deadline(lookLimitMs);
    try {
      await list(at, { operation, lane, signal: limit.signal });
      for (const [target, mark] of settled) if (doubted.get(target) === mark) doubted.delete(target);
      last = { at, failure: undefined };
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      last = { at, failure: error };
      // Refused for good: nobody will ever know more than this connector knows by itself.
      if (error.code === 'access.denied' || error.code === 'request.rejected') doubted.clear();
    } finally {
      limit.clear();
    }
  }

  async function list(now: number, call: CallContext): Promise<void> {
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
      for (const { feedId } of page.feeds) {
        found.add(feedId);
        if (!open.has(feedId)) open.set(feedId, { sets: undefined, since: now });
      }
      const next: string | undefined = page.nextToken ? `nextToken=${encodeURIComponent(page.nextToken)}` : undefined;
      // The token has to stand alone; a place that comes again is a circle.
      query = next === query ? undefined : next;
    }
    // One of this moment may be missing from a list that is a moment old.
    for (const [feedId, { since }] of open) if (!found.has(feedId) && since < now - lookMs) open.delete(feedId);
  }

  async function isOpen(feedId: string, call: CallContext): Promise<boolean> {
    const feed = await client.send({
      ...about(call),
      api: 'getFeed',
      path: `feeds/2021-06-30/feeds/${encodeURIComponent(feedId)}`,
      answer: feedSchema,
    });
    const isWaiting = feedWords.decode(feed.processingStatus, `Feed "${feedId}"`) === 'waiting';
    if (!isWaiting) ended(feedId);
    return isWaiting;
  }
}

function targetOf({ sku, attribute }: ListingChange): string {
  return `${attribute} ${sku}`;
}

function about({ operation, lane, signal }: CallContext) {
  return { operation, lane, signal, method: 'GET', safety: 'read' } as const;
}
