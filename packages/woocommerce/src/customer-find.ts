import type { Customer, CustomerIdentity, ReadOptions } from '@crossdock/core';
import type { WooClient } from './client.ts';
import { isRefusal } from './errors.ts';
import { everybody } from './customer-pull.ts';
import { customerOf, parseCustomer, toCustomer, type CustomerReading } from './customer-record.ts';
import { rowsById } from './id-list.ts';
import { customerFields, type WireCustomer } from './wire/customer.ts';
import { rowsSchema } from './wire/rows.ts';

interface FindCall {
  readonly operation: string;
  readonly options?: ReadOptions | undefined;
}

/** The customers with an e-mail address, in upper or lower case. WordPress gives an address to one account. */
export async function customersByEmail(
  client: WooClient,
  email: string,
  { operation, options }: FindCall,
  system: string,
): Promise<readonly WireCustomer[]> {
  const wanted = email.trim().toLowerCase();
  if (!looksLikeEmail(wanted)) return [];
  const search = { ...everybody, email: wanted, per_page: 100, _fields: customerFields };
  const { data } = await client
    .get('wc/v3/customers', { operation, options, search, answer: rowsSchema })
    .catch((error: unknown) => {
      // What WordPress takes for no address nobody has there.
      if (isRefusal(error, (word) => word === 'rest_invalid_param')) return { data: [] };
      throw error;
    });
  return data
    .map((row) => parseCustomer(row, { system, operation }))
    .filter((customer) => customer.email.trim().toLowerCase() === wanted);
}

/** The accounts whose name to log in with ends so. WordPress lets nobody change that name. */
export async function customersByLogin(
  client: WooClient,
  ending: string,
  { operation, options }: FindCall,
  system: string,
): Promise<readonly WireCustomer[]> {
  const search = { ...everybody, search: ending, per_page: 100, orderby: 'id', order: 'asc', _fields: customerFields };
  const { data } = await client.get('wc/v3/customers', { operation, options, search, answer: rowsSchema });
  return data
    .map((row) => parseCustomer(row, { system, operation }))
    .filter(({ username }) => username.toLowerCase().endsWith(ending));
}

/** Whether there can be an account with this address. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

/**
 * Every customer with an identity. An address is asked for; a number alone stands in a meta, which WooCommerce searches
 * not: then all customers are read.
 */
export function customerGet(
  client: WooClient,
  { system, accountNumberMeta }: Pick<CustomerReading, 'system' | 'accountNumberMeta'>,
) {
  const operation = 'customers.get';
  const reading = { system, operation, accountNumberMeta };

  return async function get(identity: CustomerIdentity, options: ReadOptions = {}): Promise<readonly Customer[]> {
    const [email, accountNumber] = [identity.email?.trim(), identity.accountNumber?.trim()];
    if (email === '' || accountNumber === '' || (email === undefined && accountNumber === undefined)) return [];
    if (accountNumber !== undefined && accountNumberMeta === undefined) return [];
    const hasNumber = (customer: Customer) =>
      accountNumber === undefined || customer.accountNumber?.toLowerCase() === accountNumber.toLowerCase();
    if (email !== undefined) {
      const found = await customersByEmail(client, email, { operation, options }, system);
      return found.map((wire) => customerOf(wire, reading)).filter(hasNumber);
    }
    const all: Customer[] = [];
    const list = { operation, path: 'wc/v3/customers', search: { ...everybody, _fields: customerFields } };
    for await (const { rows } of rowsById(client, list, { after: 0, seen: 0 }, options)) {
      all.push(...rows.map((row) => toCustomer(row, reading)).filter(hasNumber));
    }
    return all;
  };
}
