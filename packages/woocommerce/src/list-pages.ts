/** How many pages a list has, as its answer says; `undefined` where something on the way took that away. */
export function pagesOf(headers: Headers): number | undefined {
  const text = headers.get('x-wp-totalpages')?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * Whether a list goes on behind a page. The number of rows tells nothing: plugins hide some, and hosts allow fewer a page
 * than were asked for. Without a word of it only an empty page is the last.
 */
export function goesOn(headers: Headers, page: number, rows: readonly unknown[]): boolean {
  // With no neighbour the link is there as well, and names the API itself. recorded on WooCommerce 10.0.2, 2026-11-23
  if (/;\s*rel="?next"?/i.test(headers.get('link') ?? '')) return true;
  const pages = pagesOf(headers);
  return pages === undefined ? rows.length > 0 : page < pages;
}
