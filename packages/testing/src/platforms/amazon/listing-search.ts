import { badInput } from './api-error.ts';
import { listIn, momentIn, numberIn, wordsIn, type Call } from './call.ts';
import { listingStatus } from './listing-view.ts';
import { readToken, writtenToken } from './page-token.ts';
import type { ListingRecord } from './records.ts';
import type { AmazonStore } from './store.ts';

const identifierTypes = ['ASIN', 'EAN', 'FNSKU', 'GTIN', 'ISBN', 'JAN', 'MINSAN', 'SKU', 'UPC'] as const;
const states = ['BUYABLE', 'DISCOVERABLE'] as const;
const sorts = ['sku', 'createdDate', 'lastUpdatedDate'] as const;
/** Pages end here. Amazon's model of 2026-08-05, read 2026-11-23. */
const mostResults = 1000;
const tokenLifeMs = 86_400_000;

/** A page of listings, and how many there are in all. */
export interface ListingPage {
  readonly listings: readonly ListingRecord[];
  readonly total: number;
  readonly nextToken: string | undefined;
  readonly previousToken: string | undefined;
}

/** Finds listings, or says what is wrong with the question. */
export function foundListings({ listings, clock }: AmazonStore, { query }: Call): ListingPage | Response {
  const identifiers = listIn(query, 'identifiers');
  const type = wordsIn(query, 'identifiersType', identifierTypes);
  const withStatus = wordsIn(query, 'withStatus', states);
  const withoutStatus = wordsIn(query, 'withoutStatus', states);
  const severities = wordsIn(query, 'withIssueSeverity', ['WARNING', 'ERROR']);
  const sortBy = wordsIn(query, 'sortBy', sorts);
  const order = wordsIn(query, 'sortOrder', ['ASC', 'DESC']);
  const size = numberIn(query, 'pageSize', 1, 20);
  const words = [type, withStatus, withoutStatus, severities, sortBy, order];
  if (words.includes('wrong') || size === 'wrong')
    return badInput('listings', 'A parameter has a value that is not allowed.');
  if ((identifiers === undefined) !== (type === undefined) || (identifiers?.length ?? 0) > 20) {
    return badInput('listings', 'Provide up to 20 identifiers, and identifiersType with them.');
  }
  const times = ['createdAfter', 'createdBefore', 'lastUpdatedAfter', 'lastUpdatedBefore'].map((name) =>
    momentIn(query, name),
  );
  if (times.includes('wrong')) return badInput('listings', 'A date is not in ISO 8601 format.');
  const [createdAfter, createdBefore, updatedAfter, updatedBefore] = times.map((time) => Number(time ?? Number.NaN));
  const within = (at: number, after = Number.NaN, before = Number.NaN) => !(at < after) && !(at > before);

  const isWanted = (listing: ListingRecord) => {
    const status = listingStatus(listing);
    return (
      (identifiers === undefined ||
        identifiers.includes(type?.[0] === 'SKU' ? listing.sku : type?.[0] === 'ASIN' ? listing.asin : '')) &&
      (withStatus === undefined || withStatus === 'wrong' || withStatus.some((state) => status.includes(state))) &&
      (withoutStatus === undefined ||
        withoutStatus === 'wrong' ||
        !withoutStatus.some((state) => status.includes(state))) &&
      (severities === undefined ||
        severities === 'wrong' ||
        listing.issues.some(
          ({ severity }) => severities.includes(severity === 'INFO' ? 'WARNING' : severity) && severity !== 'INFO',
        )) &&
      within(listing.createdAt, createdAfter, createdBefore) &&
      within(listing.updatedAt, updatedAfter, updatedBefore)
    );
  };
  const keyOf = {
    sku: ({ sku }: ListingRecord) => sku,
    createdDate: ({ createdAt }: ListingRecord) => createdAt,
    lastUpdatedDate: ({ updatedAt }: ListingRecord) => updatedAt,
  };
  const key = keyOf[sortBy === undefined || sortBy === 'wrong' ? 'lastUpdatedDate' : (sortBy[0] ?? 'lastUpdatedDate')];
  const sign = order === undefined || order === 'wrong' || order[0] === 'DESC' ? -1 : 1;
  const found = [...listings.values()].filter(isWanted).toSorted((a, b) => sign * compared(key(a), key(b)));

  const filter = filterOf(query);
  const token = query.get('pageToken');
  const from = token === null ? '0' : readToken(token, filter, clock.now());
  if (from === undefined) return badInput('listings', 'The pageToken is not valid.');
  const start = Number(from);
  const count = size ?? 10;
  const tokenAt = (position: number) =>
    writtenToken({ filter, after: String(position), expiresAt: clock.now() + tokenLifeMs });
  const end = Math.min(start + count, mostResults);
  return {
    listings: found.slice(start, end),
    total: found.length,
    nextToken: found.length > end && end < mostResults ? tokenAt(end) : undefined,
    previousToken: start > 0 ? tokenAt(Math.max(0, start - count)) : undefined,
  };
}

function compared(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function filterOf(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'pageToken' && name !== 'includedData')
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
}
