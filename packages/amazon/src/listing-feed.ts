import { CommerceError, isCommerceError } from '@crossdock/core';
import type { AmazonClient, CallContext } from './client.ts';
import { feedReport, isReadable } from './feed-report.ts';
import type { FeedWatch } from './feed-watch.ts';
import {
  bodyOf,
  type ChangeAnswer,
  type ChangeContext,
  type ListingChange,
  type ListingWrite,
} from './listing-change.ts';
import type { AmazonSettings } from './options.ts';
import { feedWords } from './statuses.ts';
import { createdFeedSchema, documentSchema, feedSchema, type WireFeed } from './wire/feed.ts';
import * as z from 'zod';

/** Largest file, by Amazon's advice. developer-docs.amazon.com, read 2026-08-18. */
const mostBytes = 10 * 1024 * 1024;
const contentType = 'application/json; charset=UTF-8';

/**
 * Writes changes as feeds: a file of messages that Amazon works through by itself, and a report that says what became of
 * each. A feed that is done is not a feed that was accepted. One feed after another, because Amazon does them one by one.
 */
export function listingFeed(client: AmazonClient, watch: FeedWatch, settings: AmazonSettings): ListingWrite {
  const { sellerId, marketplaceId, clock, feedPollMs, feedWaitMs, itemsPerFeed, system } = settings;
  const readReport = feedReport(client, settings);

  return async (changes, context) => {
    const answers: ChangeAnswer[] = [];
    for (const part of inFeeds(changes, itemsPerFeed)) answers.push(...(await answersOf(part, context)));
    return answers;
  };

  async function answersOf(part: FeedPart, context: ChangeContext): Promise<readonly ChangeAnswer[]> {
    const { refusal, signal } = context;
    let feedId: string;
    try {
      feedId = await create(part, context);
    } catch (error) {
      if (isCommerceError(error)) return part.changes.map(() => error);
      throw error;
    }
    watch.made(feedId, part.changes);
    const unknown = (seen: string, cause?: CommerceError) =>
      part.changes.map(({ sku }) => refusal.uncertain(sku, `feed "${feedId}" ${seen}`, cause));
    const until = clock.now() + feedWaitMs;
    let feed: WireFeed | undefined;
    try {
      feed = await settled(feedId, until, context);
      feed ??= await givenUp(feedId, context);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      if (!signal?.aborted) return unknown('was made, and what became of it could not be read', error);
      const last = await givenUp(feedId, context);
      if (last && stateOf(last) === 'canceled') return part.changes.map(() => stopped(feedId, context.operation));
      return unknown('was made, and its caller did not wait for it; it goes on', error);
    }
    if (feed === undefined) return unknown(`was not done after ${feedWaitMs} ms, and goes on`);
    const ended = stateOf(feed);
    // Canceled before it began, so nothing of it was done. Feeds API 2021-06-30, model of 2026-08-05.
    if (ended === 'canceled')
      return part.changes.map(({ sku }) =>
        refusal.of(
          'platform.conflict',
          sku,
          `feed "${feedId}" was canceled before it began, by somebody else or because it did not begin within ${feedWaitMs} ms`,
          'Replay, later where Amazon is busy.',
        ),
      );
    if (!feed.resultFeedDocumentId) return unknown(`ended as "${feed.processingStatus}" without a report`);
    try {
      return await readReport(
        { feedId, documentId: feed.resultFeedDocumentId, isAborted: ended === 'aborted' },
        part.changes,
        { ...context, until },
      );
    } catch (error) {
      if (isCommerceError(error)) return unknown('was made, and what became of it could not be read', error);
      throw error;
    }
  }

  /** Puts the file where Amazon takes it from, and makes the feed. */
  async function create(part: FeedPart, call: CallContext): Promise<string> {
    const { operation, lane, signal } = call;
    const about = { operation, lane, signal, method: 'POST' } as const;
    const place = await client.send({
      ...about,
      api: 'createFeedDocument',
      path: 'feeds/2021-06-30/documents',
      json: { contentType },
      // A place that nothing refers to is no change of anything, nor is a file in it.
      safety: 'read',
      answer: documentSchema,
    });
    await client.transfer({
      operation,
      signal,
      method: 'PUT',
      url: place.url,
      text: {
        body: `{"header":${JSON.stringify({ sellerId, version: '2.0' })},"messages":[${part.messages.join(',')}]}`,
        contentType,
      },
      reads: 'text',
      answer: z.string(),
    });
    // A call whose answer is lost makes one that nobody knows, also where its repeat is answered.
    watch.doubt(part.changes);
    const making = client.send({
      ...about,
      api: 'createFeed',
      path: 'feeds/2021-06-30/feeds',
      json: {
        feedType: 'JSON_LISTINGS_FEED',
        marketplaceIds: [marketplaceId],
        inputFeedDocumentId: place.feedDocumentId,
      },
      // Twice the same feed sets the same values twice, one after the other.
      safety: 'repeatable',
      answer: createdFeedSchema,
    });
    const { feedId } = await making.catch((error: unknown) => {
      // A look of the meantime may have come too early to see it.
      watch.doubt(part.changes);
      throw error;
    });
    return feedId;
  }

  /** The feed once Amazon is through with it; `undefined` when it takes longer than may be waited. */
  async function settled(feedId: string, until: number, call: CallContext): Promise<WireFeed | undefined> {
    for (;;) {
      await clock.sleep(feedPollMs, call.signal).catch((error: unknown) => {
        throw call.signal?.aborted ? stopped(feedId, call.operation) : error;
      });
      const isLast = clock.now() >= until;
      const feed = await look(feedId, call).catch((error: unknown) => {
        // One answer that cannot be read says nothing of the feed.
        if (!isLast && isReadable(error)) return undefined;
        throw error;
      });
      if (feed && stateOf(feed) !== 'waiting') return feed;
      if (isLast) return undefined;
    }
  }

  /**
   * Takes a feed back that nobody waits for any more: it would set old values when it begins, hours later perhaps. What
   * Amazon says of it then; `undefined` where it goes on, or nothing can be said.
   */
  async function givenUp(feedId: string, { operation, lane }: CallContext): Promise<WireFeed | undefined> {
    // The caller's signal may have ended the wait, and must not end this.
    const limit = clock.deadline(givingUpMs);
    const call = { operation, lane, signal: limit.signal };
    try {
      await client
        .send({
          ...call,
          api: 'cancelFeed',
          method: 'DELETE',
          path: `feeds/2021-06-30/feeds/${encodeURIComponent(feedId)}`,
          safety: 'repeatable',
          answer: z.unknown(),
        })
        // Refused once it has begun, and the second time. The look says which.
        .catch(orNothing);
      const feed = await look(feedId, call).catch(orNothing);
      return feed && stateOf(feed) !== 'waiting' ? feed : undefined;
    } finally {
      limit.clear();
    }
  }

  async function look(feedId: string, { operation, lane, signal }: CallContext): Promise<WireFeed> {
    const feed = await client.send({
      api: 'getFeed',
      operation,
      method: 'GET',
      path: `feeds/2021-06-30/feeds/${encodeURIComponent(feedId)}`,
      safety: 'read',
      answer: feedSchema,
      lane,
      signal,
    });
    if (stateOf(feed) !== 'waiting') watch.ended(feedId);
    return feed;
  }

  function stopped(feedId: string, operation: string): CommerceError {
    return new CommerceError({
      code: 'call.aborted',
      system,
      operation,
      message: `The wait for feed "${feedId}" at "${system}" was stopped by its caller.`,
    });
  }
}

function stateOf({ feedId, processingStatus }: WireFeed) {
  return feedWords.decode(processingStatus, `Feed "${feedId}"`);
}

function orNothing(error: unknown): undefined {
  if (!isCommerceError(error)) throw error;
}

/** Longest time for taking a feed back. */
const givingUpMs = 20_000;

/** One feed's worth of changes, with their messages as text. */
interface FeedPart {
  readonly changes: ListingChange[];
  readonly messages: string[];
}

/** Cuts changes up so that every file stays under both limits. Messages are numbered anew in each. */
function inFeeds(changes: readonly ListingChange[], most: number): readonly FeedPart[] {
  const parts: FeedPart[] = [];
  const encoder = new TextEncoder();
  let bytes = 0;
  let part: FeedPart | undefined;
  for (const change of changes) {
    const written = (messageId: number) =>
      JSON.stringify({ messageId, sku: change.sku, operationType: 'PATCH', ...bodyOf(change) });
    const size = encoder.encode(written(most)).length + 1;
    if (!part || part.changes.length >= most || bytes + size > mostBytes - headerBytes) {
      part = { changes: [], messages: [] };
      parts.push(part);
      bytes = 0;
    }
    part.changes.push(change);
    part.messages.push(written(part.changes.length));
    bytes += size;
  }
  return parts;
}

/** More than the header of a file takes. */
const headerBytes = 1024;
