import { countryCodes } from '../../till/countries.ts';
import type { TillDocument } from '../../till/document.ts';

/** Where a sale goes. The file has no addresses, so they are made up from the account. */
export function addressOf({ account, country }: TillDocument) {
  const countryCode = countryCodes[country];
  if (countryCode === undefined) throw new RangeError(`No code is known for the country "${country}".`);
  return {
    company: `Account ${account ?? 'unknown'}`,
    name: account ?? 'unknown',
    street: '1 Market Street',
    city: country,
    postcode: 'X1 1XX',
    countryCode,
  };
}
