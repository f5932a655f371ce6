import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { idIn } from '../gid.ts';
import { maySee } from '../life/fulfillment-access.ts';
import { isSearchable } from '../life/searchable.ts';
import { page, type PageArgs } from '../paging.ts';
import type { FulfillmentOrderRecord } from '../records.ts';
import { returnReasons } from '../return-reasons.ts';
import { numberField, textField, type SearchFields } from '../search.ts';
import { reasonView, returnableViews } from '../views/return.ts';
import { filtered, type Query } from './filtered.ts';
import { fulfillmentOrderFields } from './fulfillment-order-search.ts';
import { handlingNode } from './handling-nodes.ts';
import { numberOf, visibleOrder } from './lookup.ts';

type ById = { readonly id: string };
type ListArgs = PageArgs & Query & { readonly sortKey?: string };
type Assignment =
  | 'CANCELLATION_REQUESTED'
  | 'FULFILLMENT_ACCEPTED'
  | 'FULFILLMENT_REQUESTED'
  | 'FULFILLMENT_UNSUBMITTED';

/** What can be asked of payments, returns, fulfillment orders and services. */
export const handlingQueries = {
  refund: ({ id }: ById, context: Context) => typed(context, id, 'Refund'),
  return: ({ id }: ById, context: Context) => typed(context, id, 'Return'),
  returnableFulfillment: ({ id }: ById, context: Context) => typed(context, id, 'ReturnableFulfillment'),
  reverseFulfillmentOrder: ({ id }: ById, context: Context) => typed(context, id, 'ReverseFulfillmentOrder'),
  fulfillmentService: ({ id }: ById, context: Context) => typed(context, id, 'FulfillmentService'),
  returnableFulfillments: (args: PageArgs & { readonly orderId: string }, context: Context) => {
    const order = visibleOrder(context, numberOf(args.orderId, 'Order'));
    const rows = order ? returnableViews(context.views, order) : [];
    return page(rows, args, { id: ({ number }) => number, view: (row) => row });
  },
  returnReasonDefinitions: (
    args: ListArgs & { readonly handles?: readonly string[] | null; readonly ids?: readonly string[] | null },
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    const ids = args.ids?.map((id) => idIn(id, 'ReturnReasonDefinition'));
    const wanted = returnReasons.filter(
      ({ id, handle }) => (!ids || ids.includes(id)) && (!args.handles || args.handles.includes(handle)),
    );
    return page(
      filtered(wanted, args, reasonFields, ({ name }) => [name], context, info),
      args,
      {
        id: ({ id }) => id,
        sort:
          args.sortKey === 'HANDLE' || args.sortKey === 'NAME'
            ? { kind: 'text', value: (row) => (args.sortKey === 'NAME' ? row.name : row.handle) }
            : undefined,
        view: reasonView,
      },
    );
  },
  fulfillmentOrders: (
    args: ListArgs & { readonly includeClosed?: boolean },
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    const all = [...context.shop.store.fulfillmentOrders.values()];
    // Closed, canceled and incomplete ones are left out unless they are asked for. Schema of API 2026-10, read 2026-11-26.
    const wanted = args.includeClosed ? all : all.filter(({ status }) => !over.has(status));
    return fulfillmentOrderPage(wanted, args, context, info);
  },
  manualHoldsFulfillmentOrders: (args: ListArgs, context: Context, info: GraphQLResolveInfo) => {
    const held = [...context.shop.store.fulfillmentOrders.values()].filter(({ status }) => status === 'ON_HOLD');
    return fulfillmentOrderPage(held, args, context, info);
  },
  // Only what is assigned to a location of the app itself: that of a fulfillment service it made.
  assignedFulfillmentOrders: (
    args: ListArgs & { readonly assignmentStatus?: Assignment | null; readonly locationIds?: readonly string[] | null },
    context: Context,
    info: GraphQLResolveInfo,
  ) => {
    const { store } = context.shop;
    const own = [...store.services.values()].filter((service) => service.own).map(({ locationId }) => locationId);
    const places = args.locationIds?.map((id) => numberOf(id, 'Location'));
    const rows = [...store.fulfillmentOrders.values()].filter(
      (record) =>
        own.includes(record.locationId) &&
        (!places || places.includes(record.locationId)) &&
        (args.assignmentStatus ? isAssigned(record, args.assignmentStatus) : record.status !== 'CLOSED'),
    );
    return fulfillmentOrderPage(rows, args, context, info);
  },
};

const over: ReadonlySet<string> = new Set(['CLOSED', 'CANCELLED', 'INCOMPLETE']);

const reasonFields: SearchFields<(typeof returnReasons)[number]> = {
  id: numberField(({ id }) => id),
  handle: textField(({ handle }) => handle),
  name: textField(({ name }) => name),
  deleted: (_how, value) => () => value === 'false',
};

function isAssigned({ requestStatus, status }: FulfillmentOrderRecord, wanted: Assignment): boolean {
  if (over.has(status)) return false;
  switch (wanted) {
    case 'FULFILLMENT_UNSUBMITTED':
      return requestStatus === 'UNSUBMITTED';
    case 'FULFILLMENT_REQUESTED':
      return requestStatus === 'SUBMITTED';
    case 'FULFILLMENT_ACCEPTED':
      return requestStatus === 'ACCEPTED' || requestStatus === 'CANCELLATION_REJECTED';
    case 'CANCELLATION_REQUESTED':
      return requestStatus === 'CANCELLATION_REQUESTED';
  }
}

function fulfillmentOrderPage(
  rows: readonly FulfillmentOrderRecord[],
  args: ListArgs,
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { store } = context.shop;
  const seen = rows.filter(isSearchable(store)).filter(maySee(context.scopes, store));
  return page(
    filtered(seen, args, fulfillmentOrderFields, () => [], context, info),
    args,
    {
      id: ({ id }) => id,
      sort: args.sortKey === 'UPDATED_AT' ? { kind: 'time', value: ({ updatedAt }) => updatedAt } : undefined,
      view: context.views.fulfillmentOrder,
    },
  );
}

function typed(context: Context, id: string, type: string) {
  return handlingNode(context, type, numberOf(id, type)) ?? null;
}
