import { CommerceError, itemRefusals as refusalsOf, type ItemRefusals as Refusals } from '@crossdock/core';
import { tidy } from './errors.ts';
import type { OlderFeed } from './older-feed.ts';
import type { WireIssue } from './wire/listing.ts';

/** Refusals of one item of a list, each a sentence about its SKU. */
export interface ItemRefusals extends Refusals {
  unknown(sku: string): CommerceError;
  /** Amazon looked at what was sent and refused it. */
  rejected(sku: string, issues: readonly WireIssue[]): CommerceError;
  /** It was set, and a feed that was made before may set it anew. */
  overtaken(sku: string, feed: OlderFeed): CommerceError;
  /** Nobody knows what became of the item. */
  uncertain(sku: string, seen: string, cause?: CommerceError): CommerceError;
}

/** `failed` is what became of the SKU: "was not set". */
export function itemRefusals(about: {
  readonly system: string;
  readonly operation: string;
  readonly failed: string;
}): ItemRefusals {
  const { system, operation } = about;
  const { of, twice } = refusalsOf(about);
  return {
    of,
    twice,
    unknown: (sku) =>
      of('sku.unknown', sku, 'the seller has no listing of it there', 'List it or correct the SKU, then replay.'),
    rejected(sku, issues) {
      const errors = issues.filter(({ severity }) => severity === 'ERROR');
      const said = (errors.length > 0 ? errors : issues).slice(0, 3).map(issueInWords);
      const seen = said.length > 0 ? `Amazon said ${said.join('; ')}` : 'Amazon refused it without a reason';
      return of('record.rejected', sku, seen, 'Correct the listing there or the value here, then replay.');
    },
    overtaken: (sku, feed) =>
      new CommerceError({
        code: 'write.in-flight',
        system,
        operation,
        message:
          'feedId' in feed
            ? `SKU "${sku}" was set in "${system}" and may change again: feed "${feed.feedId}", made before, is not done. Replay when it is.`
            : `SKU "${sku}" was set in "${system}" and may change again: whether a feed that was made before is done could not be read. Replay later.`,
        retryAfterMs: overtakenMs,
        cause: 'cause' in feed ? feed.cause : undefined,
      }),
    uncertain: (sku, seen, cause) =>
      new CommerceError({
        code: 'write.uncertain',
        system,
        operation,
        message: `SKU "${sku}" may or may not be set in "${system}": ${seen}. Look it up there, or replay: a repeat sets the same value.`,
        cause,
      }),
  };
}

/** How long to wait before a look whether a feed is done: they take minutes. */
const overtakenMs = 60_000;

/** An issue as Amazon words it, without what may be secret. */
export function issueInWords({ code, message }: WireIssue): string {
  return `"${tidy([code, message].filter((part) => part).join(': '))}"`;
}
