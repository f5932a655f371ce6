import { gid } from '../gid.ts';
import type { Address } from '../records.ts';
import type { View } from './views.ts';

/** An address of an order or a customer. The older `countryCode` is a plain text, `countryCodeV2` an enum. */
export function addressView(ownerId: bigint, address: Address | undefined): View | null {
  if (!address) return null;
  const name = nameOf(address);
  const { countryCode } = address;
  return {
    __typename: 'MailingAddress',
    ...blank,
    ...address,
    id: `${gid('MailingAddress', ownerId)}?model_name=Address`,
    name,
    countryCodeV2: countryCode ?? null,
    coordinatesValidated: false,
    latitude: null,
    longitude: null,
    timeZone: null,
    formattedArea: [address.city, address.provinceCode, address.country].filter(Boolean).join(', ') || null,
    formatted: ({ withName, withCompany }: { withName?: boolean; withCompany?: boolean }) =>
      [
        withName && name,
        withCompany && address.company,
        address.address1,
        address.address2,
        [address.city, address.provinceCode, address.zip].filter(Boolean).join(' '),
        address.country,
      ].filter(Boolean),
  };
}

/** The parts of an address that a warehouse needs, as a fulfillment order shows them. */
export function destinationView(id: bigint, address: Address, contact: { email?: string; phone?: string }): View {
  const { provinceCode: _code, country: _country, ...rest } = address;
  return {
    __typename: 'FulfillmentOrderDestination',
    ...blank,
    ...rest,
    id: gid('FulfillmentOrderDestination', id),
    email: contact.email ?? null,
    phone: address.phone ?? contact.phone ?? null,
    location: null,
  };
}

/** What an address may lack is null, and known to be. */
const blank = {
  firstName: null,
  lastName: null,
  company: null,
  address1: null,
  address2: null,
  city: null,
  province: null,
  provinceCode: null,
  zip: null,
  country: null,
  countryCode: null,
  phone: null,
};

/** First and last name with a space, or null when there is neither. */
export function nameOf({ firstName, lastName }: Pick<Address, 'firstName' | 'lastName'>): string | null {
  return [firstName, lastName].filter(Boolean).join(' ') || null;
}
