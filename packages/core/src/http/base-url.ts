import { CommerceError } from '../errors/commerce-error.ts';

// Ports that no fetch speaks to. fetch.spec.whatwg.org/#port-blocking, read 2026-11-25
const blockedPorts: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/**
 * The base URL with a slash at its end. Throws `options.invalid` for one that no request can go to: found out by a
 * write, it would look like a write whose end nobody knows. The URL itself is not quoted, it may hold credentials.
 */
export function baseUrlOf(system: string, text: string): string {
  if (!URL.canParse(text)) throw unusable(system, 'it is no URL');
  const { protocol, port } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') throw unusable(system, `its scheme is "${protocol}"`);
  if (port !== '' && blockedPorts.has(Number(port))) throw unusable(system, `fetch speaks to no port ${port}`);
  return text.endsWith('/') ? text : `${text}/`;
}

function unusable(system: string, why: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    message: `The client of "${system}" was not made: no request can go to its base URL, ${why}. Give one that begins with "https://".`,
    system,
  });
}
