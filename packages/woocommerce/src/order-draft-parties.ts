import type { Address, OrderDraft, Party } from '@crossdock/core';

/** Where the bill goes and where the goods go, as WooCommerce keeps them. What is empty is left out: it refuses `null`. */
export function fromParties(draft: OrderDraft): { readonly billing?: object; readonly shipping?: object } {
  const { billingAddress, shippingAddress, buyer } = draft;
  // Tax may go by either address, so an order with one of the two gets it as both.
  const billing = fromAddress(billingAddress ?? shippingAddress, buyer);
  const shipping = fromAddress(shippingAddress);
  const email = (buyer?.email ?? billingAddress?.email ?? shippingAddress?.email ?? '').trim();
  const bill = { ...billing, ...(email !== '' && { email }) };
  return {
    ...(Object.keys(bill).length > 0 && { billing: bill }),
    ...(Object.keys(shipping).length > 0 && { shipping }),
  };
}

/** The fields of an address, without those that are empty. What it does not name is the buyer's. */
export function fromAddress(address: Address | undefined, buyer?: Party): Readonly<Record<string, string>> {
  const [first, ...more] = address?.lines ?? [];
  const fields: Readonly<Record<string, string | undefined>> = {
    ...namesOf(address?.name ?? buyer?.name),
    company: address?.company ?? buyer?.company,
    address_1: first,
    // WooCommerce has two lines, and a parcel needs all of them.
    address_2: more.join(', '),
    city: address?.city,
    state: address?.subdivision,
    postcode: address?.postalCode,
    country: address?.countryCode,
    phone: address?.phone ?? buyer?.phone,
  };
  const filled = Object.entries(fields).flatMap(([name, value]): [string, string][] => {
    const text = value?.trim() ?? '';
    return text === '' ? [] : [[name, text]];
  });
  return Object.fromEntries(filled);
}

/** The last word is the family's name, which read together gives the same again. */
export function namesOf(name = ''): { readonly first_name?: string; readonly last_name?: string } {
  const words = name.trim().split(/\s+/);
  if (words.length < 2) return { first_name: words.join(' ') };
  return { first_name: words.slice(0, -1).join(' '), last_name: words.at(-1) ?? '' };
}
