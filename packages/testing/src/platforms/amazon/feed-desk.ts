import { feedMessages, type FeedMessage } from './feed-file.ts';
import type { Documents } from './documents.ts';
import type { ListingDesk } from './listing-desk.ts';
import type { Notices } from './notices.ts';
import type { FeedRecord } from './records.ts';
import type { AmazonStore } from './store.ts';

/** Works feeds off, one of a type at a time. */
export interface FeedDesk {
  add(feed: Omit<FeedRecord, 'id' | 'createdAt' | 'status' | 'startedAt' | 'endedAt' | 'reportId'>): FeedRecord;
  /** Whether it was still in the queue. */
  cancel(feed: FeedRecord): boolean;
}

type Issue = {
  readonly messageId?: number;
  readonly sku?: string;
  readonly code: string;
  readonly severity: 'ERROR' | 'WARNING' | 'INFO';
  readonly message: string;
  readonly attributeName?: string;
};

/** Makes the desk. Half of the delay a feed waits, half of it is worked on. */
export function feedDesk(
  store: AmazonStore,
  parts: {
    readonly documents: Documents;
    readonly desk: ListingDesk;
    readonly notices: Notices;
    readonly delayMs: number;
  },
): FeedDesk {
  const { clock, schedule, feeds, ids } = store;
  const { documents, desk, notices, delayMs } = parts;
  const halfMs = Math.floor(delayMs / 2);
  const busy = new Set<string>();
  const waiting = new Map<string, FeedRecord[]>();

  function start(feed: FeedRecord): void {
    if (feed.status !== 'IN_QUEUE') return;
    if (busy.has(feed.type)) {
      waiting.set(feed.type, [...(waiting.get(feed.type) ?? []), feed]);
      return;
    }
    busy.add(feed.type);
    feed.status = 'IN_PROGRESS';
    feed.startedAt = clock.now();
    schedule.after(delayMs - halfMs, () => {
      work(feed);
      busy.delete(feed.type);
      const queue = waiting.get(feed.type) ?? [];
      waiting.delete(feed.type);
      for (const next of queue) start(next);
    });
  }

  function work(feed: FeedRecord): void {
    const text = store.documents.get(feed.documentId)?.text;
    const marketplaceId = feed.marketplaceIds[0] ?? store.marketplaceId;
    const file = text === undefined || isTooLarge(text) ? undefined : feedMessages(text, store.sellerId, marketplaceId);
    const report = file ? worked(file.messages) : malformed();
    feed.status = file ? 'DONE' : 'FATAL';
    feed.endedAt = clock.now();
    feed.reportId = documents.keep(JSON.stringify(written(feed, report, file?.report))).id;
    notices.feedFinished(feed);
  }

  /** Every message for itself: one that is wrong keeps no other from being taken. */
  function worked(messages: readonly FeedMessage[]) {
    const issues: Issue[] = [];
    let accepted = 0;
    for (const { messageId, sku, submission } of messages) {
      const name = { ...(messageId === undefined ? {} : { messageId }), ...(sku === undefined ? {} : { sku }) };
      if (!submission) {
        // Recorded in public by users, amzn/selling-partner-api-models #4554.
        issues.push({ ...name, code: 'BAD_REQUEST', severity: 'ERROR', message: 'Invalid parameters provided.' });
        continue;
      }
      const result = desk.submit(submission);
      if (result.status !== 'INVALID') accepted += 1;
      for (const { code, severity, message, attributeNames } of result.issues) {
        const attributeName = attributeNames?.[0];
        issues.push({ ...name, code, severity, message, ...(attributeName === undefined ? {} : { attributeName }) });
      }
    }
    return { issues, processed: messages.length, accepted };
  }

  return {
    add(given) {
      const feed: FeedRecord = {
        ...given,
        id: ids.digits(11),
        createdAt: clock.now(),
        status: 'IN_QUEUE',
        startedAt: undefined,
        endedAt: undefined,
        reportId: undefined,
      };
      feeds.set(feed.id, feed);
      schedule.after(halfMs, () => start(feed));
      return feed;
    },
    cancel(feed) {
      if (feed.status !== 'IN_QUEUE') return false;
      feed.status = 'CANCELLED';
      feed.endedAt = clock.now();
      notices.feedFinished(feed);
      return true;
    },
  };

  function written(feed: FeedRecord, { issues, processed, accepted }: ReturnType<typeof worked>, report?: object) {
    const count = (severity: string) => issues.filter((issue) => issue.severity === severity).length;
    return {
      header: { sellerId: store.sellerId, version: '2.0', feedId: feed.id, ...(report ? { report } : {}) },
      issues,
      summary: {
        errors: count('ERROR'),
        warnings: count('WARNING'),
        messagesProcessed: processed,
        messagesAccepted: accepted,
        messagesInvalid: processed - accepted,
      },
    };
  }
}

/** A file is to have 10 MiB at most. developer-docs.amazon.com, read 2026-08-18. */
const mostBytes = 10 * 1024 * 1024;

function isTooLarge(text: string): boolean {
  return new TextEncoder().encode(text).byteLength > mostBytes;
}

/** An issue without a message is one of the whole file. */
function malformed(): { readonly issues: Issue[]; readonly processed: number; readonly accepted: number } {
  const message = 'The feed does not follow the schema of JSON_LISTINGS_FEED.';
  return { issues: [{ code: 'BAD_REQUEST', severity: 'ERROR', message }], processed: 0, accepted: 0 };
}
