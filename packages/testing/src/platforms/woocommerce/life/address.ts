import type { WooAddress } from '../records.ts';
import { isBody, textOf } from '../rest/body.ts';
import type { Json } from '@crossdock/core';

/** The fields of an address, in the order in which they are shown. Billing has an e-mail, shipping has none. */
export const addressFields = [
  'first_name',
  'last_name',
  'company',
  'address_1',
  'address_2',
  'city',
  'state',
  'postcode',
  'country',
  'phone',
] as const;

/** An address with nothing in it. */
export function emptyAddress(kind: 'billing' | 'shipping'): WooAddress {
  const name = { first_name: '', last_name: '', company: '', address_1: '', address_2: '' };
  const place = { city: '', state: '', postcode: '', country: '' };
  return kind === 'billing' ? { ...name, ...place, email: '', phone: '' } : { ...name, ...place, phone: '' };
}

/** Fields that were sent replace what is there, the others stay. */
export function mergeAddress(address: WooAddress, sent: Json): void {
  if (!isBody(sent)) return;
  for (const field of addressFields) address[field] = textOf(sent[field]) ?? address[field];
  if (address.email !== undefined) address.email = textOf(sent['email']) ?? address.email;
}
