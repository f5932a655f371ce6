import type { GraphQLResolveInfo } from 'graphql';
import { bulkQueries } from '../bulk/queries.ts';
import type { Context } from '../graphql/context.ts';
import { page, type Connection } from '../paging.ts';
import type { SubscriptionRecord } from '../records.ts';
import { shopView } from '../views/shop.ts';
import { locationFields, subscriptionFields } from './catalogue-search.ts';
import { catalogueQueries } from './catalogue-queries.ts';
import { customerQueries } from './customer-queries.ts';
import { filtered, type Query } from './filtered.ts';
import { countOf, type ById, type CountArgs, type ListArgs } from './list-args.ts';
import { handlingQueries } from './handling.ts';
import { isVisible, jobOf, nodeOf, numberOf, typed, visibleOrder } from './lookup.ts';
import { orderFields, orderSort, orderWords } from './order-search.ts';

/** Everything that can be asked at the root. */
export const queryRoot = {
  ...handlingQueries,
  shop: (_args: unknown, { views, plan }: Context) => shopView(views, plan),
  node: ({ id }: ById, context: Context) => nodeOf(context, id),
  nodes: ({ ids }: { readonly ids: readonly string[] }, context: Context) => ids.map((id) => nodeOf(context, id)),
  order: ({ id }: ById, context: Context) => {
    const order = visibleOrder(context, numberOf(id, 'Order'));
    return order ? context.views.order(order) : null;
  },
  orderByIdentifier: ({ identifier }: { readonly identifier: { readonly id?: string } }, context: Context) =>
    identifier.id === undefined ? null : queryRoot.order({ id: identifier.id }, context),
  orders: (args: ListArgs, context: Context, info: GraphQLResolveInfo): Connection =>
    page(matchingOrders(args, context, info), args, {
      id: ({ id }) => id,
      sort: orderSort(args.sortKey),
      view: context.views.order,
    }),
  ordersCount: (args: CountArgs, context: Context, info: GraphQLResolveInfo) =>
    countOf(matchingOrders(args, context, info).length, args),
  fulfillment: ({ id }: ById, context: Context) => typed(context, id, 'Fulfillment'),
  fulfillmentOrder: ({ id }: ById, context: Context) => typed(context, id, 'FulfillmentOrder'),
  location: ({ id }: { readonly id?: string | null }, context: Context) => {
    const first = context.shop.store.locations.values().next().value;
    if (id == null) return first ? context.views.location(first) : null;
    return typed(context, id, 'Location');
  },
  locations: (args: ListArgs & { readonly includeInactive?: boolean }, context: Context, info: GraphQLResolveInfo) => {
    const all = [...context.shop.store.locations.values()].filter(({ active }) => active || args.includeInactive);
    return page(
      filtered(all, args, locationFields, ({ name }) => [name], context, info),
      args,
      {
        id: ({ id }) => id,
        sort: args.sortKey === 'ID' ? undefined : { kind: 'text', value: ({ name }) => name },
        view: context.views.location,
      },
    );
  },
  locationsCount: (args: CountArgs, context: Context, info: GraphQLResolveInfo) => {
    const all = [...context.shop.store.locations.values()];
    return countOf(filtered(all, args, locationFields, ({ name }) => [name], context, info).length, args);
  },
  ...catalogueQueries,
  ...customerQueries,
  ...bulkQueries,
  webhookSubscription: ({ id }: ById, context: Context) => typed(context, id, 'WebhookSubscription'),
  webhookSubscriptions: (args: ListArgs & SubscriptionFilter, context: Context, info: GraphQLResolveInfo) => {
    const { store } = context.shop;
    const all = [...store.subscriptions.values()].filter((each) => each.by === 'api' && isWanted(each, args));
    return page(
      filtered(all, args, subscriptionFields, () => [], context, info),
      args,
      {
        id: ({ id }) => id,
        sort: args.sortKey === 'ID' ? undefined : { kind: 'time', value: ({ createdAt }) => createdAt },
        view: context.views.subscription,
      },
    );
  },
  job: ({ id }: ById, context: Context) => jobOf(context, id),
  currentAppInstallation: (_args: unknown, { scopes }: Context) => ({
    id: 'gid://shopify/AppInstallation/612345678901',
    accessScopes: [...(scopes ?? allScopes)].map((handle) => ({ handle, description: handle })),
    app: {
      id: 'gid://shopify/App/98765432101',
      title: 'Crossdock',
      handle: 'crossdock',
      apiKey: 'fake-client-id',
      webhookApiVersion: '2026-07',
    },
  }),
};

/** What a token may do that was not restricted. */
const allScopes: readonly string[] = [
  'read_all_orders',
  ...[
    'orders',
    'products',
    'inventory',
    'locations',
    'customers',
    'returns',
    'fulfillments',
    'shipping',
    'assigned_fulfillment_orders',
    'merchant_managed_fulfillment_orders',
    'third_party_fulfillment_orders',
  ].flatMap((name) => [`read_${name}`, `write_${name}`]),
];

type SubscriptionFilter = {
  readonly topics?: readonly string[] | null;
  readonly uri?: string | null;
  readonly callbackUrl?: string | null;
  readonly format?: string | null;
};

function isWanted({ topic, uri }: SubscriptionRecord, wanted: SubscriptionFilter): boolean {
  const address = wanted.uri ?? wanted.callbackUrl;
  // All of the fake's are JSON.
  return wanted.format !== 'XML' && (!wanted.topics || wanted.topics.includes(topic)) && (!address || address === uri);
}

function matchingOrders(args: Query, context: Context, info: GraphQLResolveInfo) {
  const { store } = context.shop;
  const all = [...store.orders.values()].filter((order) => isVisible(context, order) && !store.unlisted.has(order.id));
  return filtered(all, args, orderFields(store), orderWords, context, info);
}
