/** Stock codes that name no goods. What a line with one of them is, in the words of a distributor. */
export const carriageCodes: Readonly<Record<string, string>> = {
  POST: 'Postage',
  DOT: 'Dotcom postage',
  C2: 'Carriage',
};

/** Codes that need a person: the line says a price, but not for what. */
export const manualCodes: Readonly<Record<string, string>> = {
  M: 'a manual line: the till names a price and no article',
  D: 'a discount without an order to take it from',
  'BANK CHARGES': "a bank's charge, which is no sale",
};
