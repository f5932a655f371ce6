/**
 * Carrier codes that Amazon knows, by our name in small letters and without signs. Carriers of the Orders API guide and
 * Seller Central's shipment confirmation, developer-docs.amazon.com, read 2026-08-18. One that is not here goes as
 * "Other" with its name.
 */
const codes: Readonly<Record<string, string>> = {
  amazonshipping: 'Amazon Shipping',
  aramex: 'Aramex',
  australiapost: 'Australia Post',
  bpost: 'BPOST',
  canadapost: 'Canada Post',
  chronopost: 'Chronopost',
  colissimo: 'Colissimo',
  correos: 'Correos',
  deutschepost: 'Deutsche Post',
  dhl: 'DHL',
  dhlecommerce: 'DHL eCommerce',
  dhlexpress: 'DHL Express',
  dpd: 'DPD',
  evri: 'Evri',
  fedex: 'FedEx',
  gls: 'GLS',
  hermes: 'Hermes',
  inpost: 'InPost',
  laposte: 'La Poste',
  mondialrelay: 'Mondial Relay',
  ontrac: 'OnTrac',
  parcelforce: 'Parcelforce',
  postnl: 'PostNL',
  postnord: 'PostNord',
  purolator: 'Purolator',
  royalmail: 'Royal Mail',
  tnt: 'TNT',
  ups: 'UPS',
  usps: 'USPS',
  yamatotransport: 'YAMATO',
  yodel: 'Yodel',
};

/** A carrier as a confirmation names it: by Amazon's code, or as "Other" with its own name. */
export interface AmazonCarrier {
  readonly carrierCode: string;
  readonly carrierName?: string;
}

/** The carrier as Amazon wants it. `own` are the team's codes, which come first. */
export function carrierOf(carrier: string, own: Readonly<Record<string, string>>): AmazonCarrier {
  const named = Object.entries(own).find(([name]) => plain(name) === plain(carrier))?.[1];
  const code = named ?? Object.entries(codes).find(([name]) => name === plain(carrier))?.[1];
  return code === undefined ? { carrierCode: 'Other', carrierName: carrier } : { carrierCode: code };
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
