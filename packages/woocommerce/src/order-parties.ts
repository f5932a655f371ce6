import { CommerceError, type Address, type Party, type Ref } from '@crossdock/core';
import type { WireAddress, WireOrder } from './wire/order.ts';

/** Who bought. A guest has no record, whatever the e-mail address. */
export function toBuyer(order: WireOrder, system: string, accountNumberMeta: string | undefined): Party | undefined {
  const { billing, customer_id: customer } = order;
  const party: Party = {
    ...(customer ? { ref: { system, kind: 'customer' as const, id: String(customer) } } : {}),
    ...textOf('name', nameOf(billing)),
    ...textOf('company', billing.company),
    ...textOf('email', billing.email),
    ...textOf('phone', billing.phone),
    ...textOf('accountNumber', accountNumberOf(order, accountNumberMeta)),
  };
  return Object.keys(party).length === 0 ? undefined : party;
}

/** `undefined` where nothing but a country stands in it, or not even that: nobody can write letters there. */
export function toBillingAddress({ billing }: WireOrder): Address | undefined {
  const address = isEmpty(billing) ? undefined : toAddress(billing);
  return address && { ...address, ...textOf('email', billing.email) };
}

/** Where the goods go. Unlike a bill's, an address without a country is refused: a parcel would be lost. */
export function toShippingAddress({ shipping, number }: WireOrder, ref: Ref<'order'>): Address | undefined {
  if (isEmpty({ ...shipping, phone: '' })) return undefined;
  const address = toAddress({ ...shipping, phone: shipping.phone ?? '' });
  if (address) return address;
  throw new CommerceError({
    code: 'address.invalid',
    system: ref.system,
    refs: [ref],
    message: `Order "${number}" of "${ref.system}" was not taken over: its shipping address has no country. Correct the address in WooCommerce, then replay.`,
  });
}

/** `undefined` without a country. */
export function toAddress(wire: WireAddress): Address | undefined {
  const countryCode = wire.country.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(countryCode)) return undefined;
  return {
    ...textOf('name', nameOf(wire)),
    ...textOf('company', wire.company),
    lines: [wire.address_1, wire.address_2].map((line) => line.trim()).filter((line) => line !== ''),
    ...textOf('city', wire.city),
    ...textOf('subdivision', wire.state),
    ...textOf('postalCode', wire.postcode),
    countryCode,
    ...textOf('phone', wire.phone),
  };
}

/** A checkout that ships nothing fills in the shop's own country and state at most. */
/** Whether nobody could write a letter there. */
export function isEmpty({ country: _country, state: _state, phone: _phone, ...wire }: WireAddress): boolean {
  const { first_name, last_name, company, address_1, address_2, city, postcode } = wire;
  return [first_name, last_name, company, address_1, address_2, city, postcode].every((part) => part.trim() === '');
}

/** As people write it. */
export function nameOf(wire: Pick<WireAddress, 'first_name' | 'last_name'>): string {
  return `${wire.first_name.trim()} ${wire.last_name.trim()}`.trim();
}

function accountNumberOf({ meta_data }: WireOrder, key: string | undefined): string | undefined {
  const value = key === undefined ? undefined : meta_data.find((meta) => meta.key === key)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : undefined;
}

/** The field with its text, or nothing where that is blank. */
export function textOf<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  if (value === undefined || value.trim() === '') return {};
  // A computed key widens to string for the compiler; it is K.
  return { [key]: value.trim() } as { [P in K]?: string };
}
