import type { Address } from '@crossdock/core';
import type { PartnerWire } from './wire/partner.ts';

/** The parts of a partner that are an address, as texts; empty ones are "". */
export interface AddressFields {
  readonly name: string;
  readonly street: string;
  readonly street2: string;
  readonly city: string;
  readonly zip: string;
  readonly phone: string;
  readonly email: string;
  readonly countryId: number;
  readonly stateId: number | undefined;
}

/** What an address needs of Odoo's lists: its country, and its subdivision if Odoo has it. */
export interface Places {
  readonly countryId: number;
  readonly stateId: number | undefined;
}

/**
 * An address as a partner's fields. Odoo has two street lines: further ones, and a subdivision that Odoo does not list,
 * stand in the second, so that everything is on the label.
 */
export function fromAddress(address: Address, places: Places, fallbackName: string): AddressFields {
  const [street = '', ...more] = address.lines;
  const unlisted = places.stateId === undefined && address.subdivision ? [address.subdivision] : [];
  const name = address.name ?? address.company ?? fallbackName;
  const company = address.company !== undefined && address.company !== name ? [address.company] : [];
  return {
    name,
    street,
    street2: [...company, ...more, ...unlisted].join(', '),
    city: address.city ?? '',
    zip: address.postalCode ?? '',
    phone: address.phone ?? '',
    email: address.email ?? '',
    countryId: places.countryId,
    stateId: places.stateId,
  };
}

/** The columns of an address in `load`, after a prefix such as "child_ids/". */
export const addressColumns = [
  'name',
  'street',
  'street2',
  'city',
  'zip',
  'phone',
  'email',
  'country_id/.id',
  'state_id/.id',
];

export function addressCells(fields: AddressFields): readonly string[] {
  const { name, street, street2, city, zip, phone, email, countryId, stateId } = fields;
  return [
    name,
    street,
    street2,
    city,
    zip,
    phone,
    email,
    String(countryId),
    stateId === undefined ? '' : String(stateId),
  ];
}

/**
 * Whether a partner is this address already. Capitals, and how many blanks there are, make no other place; a telephone
 * number or e-mail that the address leaves out may be there.
 */
export function isAddress(partner: PartnerWire, fields: AddressFields): boolean {
  return (
    written.every((part) => folded(partner[part]) === folded(fields[part])) &&
    reached.every((part) => fields[part] === '' || folded(partner[part]) === folded(fields[part])) &&
    partner.country_id?.id === fields.countryId &&
    partner.state_id?.id === fields.stateId
  );
}

const written = ['name', 'street', 'street2', 'city', 'zip'] as const;
const reached = ['phone', 'email'] as const;

function folded(text: string | null): string {
  return (text ?? '').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** A partner as an address, or `undefined` while it has no country. `countries` are ISO codes by id. */
export function toAddress(partner: PartnerWire, countries: ReadonlyMap<number, string>): Address | undefined {
  const countryCode = partner.country_id === null ? undefined : countries.get(partner.country_id.id);
  if (countryCode === undefined) return undefined;
  const lines = [partner.street, partner.street2].filter((line): line is string => line !== null && line !== '');
  return {
    ...(partner.name ? { name: partner.name } : {}),
    ...(partner.company_name ? { company: partner.company_name } : {}),
    lines,
    ...(partner.city ? { city: partner.city } : {}),
    // Odoo shows a state with its country: "New York (US)".
    ...(partner.state_id === null ? {} : { subdivision: partner.state_id.name.replace(/ \([A-Z]{2}\)$/, '') }),
    ...(partner.zip ? { postalCode: partner.zip } : {}),
    countryCode,
    ...(partner.phone ? { phone: partner.phone } : {}),
    ...(partner.email ? { email: partner.email } : {}),
  };
}
