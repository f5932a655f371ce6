import { gid } from '../gid.ts';
import { moneyOf } from '../money.ts';
import type { Address, CustomerRecord } from '../records.ts';
import type { Store } from '../store.ts';
import { offsetOf } from './moment.ts';

type Payload = Readonly<Record<string, unknown>>;

/** A customer in the older REST form. */
export function customerPayload(store: Store, customer: CustomerRecord): Payload {
  const [first] = customer.addresses;
  return {
    id: customer.id,
    admin_graphql_api_id: gid('Customer', customer.id),
    email: customer.email ?? null,
    phone: customer.phone ?? null,
    first_name: customer.firstName ?? null,
    last_name: customer.lastName ?? null,
    created_at: offsetOf(customer.createdAt),
    updated_at: offsetOf(customer.updatedAt),
    currency: store.currency,
    note: customer.note ?? null,
    state: 'disabled',
    tax_exempt: customer.taxExempt,
    tax_exemptions: [],
    verified_email: customer.email !== undefined,
    multipass_identifier: null,
    orders_count: [...store.orders.values()].filter(({ customerId }) => customerId === customer.id).length,
    total_spent: moneyOf(0n, store.currency),
    last_order_id: null,
    last_order_name: null,
    addresses: customer.addresses.map(({ id, address }, at) => addressOf(customer, id, address, at === 0)),
    ...(first ? { default_address: addressOf(customer, first.id, first.address, true) } : {}),
  };
}

function addressOf(customer: CustomerRecord, id: bigint, address: Address, isDefault: boolean): Payload {
  return {
    id,
    customer_id: customer.id,
    first_name: address.firstName ?? null,
    last_name: address.lastName ?? null,
    name: [address.firstName, address.lastName].filter(Boolean).join(' '),
    company: address.company ?? null,
    address1: address.address1 ?? null,
    address2: address.address2 ?? null,
    city: address.city ?? null,
    province: address.province ?? null,
    province_code: address.provinceCode ?? null,
    country: address.country ?? null,
    country_code: address.countryCode ?? null,
    country_name: address.country ?? null,
    zip: address.zip ?? null,
    phone: address.phone ?? null,
    default: isDefault,
  };
}
