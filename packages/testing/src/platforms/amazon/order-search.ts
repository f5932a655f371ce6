import { badInput } from './api-error.ts';
import { listIn, momentIn, numberIn, wordsIn, type Call } from './call.ts';
import { statusOf } from './order-status.ts';
import { readToken, writtenToken } from './page-token.ts';
import type { AmazonOrderRecord } from './records.ts';
import { moment, type AmazonStore } from './store.ts';

// An order is in no list before it is two minutes old. Amazon's model of 2026-08-05, read 2026-11-23.
const lagMs = 120_000;
const tokenLifeMs = 86_400_000;
const statuses = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
] as const;

/** A page of orders, with the bound that it was taken with. */
export interface OrderPage {
  readonly orders: readonly AmazonOrderRecord[];
  readonly nextToken: string | undefined;
  readonly bound: Readonly<Record<string, string>>;
}

/** Finds orders, or says what is wrong with the question. */
export function foundOrders({ clock, orders }: AmazonStore, { query }: Call): OrderPage | Response {
  const now = clock.now();
  const created = { after: momentIn(query, 'createdAfter'), before: momentIn(query, 'createdBefore') };
  const updated = { after: momentIn(query, 'lastUpdatedAfter'), before: momentIn(query, 'lastUpdatedBefore') };
  const isByCreation = created.after !== undefined;
  const [asked, other] = isByCreation ? [created, updated] : [updated, created];
  const { after, before } = asked;
  if (after === 'wrong' || before === 'wrong') return badInput('orders', 'A date is not in ISO 8601 format.');
  if (after === undefined || other.after !== undefined || other.before !== undefined) {
    return badInput('orders', 'Provide exactly one of createdAfter and lastUpdatedAfter.');
  }
  if (before !== undefined && (before < after || before > now - lagMs)) {
    return badInput('orders', 'The end of the range is before its start or less than two minutes ago.');
  }
  const wanted = wordsIn(query, 'fulfillmentStatuses', statuses);
  const fulfilledBy = wordsIn(query, 'fulfilledBy', ['MERCHANT', 'AMAZON']);
  const size = numberIn(query, 'maxResultsPerPage', 1, 100);
  const marketplaceIds = listIn(query, 'marketplaceIds');
  if (wanted === 'wrong' || fulfilledBy === 'wrong' || size === 'wrong' || (marketplaceIds?.length ?? 0) > 50) {
    return badInput('orders', 'A filter has a value that is not allowed.');
  }

  const filter = filterOf(query);
  const token = query.get('paginationToken');
  const goesOn = token === null ? undefined : readToken(token, filter, now);
  if (token !== null && goesOn === undefined) return badInput('orders', 'The paginationToken is not valid.');
  const [untilText, last = ''] = goesOn?.split('|') ?? [];
  // The pages after the first end where the first ended, else they would never end.
  const until = untilText === undefined ? (before ?? now - lagMs) : Number(untilText);

  const timeOf = (order: AmazonOrderRecord) => (isByCreation ? order.createdAt : order.updatedAt);
  const keyOf = (order: AmazonOrderRecord) => `${String(timeOf(order)).padStart(15, '0')} ${order.id}`;
  const found = [...orders.values()]
    .filter(
      (order) =>
        timeOf(order) >= after &&
        timeOf(order) <= until &&
        (marketplaceIds?.includes(order.marketplaceId) ?? true) &&
        (fulfilledBy?.includes(order.fulfilledBy) ?? true) &&
        (wanted?.includes(statusOf(order)) ?? true),
    )
    .map((order) => ({ key: keyOf(order), order }))
    .filter(({ key }) => key > last)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = found.slice(0, size ?? 100);
  const end = page.at(-1);
  return {
    orders: page.map(({ order }) => order),
    nextToken:
      end && found.length > page.length
        ? writtenToken({ filter, after: `${until}|${end.key}`, expiresAt: now + tokenLifeMs })
        : undefined,
    bound: { [isByCreation ? 'createdBefore' : 'lastUpdatedBefore']: moment(until) },
  };
}

/** All of the question but what may change from page to page. */
function filterOf(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => !['paginationToken', 'maxResultsPerPage', 'includedData'].includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
}
