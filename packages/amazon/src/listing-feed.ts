import { CommerceError, isCommerceError } from '@crossdock/core';
import type { AmazonClient, CallContext } from './client.ts';
import { feedReport } from './feed-report.ts';
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
export function listingFeed(client: AmazonClient, settings: AmazonSettings): ListingWrite {
  const { sellerId, marketplaceId, clock, feedPollMs, feedWaitMs, itemsPerFeed, system } = settings;
  const readReport = feedReport(client, settings);

  return async (changes, context) => {
    const answers: ChangeAnswer[] = [];
    for (const part of inFeeds(changes, itemsPerFeed)) answers.push(...(await answersOf(part, context)));
    return answers;
  };

  async function answersOf(part: FeedPart, context: ChangeContext): Promise<readonly ChangeAnswer[]> {
    const { refusal } = context;
    let feedId: string;
    try {
      feedId = await create(part, context);
    } catch (error) {
      if (isCommerceError(error)) return part.changes.map(() => error);
      throw error;
    }
    const unknown = (seen: string, cause?: CommerceError) =>
      part.changes.map(({ sku }) => refusal.uncertain(sku, `feed "${feedId}" ${seen}`, cause));
    try {
      const feed = await settled(feedId, context);
      if (feed === undefined) return unknown(`was not done after ${feedWaitMs} ms, and goes on`);
      const ended = feedWords.decode(feed.processingStatus, `Feed "${feedId}"`);
      // Canceled before it began, so nothing of it was done. Feeds API 2021-06-30, model of 2026-08-05.
      if (ended === 'canceled')
        return part.changes.map(({ sku }) =>
          refusal.of(
            'platform.conflict',
            sku,
            `feed "${feedId}" was canceled before it began`,
            'Find out who canceled it, then replay.',
          ),
        );
      if (!feed.resultFeedDocumentId) return unknown(`ended as "${feed.processingStatus}" without a report`);
      return await readReport(
        { feedId, documentId: feed.resultFeedDocumentId, isAborted: ended === 'aborted' },
        part.changes,
        context,
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
    const { feedId } = await client.send({
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
    return feedId;
  }

  /** The feed once Amazon is through with it; `undefined` when it takes longer than may be waited. */
  async function settled(feedId: string, { operation, lane, signal }: CallContext): Promise<WireFeed | undefined> {
    const until = clock.now() + feedWaitMs;
    for (;;) {
      await clock.sleep(feedPollMs, signal).catch((error: unknown) => {
        throw signal?.aborted ? stopped(feedId, operation) : error;
      });
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
      if (feedWords.decode(feed.processingStatus, `Feed "${feedId}"`) !== 'waiting') return feed;
      if (clock.now() >= until) return undefined;
    }
  }

  function stopped(feedId: string, operation: string): CommerceError {
    return new CommerceError({
      code: 'call.aborted',
      system,
      operation,
      message: `The wait for feed "${feedId}" at "${system}" was stopped by its caller; the feed goes on.`,
    });
  }
}

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
