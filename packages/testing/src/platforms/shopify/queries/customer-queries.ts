import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../graphql/context.ts';
import { customerByEmail, customerByPhone } from '../life/customers.ts';
import { isSearchable } from '../life/searchable.ts';
import { page, type Sort } from '../paging.ts';
import type { CustomerRecord } from '../records.ts';
import { numberField, textField, timeField, wordField, type SearchFields } from '../search.ts';
import type { Store } from '../store.ts';
import { byCustomId, type CustomId } from './catalogue-queries.ts';
import { filtered } from './filtered.ts';
import { countOf, type ById, type CountArgs, type ListArgs } from './list-args.ts';
import { numberOf, typed } from './lookup.ts';

/** A customer by what is unique of it. */
export type CustomerIdentifier = {
  readonly id?: string | null;
  readonly emailAddress?: string | null;
  readonly phoneNumber?: string | null;
  readonly customId?: CustomId | null;
};

/** What can be asked of customers. */
export const customerQueries = {
  customer: ({ id }: ById, context: Context) => typed(context, id, 'Customer'),
  customerByIdentifier: ({ identifier }: { readonly identifier: CustomerIdentifier }, { shop, views }: Context) => {
    const customer = identifiedCustomer(shop.store, identifier);
    return customer ? views.customer(customer) : null;
  },
  customers: (args: ListArgs, context: Context, info: GraphQLResolveInfo) => {
    const { store } = context.shop;
    const all = [...store.customers.values()].filter(isSearchable(store));
    return page(filtered(all, args, customerFields(store), customerWords, context, info), args, {
      id: ({ id }) => id,
      sort: customerSort(args.sortKey),
      view: context.views.customer,
    });
  },
  customersCount: (args: CountArgs, context: Context, info: GraphQLResolveInfo) => {
    const all = [...context.shop.store.customers.values()];
    return countOf(filtered(all, args, countedFields, customerWords, context, info).length, args);
  },
};

/** The customer that is meant, if there is one. */
export function identifiedCustomer(
  store: Store,
  { id, emailAddress, phoneNumber, customId }: CustomerIdentifier,
): CustomerRecord | undefined {
  if (id != null) return store.customers.get(numberOf(id, 'Customer'));
  if (emailAddress != null) return customerByEmail(store, emailAddress);
  if (phoneNumber != null) return customerByPhone(store, phoneNumber);
  return customId ? byCustomId(store, 'Customer', customId, store.customers) : undefined;
}

// Counting knows fewer filters than listing. Names from the schema of API 2026-10, read 2026-11-26.
const countedFields: SearchFields<CustomerRecord> = {
  id: numberField(({ id }) => id),
  created_at: timeField(({ createdAt }) => createdAt),
  updated_at: timeField(({ updatedAt }) => updatedAt),
};

function customerFields(store: Store): SearchFields<CustomerRecord> {
  const ordersOf = ({ id }: CustomerRecord) => [...store.orders.values()].filter(({ customerId }) => customerId === id);
  return {
    ...countedFields,
    // Known, and never set in the fake.
    ...Object.fromEntries(
      ['accepts_marketing', 'last_abandoned_order_date', 'total_spent'].map((name) => [name, () => () => false]),
    ),
    customer_date: timeField(({ createdAt }) => createdAt),
    email: wordField(({ email }) => email),
    phone: (how, value) => {
      const digits = value.replace(/\D/g, '');
      return value === '*' || digits === ''
        ? textField(({ phone }: CustomerRecord) => phone)(how, value)
        : ({ phone }) => phone !== undefined && phone.replace(/\D/g, '').endsWith(digits);
    },
    first_name: wordField(({ firstName }) => firstName),
    last_name: wordField(({ lastName }) => lastName),
    state: textField(() => 'disabled'),
    tag: textField(({ tags }) => tags),
    tag_not: (_how, value) => (customer) => !customer.tags.some((tag) => tag.toLowerCase() === value.toLowerCase()),
    country: textField(({ addresses }) =>
      addresses.flatMap(({ address }) => [address.country ?? [], address.countryCode ?? []].flat()),
    ),
    orders_count: numberField((customer) => BigInt(ordersOf(customer).length)),
    order_date: (how, value) => {
      const isThen = timeField((at: { readonly createdAt: number }) => at.createdAt)(how, value);
      return (customer) => ordersOf(customer).some(isThen);
    },
  };
}

function customerWords({ firstName, lastName, email, phone }: CustomerRecord): readonly string[] {
  return [[firstName, lastName].filter(Boolean).join(' '), email ?? '', phone ?? ''];
}

function customerSort(key: string | undefined): Sort<CustomerRecord> | undefined {
  switch (key) {
    case 'UPDATED_AT':
      return { kind: 'time', value: ({ updatedAt }) => updatedAt };
    case 'CREATED_AT':
      return { kind: 'time', value: ({ createdAt }) => createdAt };
    case 'NAME':
      return { kind: 'text', value: ({ lastName, firstName }) => `${lastName ?? ''}, ${firstName ?? ''}` };
    case 'LOCATION':
      return { kind: 'text', value: ({ addresses }) => addresses[0]?.address.city ?? '' };
    case undefined:
    default:
      return undefined;
  }
}
