import { gid } from '../gid.ts';
import { sum } from '../money.ts';
import { page, type PageArgs } from '../paging.ts';
import { orderFields, orderSort, orderWords } from '../queries/order-search.ts';
import { filtered, type Query } from '../queries/filtered.ts';
import type { Context } from '../graphql/context.ts';
import type { GraphQLResolveInfo } from 'graphql';
import type { CustomerRecord, OrderRecord } from '../records.ts';
import { isoOf } from '../store.ts';
import { addressView, nameOf } from './address.ts';
import { metafieldsView } from './metafields.ts';
import { single, type View, type Views } from './views.ts';

/** A buyer. */
export function customerView(views: Views, record: CustomerRecord): View {
  const { store } = views;
  const id = gid('Customer', record.id);
  const orders = () => [...store.orders.values()].filter(({ customerId }) => customerId === record.id);
  const [first] = record.addresses;
  return {
    __typename: 'Customer',
    id,
    legacyResourceId: String(record.id),
    email: record.email ?? null,
    phone: record.phone ?? null,
    defaultEmailAddress:
      record.email === undefined
        ? null
        : {
            __typename: 'CustomerEmailAddress',
            emailAddress: record.email,
            marketingState: 'NOT_SUBSCRIBED',
            validFormat: true,
          },
    defaultPhoneNumber:
      record.phone === undefined ? null : { __typename: 'CustomerPhoneNumber', phoneNumber: record.phone },
    firstName: record.firstName ?? null,
    lastName: record.lastName ?? null,
    displayName: nameOf(record) ?? record.email ?? record.phone ?? '',
    note: record.note ?? null,
    tags: record.tags,
    locale: record.locale,
    state: 'DISABLED',
    taxExempt: record.taxExempt,
    verifiedEmail: record.email !== undefined,
    defaultAddress: first ? addressView(first.id, first.address) : null,
    addressesV2: (args: PageArgs) =>
      page(record.addresses, args, { id: (each) => each.id, view: (each) => addressView(each.id, each.address) }),
    numberOfOrders: () => String(orders().length),
    amountSpent: () => single(sum(orders().map(paidFor)), store.currency),
    lastOrder: () => {
      const last = orders().at(-1);
      return last ? views.order(last) : null;
    },
    orders: (args: PageArgs & Query & { sortKey?: string }, context: Context, info: GraphQLResolveInfo) =>
      page(filtered(orders(), args, orderFields(store), orderWords, context, info), args, {
        id: (each) => each.id,
        sort: orderSort(args.sortKey),
        view: views.order,
      }),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
    ...metafieldsView(views, id),
  };
}

function paidFor({ transactions }: OrderRecord): bigint {
  return sum(
    transactions.map(({ kind, status, amount }) => {
      if (status !== 'SUCCESS') return 0n;
      if (kind === 'REFUND') return -amount;
      return kind === 'SALE' || kind === 'CAPTURE' ? amount : 0n;
    }),
  );
}
