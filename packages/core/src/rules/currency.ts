// What has another number of digits than two. ISO 4217 list one, kept by SIX Group. ICU says 0 for some more (HUF, IDR,
// IQD …), because it follows what shops print; platforms and banks reckon with ISO's.
const digitsOf: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** How many digits after the point a currency's smallest coin has by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  return (Object.hasOwn(digitsOf, currency) ? digitsOf[currency] : undefined) ?? 2;
}
