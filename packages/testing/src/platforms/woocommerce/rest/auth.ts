import { fromBase64 } from '@crossdock/core';
import type { WooKey } from '../options.ts';
import { textOf, type Body } from './body.ts';
import { denied, type Gate } from './gate.ts';
import { oauthUser } from './oauth.ts';

/**
 * Whose request it is. Nobody, without a word, where the shop sees no key that it knows: also where Basic or query keys
 * came without HTTPS. Recorded on WooCommerce 10.0.2, 2026-11-23 (auth-…).
 */
export async function userOf(gate: Gate, request: Request, query: Body): Promise<WooKey | undefined> {
  // WooCommerce looks for its own path anywhere in what was asked for; ?rest_route=/wc/v3/ has none.
  const { pathname, search } = new URL(request.url);
  if (!/wp-json\/wc[/-]/.test(pathname + search)) return undefined;
  return (gate.https ? basicUser(gate, request, query) : undefined) ?? (await oauthUser(gate, request, query));
}

/** Refuses a key that may not do what the method does, before anything else is looked at. */
export function checkPermission(user: WooKey | undefined, method: string): void {
  if (!user) return;
  const wants = ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 'read' : 'write';
  if (user.permission.split('_').includes(wants)) return;
  throw denied(`The API key provided does not have ${wants} permissions.`);
}

function basicUser(gate: Gate, request: Request, query: Body): WooKey | undefined {
  const sent = queryKey(query) ?? headerKey(request);
  if (!sent) return undefined;
  const user = gate.keys.find(({ key }) => key === sent.key);
  if (user && user.secret !== sent.secret) throw denied('Consumer secret is invalid.');
  return user;
}

/** Keys in the query win over the header. */
function queryKey(query: Body): { readonly key: string; readonly secret: string } | undefined {
  const key = textOf(query['consumer_key']);
  const secret = textOf(query['consumer_secret']);
  return key === undefined || secret === undefined ? undefined : { key, secret };
}

function headerKey(request: Request): { readonly key: string; readonly secret: string } | undefined {
  const header = /^Basic\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const bytes = header === undefined ? undefined : fromBase64(header);
  if (!bytes) return undefined;
  const [key = '', ...secret] = new TextDecoder().decode(bytes).split(':');
  return { key, secret: secret.join(':') };
}
