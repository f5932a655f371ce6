import type { Json } from '@crossdock/core';
import { isVals } from '../orm/env.ts';
import type { Server } from '../server.ts';
import { majorOf } from '../versions.ts';
import { jsonAnswer, notFound } from './answers.ts';
import type { Rest, Troubles } from './executor.ts';
import { jsonRpc } from './json-rpc.ts';
import { json2 } from './json2.ts';
import { versionInfo } from './version.ts';
import { plain } from '../orm/plain.ts';

/** The name that faults and the journal know a request by: `sale.order.create`, `common.authenticate`, `version`. */
export function operationOf(request: Request, body: string): string {
  const { pathname } = new URL(request.url);
  if (pathname === '/web/version' || pathname === '/web/webclient/version_info') return 'version';
  const [, first, second, model = '', method = ''] = pathname.split('/');
  if (first === 'json' && second === '2') return `${model}.${method}`;
  if (first !== 'jsonrpc') return pathname;
  const { service, method: name, args } = paramsOf(body);
  const list: readonly Json[] = Array.isArray(args) ? args : [];
  if (service === 'object') return `${plain(list[3])}.${plain(list[4])}`;
  return name === 'version' ? 'version' : `${plain(service)}.${plain(name)}`;
}

function paramsOf(body: string): { readonly [key: string]: Json } {
  try {
    const envelope = JSON.parse(body) as Json; // JSON.parse gives JSON.
    const params = isVals(envelope) ? envelope['params'] : undefined;
    return isVals(params) ? params : {};
  } catch {
    return {};
  }
}

/** Finds who answers a request. What a release does not have yet is answered as that release answers it. */
export function route(
  server: Server,
  databases: readonly string[],
  troubles: Troubles,
  request: Request,
  rest: Rest,
): Response | Promise<Response> {
  const { pathname } = new URL(request.url);
  const major = majorOf(server.version);
  if (pathname === '/web/version') return webVersion(server);
  if (pathname === '/web/webclient/version_info') {
    return jsonAnswer({ jsonrpc: '2.0', id: null, result: rpcVersion(server) });
  }
  if (pathname.startsWith('/json/2')) {
    return major < 19 ? notFound() : json2(server, databases, troubles, request, rest);
  }
  if (pathname === '/jsonrpc') return jsonRpc(server, databases[0] ?? '', troubles, request, rest);
  return notFound();
}

/** 404 on 17, a redirect to the login page on 18. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
function webVersion(server: Server): Response {
  switch (majorOf(server.version)) {
    case 17:
      return notFound();
    case 18:
      return new Response('', { status: 303, headers: { location: '/web/login' } });
    case 19: {
      const { version_info, version } = versionInfo(server.version);
      return jsonAnswer({ version_info, version });
    }
  }
}

function rpcVersion(server: Server): Json {
  const { version, version_info: info } = versionInfo(server.version);
  return { server_version: version, server_version_info: info, server_serie: server.version, protocol_version: 1 };
}
