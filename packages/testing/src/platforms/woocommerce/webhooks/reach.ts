/**
 * Whether WordPress delivers to an address: ports 80, 443 and 8080 only, and nothing private, unless it is the shop's own
 * host. Ports recorded on WooCommerce 10.0.2, 2026-11-23 (webhook-badport); private hosts from WordPress source.
 */
export function isReachable(address: string, home: string): boolean {
  const url = new URL(address);
  const own = new URL(home);
  if (url.hostname === own.hostname) return ['', '80', '443', '8080', own.port].includes(url.port);
  return ['', '80', '443', '8080'].includes(url.port) && !isPrivate(url.hostname);
}

function isPrivate(host: string): boolean {
  if (host === 'localhost') return true;
  const parts = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  if (!parts) return false;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  if (first === 0 || first === 10 || first === 127) return true;
  return (first === 172 && second >= 16 && second <= 31) || (first === 192 && second === 168);
}
