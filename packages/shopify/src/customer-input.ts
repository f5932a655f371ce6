import type { Address, CustomerDraft } from '@crossdock/core';
import { accountNumberOf, mailboxOf, phoneOf } from './customer-identity.ts';
import { markTag, type CustomerMark } from './customer-mark.ts';
import type { Operations } from './documents/operations.generated.ts';

type CustomerInput = Operations['CustomerSet']['variables']['input'];
type AddressInput = NonNullable<CustomerInput['addresses']>[number];

/**
 * What Shopify is asked to make of a draft. The first address is the default one. A number without its country is no
 * identity to Shopify, so it stands on the addresses alone.
 */
export function customerInput(
  draft: CustomerDraft,
  accountNumberTag: string | undefined,
  mark: CustomerMark,
): CustomerInput {
  const phone = phoneOf(draft.phone);
  const local = phone === undefined ? draft.phone?.trim() : undefined;
  const { billingAddress, shippingAddresses } = draft;
  const addresses = [...(billingAddress ? [billingAddress] : []), ...shippingAddresses];
  const account = accountNumberOf(draft);
  const mailbox = mailboxOf(draft.email);
  const accountTag = account === undefined || accountNumberTag === undefined ? [] : [`${accountNumberTag}${account}`];
  return {
    ...namesOf(draft.name),
    ...(mailbox !== undefined && { email: mailbox }),
    ...(phone !== undefined && { phone }),
    ...(addresses.length > 0 && { addresses: addresses.map((address) => addressInput(address, draft, local)) }),
    tags: [...accountTag, markTag(mark)],
  };
}

/** What Shopify has no field for, as metafields: a tax number, and a company where no address could name it. */
export function customerExtra(draft: CustomerDraft): ReadonlyMap<string, string> {
  const extra: readonly (readonly [string, string | undefined])[] = [
    ['company', draft.company?.trim()],
    ['tax_id', draft.taxId?.trim()],
  ];
  return new Map(extra.flatMap(([key, value]) => (value ? [[key, value] as const] : [])));
}

/** Shopify keeps two names and shows them with a blank between: the last word is the second. */
function namesOf(name: string): { readonly firstName?: string; readonly lastName: string } {
  const words = name.trim().split(/\s+/);
  const lastName = words.pop() ?? '';
  return words.length === 0 ? { lastName } : { firstName: words.join(' '), lastName };
}

function addressInput(address: Address, draft: CustomerDraft, localPhone: string | undefined): AddressInput {
  const [address1, ...others] = address.lines;
  const company = address.company ?? draft.company;
  const phone = address.phone ?? localPhone;
  const { city, subdivision, postalCode } = address;
  // Codes of a part of a country are short and in capitals ("OH", "NSW"). A name goes away from the API: it has a line.
  const isCode = subdivision !== undefined && /^[A-Z0-9]{1,3}$/.test(subdivision);
  const further = [...others, ...(subdivision === undefined || isCode ? [] : [subdivision])];
  return {
    ...namesOf(address.name ?? draft.name),
    ...(company !== undefined && { company }),
    ...(address1 !== undefined && { address1 }),
    ...(further.length > 0 && { address2: further.join(', ') }),
    ...(city !== undefined && { city }),
    ...(isCode && { provinceCode: subdivision }),
    ...(postalCode !== undefined && { zip: postalCode }),
    countryCode: address.countryCode,
    ...(phone !== undefined && { phone }),
  };
}
