import { CommerceError, type Address, type Party, type Ref } from '@crossdock/core';
import type { WireAddress, WireOrder } from './wire/order.ts';

/** Who bought, as far as the application's roles show it. The e-mail is one that Amazon forwards. */
export function toBuyer({ buyer }: WireOrder): Party | undefined {
  const party = {
    ...named('name', buyer?.buyerName),
    ...named('company', buyer?.buyerCompanyName),
    ...named('email', buyer?.buyerEmail),
  };
  return Object.keys(party).length === 0 ? undefined : party;
}

/** Where it goes. Throws `address.invalid` for an address without a country: nobody can ship there. */
export function toAddress(wire: WireAddress | null | undefined, ref: Ref<'order'>): Address | undefined {
  if (!wire) return undefined;
  const countryCode = wire.countryCode?.trim().toUpperCase() ?? '';
  if (!/^[A-Z]{2}$/.test(countryCode)) {
    throw new CommerceError({
      code: 'address.invalid',
      system: ref.system,
      refs: [ref],
      message: `Order "${ref.id}" was not read: its address names no country. Look at the order in Seller Central, then replay.`,
    });
  }
  const lines = [wire.addressLine1, wire.addressLine2, wire.addressLine3].flatMap((line) => text(line) ?? []);
  return {
    ...named('name', wire.name),
    ...named('company', wire.companyName),
    lines,
    ...named('city', text(wire.city) ?? text(wire.municipality) ?? wire.districtOrCounty),
    ...named('subdivision', text(wire.stateOrRegion) ?? wire.districtOrCounty),
    ...named('postalCode', wire.postalCode),
    countryCode,
    ...named('phone', wire.phone),
  };
}

/** A text without blanks at its ends, `undefined` where nothing is left: Amazon sends empty texts for what is not there. */
export function text(value: string | null | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}

function named<const K extends string>(key: K, value: string | null | undefined): { readonly [P in K]?: string } {
  const found = text(value);
  // An object with one known key, which the compiler takes for one with any.
  return (found === undefined ? {} : { [key]: found }) as { readonly [P in K]?: string };
}
