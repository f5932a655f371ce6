/** The till's country names as ISO 3166-1 alpha-2. A name that is not here waits for a person, it is never guessed. */
export const countryCodes: Readonly<Record<string, string>> = {
  Australia: 'AU',
  Belgium: 'BE',
  EIRE: 'IE',
  France: 'FR',
  Germany: 'DE',
  Italy: 'IT',
  Japan: 'JP',
  Lithuania: 'LT',
  Netherlands: 'NL',
  Norway: 'NO',
  Poland: 'PL',
  Portugal: 'PT',
  Spain: 'ES',
  Switzerland: 'CH',
  'United Kingdom': 'GB',
};
