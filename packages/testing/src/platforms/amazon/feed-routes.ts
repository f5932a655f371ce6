import * as z from 'zod';
import { badInput, quotaExceeded, refused } from './api-error.ts';
import { jsonOf, type Handler } from './call.ts';
import type { Documents, ReportPacking } from './documents.ts';
import type { FeedDesk } from './feed-desk.ts';
import { readToken, writtenToken } from './page-token.ts';
import { listOf, listUpTo, momentParameter, parametersOf, wholeNumber } from './query.ts';
import type { FeedRecord } from './records.ts';
import { moment, type AmazonStore } from './store.ts';

const questionSchema = z.object({
  feedTypes: listUpTo(10),
  marketplaceIds: listUpTo(10).optional(),
  processingStatuses: listOf(['CANCELLED', 'DONE', 'FATAL', 'IN_PROGRESS', 'IN_QUEUE']).optional(),
  pageSize: wholeNumber(1, 100).default(10),
  createdSince: momentParameter.optional(),
  createdUntil: momentParameter.optional(),
});
const positionSchema = z.tuple([z.string(), z.number()]);
const createSchema = z.object({
  feedType: z.string().min(1),
  marketplaceIds: z.array(z.string()).min(1).max(25),
  inputFeedDocumentId: z.string(),
  feedOptions: z.record(z.string(), z.string()).optional(),
});

const dayMs = 86_400_000;
/** How long a document can be named in a feed. developer-docs.amazon.com, read 2026-08-18. */
const documentLifeMs = 2 * dayMs;
/** JSON_LISTINGS_FEED: five in five minutes. developer-docs.amazon.com, read 2026-08-18. */
const feedLimit = { count: 5, windowMs: 300_000 };

/** Feeds of 2021. Of all their types the fake works off the one for listings. */
export function feedRoutes(
  store: AmazonStore,
  parts: { readonly documents: Documents; readonly desk: FeedDesk; readonly packing: ReportPacking },
) {
  const { clock, feeds } = store;
  const { documents, desk, packing } = parts;

  function isTooOften(type: string): boolean {
    const recent = [...feeds.values()].filter(
      (feed) => feed.type === type && feed.createdAt > clock.now() - feedLimit.windowMs,
    );
    return recent.length >= feedLimit.count;
  }

  return {
    createFeedDocument(call) {
      const body = z.object({ contentType: z.string().min(1) }).safeParse(jsonOf(call));
      if (!body.success) return badInput('feeds', 'Invalid input');
      const document = documents.open(body.data.contentType);
      return Response.json(
        { feedDocumentId: document.id, url: documents.address(document, call.origin) },
        { status: 201 },
      );
    },
    getFeedDocument({ params, query, origin }) {
      const document = store.documents.get(params['feedDocumentId'] ?? '');
      if (!document) return badInput('feeds', 'Invalid input');
      const isPacked = document.isReport && packing === 'gzip';
      const isDeclared = isPacked && query.get('enableContentEncodingUrlHeader') === 'true';
      const more = isDeclared ? { 'response-content-encoding': 'gzip' } : undefined;
      return Response.json({
        feedDocumentId: document.id,
        url: documents.address(document, origin, more),
        ...(isPacked ? { compressionAlgorithm: 'GZIP' } : {}),
      });
    },
    createFeed(call) {
      const body = createSchema.safeParse(jsonOf(call));
      if (!body.success) return badInput('feeds', 'Invalid input');
      const { feedType, marketplaceIds, inputFeedDocumentId } = body.data;
      const document = store.documents.get(inputFeedDocumentId);
      const isUsable = document && !document.isReport && document.createdAt > clock.now() - documentLifeMs;
      if (!isUsable) return badInput('feeds', 'Invalid input');
      // The feeds for listings in XML and flat files are gone since 2025-12-03; of the others this fake knows none.
      if (feedType !== 'JSON_LISTINGS_FEED') return badInput('feeds', `The feed type ${feedType} is not available.`);
      if (isTooOften(feedType)) return quotaExceeded();
      const feed = desk.add({ type: feedType, marketplaceIds, documentId: document.id });
      return Response.json({ feedId: feed.id }, { status: 202 });
    },
    getFeeds({ query }) {
      const asked = questionIn(query, clock.now());
      if (!asked) return badInput('feeds', 'Invalid input');
      const { question, start } = asked;
      const { feedTypes, marketplaceIds, processingStatuses, pageSize, createdSince, createdUntil } = question;
      const found = [...feeds.values()]
        .filter(
          (feed) =>
            feedTypes.includes(feed.type) &&
            (marketplaceIds === undefined || feed.marketplaceIds.some((id) => marketplaceIds.includes(id))) &&
            (processingStatuses?.includes(feed.status) ?? true) &&
            feed.createdAt >= (createdSince ?? clock.now() - 90 * dayMs) &&
            feed.createdAt <= (createdUntil ?? clock.now()),
        )
        .toReversed();
      const end = start + pageSize;
      const after = JSON.stringify([asked.text, end]);
      return Response.json({
        feeds: found.slice(start, end).map(feedView),
        ...(found.length > end
          ? { nextToken: writtenToken({ filter: 'feeds', after, expiresAt: clock.now() + dayMs }) }
          : {}),
      });
    },
    getFeed({ params }) {
      const feed = feeds.get(params['feedId'] ?? '');
      return feed ? Response.json(feedView(feed)) : badInput('feeds', 'Invalid input');
    },
    cancelFeed({ params }) {
      const feed = feeds.get(params['feedId'] ?? '');
      if (!feed) return badInput('feeds', 'Invalid input');
      return desk.cancel(feed)
        ? new Response(null, { status: 200 })
        : refused(400, 'InvalidInput', 'Only a feed that is IN_QUEUE is cancelled.');
    },
  } satisfies Record<string, Handler>;
}

/** What is asked for, and from which place on. The token carries the question, so it has to stand alone. */
function questionIn(query: URLSearchParams, now: number) {
  const token = query.get('nextToken');
  if (token !== null && [...query].length > 1) return undefined;
  const position = token === null ? undefined : readToken(token, 'feeds', now);
  if (token !== null && position === undefined) return undefined;
  const [text, start] = position === undefined ? [query.toString(), 0] : positionSchema.parse(JSON.parse(position));
  const question = questionSchema.safeParse(parametersOf(new URLSearchParams(text)));
  return question.success ? { question: question.data, text, start } : undefined;
}

function feedView(feed: FeedRecord) {
  return {
    feedId: feed.id,
    feedType: feed.type,
    marketplaceIds: feed.marketplaceIds,
    createdTime: moment(feed.createdAt),
    processingStatus: feed.status,
    ...(feed.startedAt === undefined ? {} : { processingStartTime: moment(feed.startedAt) }),
    ...(feed.endedAt === undefined ? {} : { processingEndTime: moment(feed.endedAt) }),
    ...(feed.reportId === undefined ? {} : { resultFeedDocumentId: feed.reportId }),
  };
}
