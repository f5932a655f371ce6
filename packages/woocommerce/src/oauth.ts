import { hmacText, type Clock, type Random } from '@crossdock/core';

export interface OAuthSettings {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly clock: Clock;
  readonly random: Random;
}

/**
 * Signs requests to a shop without TLS, which takes no key in the clear: OAuth 1.0a with one leg (RFC 5849). The body is
 * not signed. WooCommerce takes a nonce once, so every attempt is signed anew. recorded on WooCommerce 10.0.2, 2026-11-23
 */
export function oauthSigner({ consumerKey, consumerSecret, clock, random }: OAuthSettings) {
  return async function sign(request: Request): Promise<Request> {
    const { origin, pathname, searchParams } = new URL(request.url);
    const oauth: readonly (readonly [string, string])[] = [
      ['oauth_consumer_key', consumerKey],
      ['oauth_nonce', nonceOf(random)],
      ['oauth_signature_method', 'HMAC-SHA256'],
      ['oauth_timestamp', String(Math.floor(clock.now() / 1000))],
      ['oauth_version', '1.0'],
    ];
    // WooCommerce reckons with the home of the shop, which ends in no slash. WooCommerce source, read 2026-11-26
    const address = origin + pathname.replace(/\/$/, '');
    const base = baseString(request.method, address, [...searchParams, ...oauth]);
    // The secret of the token, which one leg has none of, stands empty behind the "&".
    const signature = await hmacText('SHA-256', `${encode(consumerSecret)}&`, base, 'base64');
    const header = [...oauth, ['oauth_signature', signature] as const]
      .map(([name, value]) => `${name}="${encode(value)}"`)
      .join(', ');
    const signed = new Request(request);
    signed.headers.set('authorization', `OAuth ${header}`);
    return signed;
  };
}

/** What is signed: method, address and all parameters in the order of their encoded names. RFC 5849, section 3.4.1. */
export function baseString(method: string, url: string, parameters: readonly (readonly [string, string])[]): string {
  const pairs = parameters.map(([name, value]) => [encode(name), encode(value)] as const);
  const sorted = pairs.toSorted(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)));
  const query = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  return [method.toUpperCase(), encode(url), encode(query)].join('&');
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** RFC 3986: these five are left alone by `encodeURIComponent`. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function nonceOf(random: Random): string {
  return Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');
}
