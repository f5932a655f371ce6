/** A tracking number as it is compared: people and labels write one with spaces, hyphens and small letters or without. */
export function plainNumber(number: string): string {
  return number.toUpperCase().replaceAll(/[\s-]/g, '');
}
