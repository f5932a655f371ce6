/** A marketplace as the API names it. */
export interface Marketplace {
  readonly id: string;
  readonly countryCode: string;
  readonly name: string;
  readonly currency: string;
  readonly language: string;
  readonly domain: string;
}

const rows = [
  ['ATVPDKIKX0DER', 'US', 'Amazon.com', 'USD', 'en_US', 'www.amazon.com'],
  ['A2EUQ1WTGCTBG2', 'CA', 'Amazon.ca', 'CAD', 'en_CA', 'www.amazon.ca'],
  ['A1AM78C64UM0Y8', 'MX', 'Amazon.com.mx', 'MXN', 'es_MX', 'www.amazon.com.mx'],
  ['A2Q3Y263D00KWC', 'BR', 'Amazon.com.br', 'BRL', 'pt_BR', 'www.amazon.com.br'],
  ['A1F83G8C2ARO7P', 'GB', 'Amazon.co.uk', 'GBP', 'en_GB', 'www.amazon.co.uk'],
  ['A1PA6795UKMFR9', 'DE', 'Amazon.de', 'EUR', 'de_DE', 'www.amazon.de'],
  ['A13V1IB3VIYZZH', 'FR', 'Amazon.fr', 'EUR', 'fr_FR', 'www.amazon.fr'],
  ['APJ6JRA9NG5V4', 'IT', 'Amazon.it', 'EUR', 'it_IT', 'www.amazon.it'],
  ['A1RKKUPIHCS9HS', 'ES', 'Amazon.es', 'EUR', 'es_ES', 'www.amazon.es'],
  ['A1805IZSGTT6HS', 'NL', 'Amazon.nl', 'EUR', 'nl_NL', 'www.amazon.nl'],
  ['A2NODRKZP88ZB9', 'SE', 'Amazon.se', 'SEK', 'sv_SE', 'www.amazon.se'],
  ['A1C3SOZRARQ6R3', 'PL', 'Amazon.pl', 'PLN', 'pl_PL', 'www.amazon.pl'],
  ['AMEN7PMS3EDWL', 'BE', 'Amazon.com.be', 'EUR', 'fr_BE', 'www.amazon.com.be'],
  ['A28R8C7NBKEWEA', 'IE', 'Amazon.ie', 'EUR', 'en_IE', 'www.amazon.ie'],
  ['A33AVAJ2PDY3EV', 'TR', 'Amazon.com.tr', 'TRY', 'tr_TR', 'www.amazon.com.tr'],
  ['A1VC38T7YXB528', 'JP', 'Amazon.co.jp', 'JPY', 'ja_JP', 'www.amazon.co.jp'],
] as const;

/** Marketplaces by id. developer-docs.amazon.com, read 2026-08-18. */
export const marketplaces: ReadonlyMap<string, Marketplace> = new Map(
  rows.map(([id, countryCode, name, currency, language, domain]) => [
    id,
    { id, countryCode, name, currency, language, domain },
  ]),
);

/** A marketplace by its id. Throws for one that the fake does not know: a mistake of the test. */
export function marketplaceOf(id: string): Marketplace {
  const found = marketplaces.get(id);
  if (!found) throw new RangeError(`The fake knows no marketplace "${id}". Take one of Amazon's ids.`);
  return found;
}
