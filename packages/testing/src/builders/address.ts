import type { Address } from '@crossdock/core';

/** A valid address in Manchester, with `change` on top. */
export function anAddress(change: Partial<Address> = {}): Address {
  return {
    name: 'Ada Byron',
    lines: ['12 Mill Lane', 'Flat 3'],
    city: 'Manchester',
    postalCode: 'M1 2AB',
    countryCode: 'GB',
    phone: '+441610000000',
    email: 'ada@example.test',
    ...change,
  };
}
