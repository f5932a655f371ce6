import * as z from 'zod';
import { badInput } from './api-error.ts';
import type { Call } from './call.ts';
import { statusOf } from './order-status.ts';
import { readToken, writtenToken } from './page-token.ts';
import { filterOf, listOf, listUpTo, momentParameter, parametersOf, wholeNumber } from './query.ts';
import type { AmazonOrderRecord } from './records.ts';
import { moment, type AmazonStore } from './store.ts';

// An order is in no list before it is two minutes old. Amazon's model of 2026-08-05, read 2026-11-23.
const lagMs = 120_000;
const tokenLifeMs = 86_400_000;

const questionSchema = z.object({
  createdAfter: momentParameter.optional(),
  createdBefore: momentParameter.optional(),
  lastUpdatedAfter: momentParameter.optional(),
  lastUpdatedBefore: momentParameter.optional(),
  fulfillmentStatuses: listOf([
    'PENDING_AVAILABILITY',
    'PENDING',
    'UNSHIPPED',
    'PARTIALLY_SHIPPED',
    'SHIPPED',
    'CANCELLED',
    'UNFULFILLABLE',
  ]).optional(),
  marketplaceIds: listUpTo(50).optional(),
  fulfilledBy: listOf(['MERCHANT', 'AMAZON']).optional(),
  maxResultsPerPage: wholeNumber(1, 100).default(100),
});
type Question = z.infer<typeof questionSchema>;

/** A page of orders, with the bound that it was taken with. */
export interface OrderPage {
  readonly orders: readonly AmazonOrderRecord[];
  readonly nextToken: string | undefined;
  readonly bound: Readonly<Record<string, string>>;
}

/** Finds orders, or says what is wrong with the question. */
export function foundOrders({ clock, orders, unlisted }: AmazonStore, { query }: Call): OrderPage | Response {
  const now = clock.now();
  const parsed = questionSchema.safeParse(parametersOf(query));
  if (!parsed.success) return badInput('orders', `${String(parsed.error.issues[0]?.path[0])} is not valid.`);
  const question = parsed.data;
  const range = rangeOf(question, now);
  if (typeof range === 'string') return badInput('orders', range);

  const filter = filterOf(query, ['paginationToken', 'maxResultsPerPage', 'includedData']);
  const token = query.get('paginationToken');
  const goesOn = token === null ? undefined : readToken(token, filter, now);
  if (token !== null && goesOn === undefined) return badInput('orders', 'The paginationToken is not valid.');
  const [untilText, last = ''] = goesOn?.split('|') ?? [];
  // The pages after the first end where the first ended, else they would never end.
  const until = untilText === undefined ? range.until : Number(untilText);

  const timeOf = (order: AmazonOrderRecord) => (range.isByCreation ? order.createdAt : order.updatedAt);
  const found = [...orders.values()]
    .filter(({ id }) => !unlisted.has(id))
    .filter((order) => timeOf(order) >= range.after && timeOf(order) <= until && isWanted(order, question))
    .map((order) => ({ key: `${String(timeOf(order)).padStart(15, '0')} ${order.id}`, order }))
    .filter(({ key }) => key > last)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = found.slice(0, question.maxResultsPerPage);
  const end = page.at(-1);
  return {
    orders: page.map(({ order }) => order),
    nextToken:
      end && found.length > page.length
        ? writtenToken({ filter, after: `${until}|${end.key}`, expiresAt: now + tokenLifeMs })
        : undefined,
    bound: { [range.isByCreation ? 'createdBefore' : 'lastUpdatedBefore']: moment(until) },
  };
}

/** Which moments are meant, or what is wrong with them. */
function rangeOf(question: Question, now: number) {
  const { createdAfter, createdBefore, lastUpdatedAfter, lastUpdatedBefore } = question;
  const isByCreation = createdAfter !== undefined;
  const after = createdAfter ?? lastUpdatedAfter;
  const before = isByCreation ? createdBefore : lastUpdatedBefore;
  const other = isByCreation ? (lastUpdatedAfter ?? lastUpdatedBefore) : createdBefore;
  if (after === undefined || other !== undefined) return 'Provide exactly one of createdAfter and lastUpdatedAfter.';
  if (before !== undefined && (before < after || before > now - lagMs)) {
    return 'The end of the range is before its start or less than two minutes ago.';
  }
  return { isByCreation, after, until: before ?? now - lagMs };
}

function isWanted(order: AmazonOrderRecord, { fulfillmentStatuses, marketplaceIds, fulfilledBy }: Question): boolean {
  const status: string = statusOf(order);
  return (
    (marketplaceIds?.includes(order.marketplaceId) ?? true) &&
    (fulfilledBy?.includes(order.fulfilledBy) ?? true) &&
    (fulfillmentStatuses?.some((wanted) => wanted === status) ?? true)
  );
}
