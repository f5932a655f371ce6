import type { CustomerRecord } from '../records.ts';
import { gid } from '../gid.ts';
import type { Store } from '../store.ts';
import type { Shop } from './shop.ts';

/** What a customer is made of. */
export type CustomerDraft = Partial<Omit<CustomerRecord, 'id' | 'createdAt' | 'updatedAt'>>;

/** Makes a customer, and tells nobody. */
export function makeCustomer(store: Store, draft: CustomerDraft): CustomerRecord {
  const now = store.second();
  const record: CustomerRecord = {
    email: undefined,
    phone: undefined,
    firstName: undefined,
    lastName: undefined,
    note: undefined,
    locale: 'en',
    tags: [],
    taxExempt: false,
    addresses: [],
    ...draft,
    id: store.nextId(),
    createdAt: now,
    updatedAt: now,
  };
  store.customers.set(record.id, record);
  if (record.email !== undefined) store.byEmail.set(mailKey(record.email), record);
  return record;
}

/** The customer with that address, whatever its case. */
export function customerByEmail(store: Store, email: string): CustomerRecord | undefined {
  return store.byEmail.get(mailKey(email));
}

/** The customer with that number. */
export function customerByPhone(store: Store, phone: string): CustomerRecord | undefined {
  return [...store.customers.values()].find((each) => each.phone === phone);
}

/** Gives a customer another address. */
export function changeEmail(store: Store, customer: CustomerRecord, email: string | undefined): void {
  if (customer.email !== undefined) store.byEmail.delete(mailKey(customer.email));
  customer.email = email;
  if (email !== undefined) store.byEmail.set(mailKey(email), customer);
}

/** Takes a customer away. Throws nothing when orders name it: whoever deletes looks first. */
export function dropCustomer({ store, tell }: Shop, customer: CustomerRecord): void {
  changeEmail(store, customer, undefined);
  store.customers.delete(customer.id);
  store.metafields.delete(gid('Customer', customer.id));
  tell([{ topic: 'customers/delete', customer }]);
}

function mailKey(email: string): string {
  return email.trim().toLowerCase();
}
