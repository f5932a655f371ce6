/**
 * Carriers by our name in small letters and without signs, in Amazon's spelling. The API publishes no list of its codes:
 * "FedEx" is in its examples (model of 2026-08-05), the others are spelled as Seller Central shows them and were not
 * tried. One that is not here goes as "Other". The name goes with every code, so that a buyer reads it in any case.
 */
const codes: Readonly<Record<string, string>> = {
  australiapost: 'Australia Post',
  bpost: 'BPOST',
  canadapost: 'Canada Post',
  chronopost: 'Chronopost',
  correos: 'Correos',
  deutschepost: 'Deutsche Post',
  dhl: 'DHL',
  dhlexpress: 'DHL Express',
  dpd: 'DPD',
  evri: 'Evri',
  fedex: 'FedEx',
  gls: 'GLS',
  hermes: 'Hermes',
  laposte: 'La Poste',
  ontrac: 'OnTrac',
  parcelforce: 'Parcelforce',
  postnl: 'PostNL',
  royalmail: 'Royal Mail',
  tnt: 'TNT',
  ups: 'UPS',
  usps: 'USPS',
  yodel: 'Yodel',
};

/** A carrier as a confirmation names it: by Amazon's code, or "Other", and by its own name. */
export interface AmazonCarrier {
  readonly carrierCode: string;
  readonly carrierName: string;
}

/** The carrier as Amazon wants it. `own` are the team's codes, which come first. */
export function carrierOf(carrier: string, own: Readonly<Record<string, string>>): AmazonCarrier {
  const named = Object.entries(own).find(([name]) => plain(name) === plain(carrier))?.[1];
  const code = named ?? Object.entries(codes).find(([name]) => name === plain(carrier))?.[1];
  return { carrierCode: code ?? 'Other', carrierName: code ?? carrier };
}

/** Whether a package's carrier, as Amazon shows it, is this one. Signs and the size of letters say nothing. */
export function isSameCarrier({ carrierName }: AmazonCarrier, shown: string | null | undefined): boolean {
  return plain(shown ?? '') === plain(carrierName);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}
