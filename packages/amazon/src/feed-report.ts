import { isCommerceError } from '@crossdock/core';
import type { AmazonClient, CallContext } from './client.ts';
import { issueInWords } from './item-refusal.ts';
import type { ChangeAnswer, ChangeContext, ListingChange } from './listing-change.ts';
import type { AmazonSettings } from './options.ts';
import { documentSchema, reportSchema, type WireReport } from './wire/feed.ts';

/** A feed that has ended, and where its report lies. */
export interface EndedFeed {
  readonly feedId: string;
  readonly documentId: string;
  /** Amazon gave up in the middle: some, none or all of it may be done. Feeds API 2021-06-30, model of 2026-08-05. */
  readonly isAborted: boolean;
}

/** Whether a read that failed may go well the next time: one bad answer says nothing of the feed. */
export function isReadable(error: unknown): boolean {
  return isCommerceError(error) && (error.retryable || error.code === 'response.unexpected');
}

/** Reads what became of each change of a feed, and tries again until `until` where an answer could not be read. */
export function feedReport(client: AmazonClient, { sellerId, clock, feedPollMs }: AmazonSettings) {
  return async function read(
    feed: EndedFeed,
    changes: readonly ListingChange[],
    context: ChangeContext & { readonly until: number },
  ): Promise<readonly ChangeAnswer[]> {
    let isOld = false;
    // Longer each time: ten addresses of documents are given at once, then one in 45 seconds, and a file may be large.
    let pauseMs = feedPollMs;
    for (;;) {
      try {
        const report = await load(feed.documentId, context);
        return reportAnswers(report, { ...feed, sellerId }, changes, context);
      } catch (error) {
        // Its address lives five minutes, which repeats of a slow read may use up: once more under a new one.
        const isRefused: boolean = isCommerceError(error, 'request.rejected') && !isOld;
        if (!isRefused && (!isReadable(error) || clock.now() >= context.until)) throw error;
        isOld ||= isRefused;
        if (isRefused) continue;
        await clock.sleep(Math.min(pauseMs, context.until - clock.now()), context.signal).catch(() => {
          throw error;
        });
        pauseMs *= 2;
      }
    }
  };

  async function load(documentId: string, { operation, lane, signal }: CallContext): Promise<WireReport> {
    const place = await client.send({
      api: 'getFeedDocument',
      operation,
      method: 'GET',
      path: `feeds/2021-06-30/documents/${encodeURIComponent(documentId)}`,
      safety: 'read',
      answer: documentSchema,
      lane,
      signal,
    });
    return client.transfer({ operation, signal, method: 'GET', url: place.url, gunzip: true, answer: reportSchema });
  }
}

/**
 * Pure: what a report says of each change. An error names its message by number, or by SKU where the number is missing.
 * Nobody names what was accepted: that nothing is said of a message means so only where every error has its message, the
 * counts say the same, and the feed was not aborted. Else the message is uncertain.
 */
export function reportAnswers(
  report: WireReport,
  feed: Pick<EndedFeed, 'feedId' | 'isAborted'> & { readonly sellerId: string },
  changes: readonly ListingChange[],
  { refusal }: Pick<ChangeContext, 'refusal'>,
): readonly ChangeAnswer[] {
  const { header, summary } = report;
  const isOurs = header.feedId === feed.feedId && header.sellerId === feed.sellerId;
  if (!isOurs)
    return changes.map(({ sku }) => refusal.uncertain(sku, `the report of feed "${feed.feedId}" is another one's`));
  const { errors, named, ofWhole, strange } = sorted(report.issues, changes);
  const isCounted =
    !feed.isAborted &&
    strange.length === 0 &&
    ofWhole.length === 0 &&
    summary.messagesProcessed === changes.length &&
    summary.messagesInvalid === named.size &&
    summary.messagesAccepted === changes.length - named.size &&
    // Whether an error counts once or for each of its issues is not said.
    summary.errors >= named.size &&
    summary.errors <= errors.length;
  // The file itself was refused, and the counts say that nothing of it was done; of an aborted one, not even looked at.
  const isUntouched = summary.messagesAccepted === 0 && (!feed.isAborted || summary.messagesProcessed === 0);
  const isRefused = ofWhole.length > 0 && strange.length === 0 && isUntouched;
  const unplaced = [...ofWhole, ...strange].slice(0, 3).map(issueInWords).join('; ');
  return changes.map(({ sku }, index) => {
    const issues = named.get(index);
    if (issues) return refusal.rejected(sku, issues);
    if (isRefused) return refusal.rejected(sku, ofWhole);
    if (isCounted) return 'ok';
    const counts = `${summary.messagesAccepted} accepted and ${summary.messagesInvalid} invalid of ${summary.messagesProcessed} with ${summary.errors} errors, and ${changes.length} were sent`;
    const others = unplaced === '' ? '' : `, and said ${unplaced}`;
    const state = feed.isAborted ? 'was aborted and' : 'is done and';
    return refusal.uncertain(sku, `feed "${feed.feedId}" ${state} does not speak of it; it counts ${counts}${others}`);
  });
}

type Issue = WireReport['issues'][number];

/** The errors by the change that they are about, those about the whole file, and what cannot be understood. */
function sorted(issues: readonly Issue[], changes: readonly ListingChange[]) {
  const bySku = new Map(changes.map(({ sku }, index) => [sku, index]));
  const errors = issues.filter(({ severity }) => severity === 'ERROR');
  const strange = issues.filter(({ severity }) => !['ERROR', 'WARNING', 'INFO'].includes(severity));
  const named = new Map<number, Issue[]>();
  const ofWhole: Issue[] = [];
  for (const issue of errors) {
    const { messageId, sku } = issue;
    if (!messageId && !sku) {
      ofWhole.push(issue);
      continue;
    }
    const index = messageId ? messageId - 1 : bySku.get(sku ?? '');
    const change = index === undefined ? undefined : changes[index];
    if (index === undefined || change === undefined || (sku && sku !== change.sku)) strange.push(issue);
    else named.set(index, [...(named.get(index) ?? []), issue]);
  }
  return { errors, named, ofWhole, strange };
}
