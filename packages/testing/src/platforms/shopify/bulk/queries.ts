import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { page } from '../paging.ts';
import { filtered } from '../queries/filtered.ts';
import type { ById, ListArgs } from '../queries/list-args.ts';
import { numberOf } from '../queries/lookup.ts';
import { numberField, textField, timeField, type SearchFields } from '../search.ts';
import { statusAt, type BulkRecord } from './records.ts';
import { bulkView } from './view.ts';

// Names from the schema of API 2026-10, read 2026-11-26: there is none for the client's own identifier.
const fields = (now: number): SearchFields<BulkRecord> => ({
  id: numberField(({ id }) => id),
  created_at: timeField(({ createdAt }) => createdAt),
  operation_type: textField(({ type }) => type),
  status: textField((record) => statusAt(record, now)),
});

/** What can be asked of work on many records. */
export const bulkQueries = {
  bulkOperation: ({ id }: ById, context: Context) => {
    const record = context.shop.store.bulkOperations.get(numberOf(id, 'BulkOperation'));
    return record ? bulkView(record, context) : null;
  },
  // Newest first unless it is reversed. Schema of API 2026-10, read 2026-11-26.
  bulkOperations: (args: ListArgs, context: Context, info: GraphQLResolveInfo) =>
    page(
      filtered(
        [...context.shop.store.bulkOperations.values()],
        args,
        fields(context.shop.store.clock.now()),
        () => [],
        context,
        info,
      ),
      { ...args, reverse: !args.reverse },
      {
        id: ({ id }) => id,
        sort: {
          kind: 'time',
          value: ({ createdAt, completedAt }) => (args.sortKey === 'COMPLETED_AT' ? (completedAt ?? 0) : createdAt),
        },
        view: (record) => bulkView(record, context),
      },
    ),
  currentBulkOperation: ({ type }: { readonly type?: string | null }, context: Context) => {
    const last = [...context.shop.store.bulkOperations.values()].findLast((each) => each.type === (type ?? 'QUERY'));
    return last ? bulkView(last, context) : null;
  },
};
