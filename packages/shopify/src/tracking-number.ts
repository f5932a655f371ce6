/** What warehouses write where there is no number, as it is compared. */
const placeholders: ReadonlySet<string> = new Set(['N/A', 'NA', 'NONE', 'NIL', 'UNKNOWN', 'TBA', 'PICKUP', '0']);

/** A tracking number as it is compared: people and labels write one with spaces, hyphens and small letters or without. */
export function plainNumber(number: string): string {
  return number.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** Whether it is a number at all, and not a blank, a hyphen or a word that every parcel without one has. */
export function isNumber(number: string): boolean {
  const plain = plainNumber(number);
  return plain !== '' && !placeholders.has(plain);
}
