/** A decimal without the zeros that say nothing: "012.50" and "12.5" are one price. */
export function shortest(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = fraction.replace(/0+$/, '');
  const left = whole.replace(/^0+(?=\d)/, '');
  return digits === '' ? left : `${left}.${digits}`;
}
