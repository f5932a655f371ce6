/** Where the seller's account is: Europe with the Middle East, Africa and India, North America with Brazil, the Far East. */
export type AmazonRegion = 'eu' | 'na' | 'fe';

/** One of Amazon's stores: the region whose API serves it, and the currency in which it sells. */
export interface Marketplace {
  readonly region: AmazonRegion;
  readonly country: string;
  readonly currency: string;
}

/** Amazon's stores by their id. developer-docs.amazon.com, Marketplace IDs, read 2026-08-18. */
const marketplaces: Readonly<Record<string, Marketplace>> = {
  ATVPDKIKX0DER: { region: 'na', country: 'US', currency: 'USD' },
  A2EUQ1WTGCTBG2: { region: 'na', country: 'CA', currency: 'CAD' },
  A1AM78C64UM0Y8: { region: 'na', country: 'MX', currency: 'MXN' },
  A2Q3Y263D00KWC: { region: 'na', country: 'BR', currency: 'BRL' },
  A1F83G8C2ARO7P: { region: 'eu', country: 'GB', currency: 'GBP' },
  A1PA6795UKMFR9: { region: 'eu', country: 'DE', currency: 'EUR' },
  A13V1IB3VIYZZH: { region: 'eu', country: 'FR', currency: 'EUR' },
  APJ6JRA9NG5V4: { region: 'eu', country: 'IT', currency: 'EUR' },
  A1RKKUPIHCS9HS: { region: 'eu', country: 'ES', currency: 'EUR' },
  A1805IZSGTT6HS: { region: 'eu', country: 'NL', currency: 'EUR' },
  A2NODRKZP88ZB9: { region: 'eu', country: 'SE', currency: 'SEK' },
  A1C3SOZRARQ6R3: { region: 'eu', country: 'PL', currency: 'PLN' },
  AMEN7PMS3EDWL: { region: 'eu', country: 'BE', currency: 'EUR' },
  A28R8C7NBKEWEA: { region: 'eu', country: 'IE', currency: 'EUR' },
  A33AVAJ2PDY3EV: { region: 'eu', country: 'TR', currency: 'TRY' },
  A17E79C6D8DWNP: { region: 'eu', country: 'SA', currency: 'SAR' },
  A2VIGQ35RCS4UG: { region: 'eu', country: 'AE', currency: 'AED' },
  ARBP9OOSHTCHU: { region: 'eu', country: 'EG', currency: 'EGP' },
  A21TJRUUN4KGV: { region: 'eu', country: 'IN', currency: 'INR' },
  AE08WJ6YKNBMC: { region: 'eu', country: 'ZA', currency: 'ZAR' },
  A1VC38T7YXB528: { region: 'fe', country: 'JP', currency: 'JPY' },
  A39IBJ37TRP1C6: { region: 'fe', country: 'AU', currency: 'AUD' },
  A19VAU5U5O7RUS: { region: 'fe', country: 'SG', currency: 'SGD' },
};

/** The store with this id, `undefined` where none has it. */
export function marketplaceOf(id: string): Marketplace | undefined {
  return Object.hasOwn(marketplaces, id) ? marketplaces[id] : undefined;
}
