/** "#536365" and its replacement "#536365-2" are about document 536365. */
export function documentNumber(reference: string | undefined): string {
  return (reference ?? '').replace('#', '').split('-')[0] ?? '';
}
