import * as z from 'zod';
import { badInput } from './api-error.ts';
import type { Call } from './call.ts';
import { listingStatus } from './listing-view.ts';
import { readToken, writtenToken } from './page-token.ts';
import { filterOf, listOf, listUpTo, momentParameter, parametersOf, wholeNumber } from './query.ts';
import type { ListingRecord } from './records.ts';
import type { AmazonStore } from './store.ts';

/** Pages end here. Amazon's model of 2026-08-05, read 2026-11-23. */
const mostResults = 1000;
const tokenLifeMs = 86_400_000;

const questionSchema = z
  .object({
    identifiers: listUpTo(20).optional(),
    identifiersType: z.enum(['ASIN', 'EAN', 'FNSKU', 'GTIN', 'ISBN', 'JAN', 'MINSAN', 'SKU', 'UPC']).optional(),
    withStatus: listOf(['BUYABLE', 'DISCOVERABLE']).optional(),
    withoutStatus: listOf(['BUYABLE', 'DISCOVERABLE']).optional(),
    withIssueSeverity: listOf(['WARNING', 'ERROR']).optional(),
    createdAfter: momentParameter.default(Number.NEGATIVE_INFINITY),
    createdBefore: momentParameter.default(Number.POSITIVE_INFINITY),
    lastUpdatedAfter: momentParameter.default(Number.NEGATIVE_INFINITY),
    lastUpdatedBefore: momentParameter.default(Number.POSITIVE_INFINITY),
    sortBy: z.enum(['sku', 'createdDate', 'lastUpdatedDate']).default('lastUpdatedDate'),
    sortOrder: z.enum(['ASC', 'DESC']).default('DESC'),
    pageSize: wholeNumber(1, 20).default(10),
  })
  // Each of the two is required when the other is there.
  .refine(({ identifiers, identifiersType }) => (identifiers === undefined) === (identifiersType === undefined));
type Question = z.infer<typeof questionSchema>;

/** A page of listings, and how many there are in all. */
export interface ListingPage {
  readonly listings: readonly ListingRecord[];
  readonly total: number;
  readonly nextToken: string | undefined;
  readonly previousToken: string | undefined;
}

/** Finds listings, or says what is wrong with the question. */
export function foundListings({ listings, clock }: AmazonStore, { query }: Call): ListingPage | Response {
  const parsed = questionSchema.safeParse(parametersOf(query));
  if (!parsed.success) return badInput('listings', 'A parameter has a value that is not allowed.');
  const question = parsed.data;
  const filter = filterOf(query, ['pageToken', 'includedData']);
  const token = query.get('pageToken');
  const from = token === null ? '0' : readToken(token, filter, clock.now());
  if (from === undefined) return badInput('listings', 'The pageToken is not valid.');

  const found = [...listings.values()]
    .filter((listing) => isWanted(listing, question))
    .toSorted((a, b) => compared(a, b, question));
  const start = Number(from);
  const end = Math.min(start + question.pageSize, mostResults);
  const tokenAt = (position: number) =>
    writtenToken({ filter, after: String(position), expiresAt: clock.now() + tokenLifeMs });
  return {
    listings: found.slice(start, end),
    total: found.length,
    nextToken: found.length > end && end < mostResults ? tokenAt(end) : undefined,
    previousToken: start > 0 ? tokenAt(Math.max(0, start - question.pageSize)) : undefined,
  };
}

function isWanted(listing: ListingRecord, question: Question): boolean {
  const status = listingStatus(listing);
  const { identifiers, identifiersType, withStatus, withoutStatus, withIssueSeverity } = question;
  const identifier = identifiersType === 'SKU' ? listing.sku : identifiersType === 'ASIN' ? listing.asin : '';
  return (
    (identifiers?.includes(identifier) ?? true) &&
    (withStatus?.some((wanted) => status.includes(wanted)) ?? true) &&
    !withoutStatus?.some((unwanted) => status.includes(unwanted)) &&
    (withIssueSeverity?.some((wanted) => listing.issues.some(({ severity }) => severity === wanted)) ?? true) &&
    listing.createdAt >= question.createdAfter &&
    listing.createdAt <= question.createdBefore &&
    listing.updatedAt >= question.lastUpdatedAfter &&
    listing.updatedAt <= question.lastUpdatedBefore
  );
}

function compared(a: ListingRecord, b: ListingRecord, { sortBy, sortOrder }: Question): number {
  const [one, other] = sortOrder === 'ASC' ? [a, b] : [b, a];
  if (sortBy === 'createdDate') return one.createdAt - other.createdAt;
  if (sortBy === 'lastUpdatedDate') return one.updatedAt - other.updatedAt;
  return one.sku < other.sku ? -1 : one.sku > other.sku ? 1 : 0;
}
