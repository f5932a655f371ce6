/** What the admin hands an embedded app, to be exchanged for a token: who asks, for which app, and for how long. */
export interface SessionTokens {
  readonly make: (options?: { readonly seconds?: number; readonly audience?: string }) => Promise<string>;
  /** Whether it was signed with the app's secret, is meant for the app and the shop, and not over. */
  readonly isGood: (token: string) => Promise<boolean>;
}

// A minute, HS256 with the app's client secret. shopify.dev, session tokens, read 2026-11-23.
const lastsSeconds = 60;

/** Makes the session tokens of one app in one shop. */
export function sessionTokens(options: {
  readonly now: () => number;
  readonly shop: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly uuid: () => string;
}): SessionTokens {
  const dest = `https://${options.shop}.myshopify.com`;
  return {
    async make({ seconds = lastsSeconds, audience = options.clientId } = {}) {
      const at = Math.floor(options.now() / 1000);
      const claims = {
        iss: `${dest}/admin`,
        dest,
        aud: audience,
        sub: '42',
        exp: at + seconds,
        nbf: at,
        iat: at,
        jti: options.uuid(),
        sid: options.uuid(),
      };
      const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
      return `${text}.${await signed(text, options.clientSecret)}`;
    },
    async isGood(token) {
      const [head = '', body = '', signature = ''] = token.split('.');
      if (signature === '' || (await signed(`${head}.${body}`, options.clientSecret)) !== signature) return false;
      const claims = claimsIn(body);
      const at = options.now() / 1000;
      return claims.get('aud') === options.clientId && claims.get('dest') === dest && Number(claims.get('exp')) > at;
    },
  };
}

async function signed(text: string, secret: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  return encoded(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text))));
}

function part(value: unknown): string {
  return encoded(new TextEncoder().encode(JSON.stringify(value)));
}

function encoded(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function claimsIn(body: string): ReadonlyMap<string, unknown> {
  try {
    const read: unknown = JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')));
    return new Map(typeof read === 'object' && read !== null ? Object.entries(read) : []);
  } catch {
    return new Map();
  }
}
