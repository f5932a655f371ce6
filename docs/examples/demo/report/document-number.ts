/**
 * "#536365" and its replacement "#536365-2" are about document 536365, and so is Amazon's "026-0536365-0000000", whose
 * replacement is "026-0536365-0000000-2".
 */
export function documentNumber(reference: string | undefined): string {
  const number = (reference ?? '').replace('#', '');
  const atAmazon = /^\d{3}-0*(\d+)-\d{7}(?:-|$)/.exec(number)?.[1];
  return atAmazon ?? number.split('-')[0] ?? '';
}
