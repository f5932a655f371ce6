import { hmacText, type Json } from '@crossdock/core';
import type { WooKey } from '../options.ts';
import { denied, type Gate } from './gate.ts';
import { isBody, textOf, type Body } from './body.ts';

const windowSeconds = 15 * 60;
const required = ['oauth_consumer_key', 'oauth_timestamp', 'oauth_nonce', 'oauth_signature', 'oauth_signature_method'];

/**
 * OAuth 1.0a with one leg: parameters in the query or in the header, the secret with `&` as the key, a nonce once and a
 * timestamp of the last 15 minutes. A JSON body is not signed. Recorded on WooCommerce 10.0.2, 2026-11-23.
 */
export async function oauthUser(gate: Gate, request: Request, query: Body): Promise<WooKey | undefined> {
  const oauth = paramsOf(request, query);
  if (required.every((name) => oauth[name] === undefined)) return undefined;
  const missing = required.filter((name) => oauth[name] === undefined);
  if (missing.length > 0) {
    throw denied(`Missing OAuth parameter${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`);
  }
  const user = gate.keys.find(({ key }) => key === oauth['oauth_consumer_key']);
  if (!user) throw denied('Consumer key is invalid.');
  await checkSignature(gate, request, query, oauth, user);
  checkFreshness(gate, oauth);
  return user;
}

async function checkSignature(gate: Gate, request: Request, query: Body, oauth: Body, user: WooKey): Promise<void> {
  const method = textOf(oauth['oauth_signature_method']);
  const hash = method === 'HMAC-SHA1' ? 'SHA-1' : method === 'HMAC-SHA256' ? 'SHA-256' : undefined;
  if (!hash) throw denied('Invalid signature - signature method is invalid.');
  const signed = Object.entries({ ...query, ...oauth }).filter(([name]) => name !== 'oauth_signature');
  const params = signed.flatMap(([name, value]) => flat(name, value)).toSorted(byName);
  const list = params.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const { origin, pathname } = new URL(request.url);
  // The shop takes its own address, a client the one that it was given: behind a socket they differ.
  for (const address of [gate.home, origin]) {
    const base = [request.method, encode(address + (pathname === '/' ? '' : pathname)), encode(list)].join('&');
    if ((await hmacText(hash, `${user.secret}&`, base, 'base64')) === oauth['oauth_signature']) return;
  }
  throw denied('Invalid signature - provided signature does not match.');
}

function checkFreshness(gate: Gate, oauth: Body): void {
  const timestamp = Number(oauth['oauth_timestamp']);
  const now = Math.floor(gate.now() / 1000);
  if (!(Math.abs(now - timestamp) <= windowSeconds)) throw denied('Invalid timestamp.');
  const nonce = `${textOf(oauth['oauth_consumer_key'])} ${textOf(oauth['oauth_nonce'])}`;
  if (gate.nonces.has(nonce)) throw denied('Invalid nonce - nonce has already been used.');
  for (const [used, at] of gate.nonces) if (at < now - windowSeconds) gate.nonces.delete(used);
  gate.nonces.set(nonce, timestamp);
}

function paramsOf(request: Request, query: Body): Body {
  const header = /^OAuth\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  const fromHeader = [...header.matchAll(/(\w+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [name, decodeURIComponent(value)] as const,
  );
  const fromQuery = Object.entries(query).filter(([name]) => name.startsWith('oauth_'));
  return Object.fromEntries([...fromHeader.filter(([name]) => name.startsWith('oauth_')), ...fromQuery]);
}

/** `status[0]` and its value: lists are signed item by item. */
function flat(name: string, value: Json): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => flat(`${name}[${index}]`, item));
  if (isBody(value)) return Object.entries(value).flatMap(([key, item]) => flat(`${name}[${key}]`, item));
  return [[name, textOf(value) ?? '']];
}

function byName([a, first]: readonly [string, string], [b, second]: readonly [string, string]): number {
  const [left, right] = a === b ? [first, second] : [a, b];
  return left < right ? -1 : Number(left > right);
}

/** RFC 3986, which leaves fewer characters alone than JavaScript does. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
