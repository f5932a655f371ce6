/**
 * Whether a file may be read from or put at a link of Shopify's: it has its right to be used in it, so it goes over no open
 * line; a fake platform listens on the machine itself. Nor is a link followed to another place: `redirect: 'manual'`.
 */
export function isSafeLink(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}
