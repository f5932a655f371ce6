import { CommerceError } from '@crossdock/core';

/**
 * The address as it is compared, or why WordPress would never deliver to it: WooCommerce takes any and says nothing.
 * WordPress source, wp_http_validate_url, read 2026-11-23; a refused port was recorded on WooCommerce 10.0.2, 2026-11-23.
 */
export function addressOf(address: string, { system, url }: { readonly system: string; readonly url: string }): string {
  const wanted = URL.parse(address);
  const shop = new URL(url);
  const reason = wanted ? misfit(wanted, shop) : 'it is no address of the web';
  if (wanted && reason === undefined) return wanted.href;
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation: 'webhooks.subscribe',
    message: `Nothing was subscribed at "${system}": WordPress would not deliver to this address, because ${reason}. Pass one such as "https://receiver.example/hooks".`,
  });
}

/** Whether two addresses are one: "https://receiver.example" and "https://receiver.example/" are. */
export function isSameAddress(one: string, other: string): boolean {
  return one === other || (URL.parse(one)?.href ?? one) === (URL.parse(other)?.href ?? other);
}

function misfit(wanted: URL, shop: URL): string | undefined {
  const { protocol, hostname, port, username, password } = wanted;
  if (protocol !== 'https:' && protocol !== 'http:') return 'it speaks neither https nor http';
  // A delivery holds what a buyer wrote. A shop that is spoken to without TLS is one under development.
  if (protocol === 'http:' && shop.protocol === 'https:') return 'everybody on the way would read the orders';
  if (username !== '' || password !== '') return 'there is a password in it';
  const isOwn = hostname === shop.hostname;
  if (!['', '80', '443', '8080'].includes(port) && !(isOwn && port === shop.port)) {
    return `its port is "${port}", and only 80, 443 and 8080 are let through`;
  }
  if (hostname.startsWith('[')) return 'it names a machine by IPv6';
  if (!isOwn && isPrivate(hostname)) return 'it is of a private network';
  return undefined;
}

function isPrivate(host: string): boolean {
  if (host === 'localhost') return true;
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  if (!parts) return false;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  if (first === 0 || first === 10 || first === 127) return true;
  return (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
}
