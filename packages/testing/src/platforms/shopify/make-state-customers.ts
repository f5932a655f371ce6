import { gid, idIn } from './gid.ts';
import { changeEmail, customerByEmail, customerByPhone, dropCustomer, makeCustomer } from './life/customers.ts';
import { tagsOf } from './life/make-product.ts';
import { metafieldsOf, setMetafield, textOf } from './life/metafields.ts';
import { refused, touch, type Shop } from './life/shop.ts';
import type { Privacy } from './privacy.ts';
import type { CustomerRecord } from './records.ts';
import type { CustomerInput, CustomerState, ProtectedField, ShopCustomer } from './state-customers.ts';
import { isoOf, type Store } from './store.ts';

/** Makes the part of the state door that customers are behind. */
export function customerState(shop: Shop, privacy: Privacy): CustomerState {
  const { store } = shop;
  const find = (id: string) => {
    const number = idIn(id, 'Customer');
    const customer = number === undefined ? undefined : store.customers.get(number);
    if (!customer) throw refused(`The shop has no customer "${id}". Take an id that addCustomer answered.`);
    return customer;
  };
  const write = (customer: CustomerRecord, input: CustomerInput, topic: 'customers/create' | 'customers/update') => {
    refuseTaken(store, input, customer);
    const { email, tags, addresses, metafields, ...rest } = input;
    Object.assign(customer, rest, tags ? { tags: tagsOf(tags) } : {});
    if (email !== undefined) changeEmail(store, customer, email);
    if (addresses) customer.addresses = addresses.map((address) => ({ id: store.nextId(), address }));
    for (const field of metafields ?? []) setMetafield(shop, gid('Customer', customer.id), textOf(field));
    touch(shop, customer);
    shop.tell([{ topic, customer }]);
    return shownCustomer(store, customer);
  };
  return {
    addCustomer(input) {
      refuseTaken(store, input, undefined);
      return write(makeCustomer(store, {}), input, 'customers/create');
    },
    changeCustomer: (id, change) => write(find(id), change, 'customers/update'),
    touchCustomer: (id) => write(find(id), {}, 'customers/update'),
    deleteCustomer(id) {
      const customer = find(id);
      if ([...store.orders.values()].some(({ customerId }) => customerId === customer.id))
        throw refused(`Customer "${id}" was not deleted: orders name it.`);
      dropCustomer(shop, customer);
    },
    get customers() {
      return [...store.customers.values()].map((customer) => shownCustomer(store, customer));
    },
    customer: (id) => shownCustomer(store, find(id)),
    protectCustomerData({ objects = [], fields = protectedFields }) {
      return privacy.protect(
        objects,
        protectedFields.filter((each) => !fields.includes(each)),
      );
    },
  };
}

const protectedFields: readonly ProtectedField[] = ['name', 'email', 'phone', 'address'];

function refuseTaken(store: Store, { email, phone }: CustomerInput, self: CustomerRecord | undefined): void {
  const others = [email && customerByEmail(store, email), phone && customerByPhone(store, phone)];
  if (others.some((other) => typeof other === 'object' && other !== self))
    throw refused('The customer was not written: another one has that mailbox or number.');
}

function shownCustomer(store: Store, record: CustomerRecord): ShopCustomer {
  const id = gid('Customer', record.id);
  const { email, phone, firstName, lastName, note, taxExempt } = record;
  return {
    id,
    email,
    phone,
    firstName,
    lastName,
    note,
    taxExempt,
    tags: [...record.tags],
    addresses: record.addresses.map(({ address }) => ({ ...address })),
    metafields: metafieldsOf(store, id).map(({ namespace, key, type, value }) => ({ namespace, key, type, value })),
    createdAt: isoOf(record.createdAt),
    updatedAt: isoOf(record.updatedAt),
  };
}
