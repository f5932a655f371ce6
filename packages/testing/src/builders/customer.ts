import type { Customer, CustomerDraft } from '@crossdock/core';
import { anAddress } from './address.ts';

/** A valid customer of the back office, with `change` on top. */
export function aCustomer(change: Partial<Customer> = {}): Customer {
  return {
    ref: { system: 'erp', kind: 'customer', id: '7' },
    name: 'Ada Byron',
    email: 'ada@example.test',
    billingAddress: anAddress(),
    shippingAddresses: [],
    updatedAt: '2026-11-01T09:00:00.000Z',
    ...change,
  };
}

/** The same customer before it is made, with `change` on top. */
export function aCustomerDraft(change: Partial<CustomerDraft> = {}): CustomerDraft {
  const { ref: _ref, updatedAt: _at, ...draft } = aCustomer();
  return { ...draft, ...change };
}
