/**
 * Names under which Shopify makes a tracking link by itself, by our name in small letters and without signs. A carrier
 * that is not here goes under its own name. shopify.dev, FulfillmentTrackingInfo.company, read 2026-11-23.
 */
const companies: Readonly<Record<string, string>> = {
  amazonlogistics: 'Amazon Logistics',
  anpost: 'An Post',
  australiapost: 'Australia Post',
  bpost: 'bpost',
  canadapost: 'Canada Post',
  chronopost: 'Chronopost',
  colissimo: 'Colissimo',
  correos: 'Correos',
  deutschepost: 'Deutsche Post',
  dhl: 'DHL Express',
  dhlecommerce: 'DHL eCommerce',
  dhlexpress: 'DHL Express',
  dhlparcel: 'DHL Parcel',
  dpd: 'DPD',
  evri: 'Evri',
  fedex: 'FedEx',
  gls: 'GLS',
  inpost: 'InPost',
  laposte: 'La Poste',
  mondialrelay: 'Mondial Relay',
  ontrac: 'OnTrac',
  parcelforce: 'Parcelforce',
  postnl: 'PostNL',
  postnord: 'PostNord',
  purolator: 'Purolator',
  royalmail: 'Royal Mail',
  swisspost: 'Swiss Post',
  tnt: 'TNT',
  ups: 'UPS',
  usps: 'USPS',
  yodel: 'Yodel',
};

/** The carrier's name as Shopify wants it. `own` are the team's names, which come first. */
export function companyOf(carrier: string, own: Readonly<Record<string, string>>): string {
  const named = Object.entries(own).find(([name]) => plain(name) === plain(carrier))?.[1];
  const known = Object.entries(companies).find(([name]) => name === plain(carrier))?.[1];
  return named ?? known ?? carrier;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
