import type { Json } from '@crossdock/core';
import { readingMs } from '../costs.ts';
import { html } from '../host.ts';
import type { Shift } from '../machine.ts';
import type { WooKey } from '../options.ts';
import { PhpEnded } from '../php-ended.ts';
import { phpJson } from '../php-json.ts';
import type { Site } from '../site.ts';
import { restUrl } from '../views/format.ts';
import { checkPermission, userOf } from './auth.ts';
import { isBody, textOf, type Body } from './body.ts';
import type { Call, Deed, Endpoint, Route } from './call.ts';
import { checkParams, requireParams } from './check.ts';
import { pickFields } from './fields.ts';
import type { Gate } from './gate.ts';
import { withNotices } from './notices.ts';
import { readPhpQuery } from './php-query.ts';
import { fatal, fatalPage, noRoute, Refused } from './refused.ts';

/** Answers requests to `/wp-json/`: who, where, what was sent, whether they may, and then the route itself. */
export function restServer(site: Site, gate: Gate, routes: readonly Route[]) {
  return async (request: Request, shift: Shift): Promise<Response> => {
    const url = new URL(request.url);
    const query = readPhpQuery(url.search.slice(1));
    const method = methodOf(request, query);
    let user: WooKey | undefined;
    let matched: Match | undefined;
    try {
      user = await userOf(gate, request, query);
      checkPermission(user, request.method);
      matched = match(site, routes, pathOf(url, query));
      const endpoint = matched && endpointOf(matched.route, method);
      if (!matched || !endpoint) throw noRoute();
      const body = await bodyOf(request);
      const params = { ...query, ...body };
      requireParams(params, endpoint.required ?? []);
      checkParams(params, endpoint.checks ?? {});
      checkUser(endpoint.deed, user);
      const call: Call = { site, path: matched.path, query, params, body, at: matched.at, user, shift };
      const answer = await endpoint.answer(call);
      await shift.spend(
        answer.isList === true ? readingMs(matched.path, params['_fields'] !== undefined) * lengthOf(answer.body) : 0,
      );
      const shown = pickFields(answer.body, params['_fields'], answer.isList ?? false);
      const headers = { ...allow(matched.route, user), ...answer.headers };
      return respond(site, user, answer.status ?? 200, method === 'HEAD' ? undefined : shown, headers);
    } catch (error) {
      if (error instanceof PhpEnded && error.how === 'gateway') return html(504, 'Gateway Time-out');
      if (error instanceof PhpEnded) return respond(site, user, 500, timeLimit, {});
      if (!(error instanceof Refused)) throw error;
      const isTold = error.tellsMethods && error.code !== 'internal_server_error' && error.code !== 'rest_no_route';
      const headers = matched && isTold ? allow(matched.route, user) : {};
      return respond(site, user, error.status, refusal(error), headers);
    }
  };
}

const lengthOf = (body: Json) => (Array.isArray(body) ? body.length : 1);

/** What WordPress says when PHP may not work any longer. Its form is that of every fatal error; the time limit was not recorded. */
const timeLimit: Json = {
  code: 'internal_server_error',
  message: fatalPage,
  data: {
    status: 500,
    error: {
      type: 1,
      message: 'Maximum execution time of 30 seconds exceeded',
      file: '/srv/shop/wp-includes/class-wpdb.php',
      line: 2351,
    },
  },
  additional_errors: [],
};

function refusal(error: Refused): Json {
  const body = { code: error.code, message: error.message, data: error.data };
  return error.code === 'internal_server_error' ? { ...body, additional_errors: [] } : body;
}

interface Match {
  readonly route: Route;
  readonly path: string;
  readonly at: Readonly<Record<string, string>>;
}

function match(site: Site, routes: readonly Route[], full: string): Match | undefined {
  for (const route of routes) {
    if (route.isThere?.(site) === false) continue;
    const path = full.startsWith(`${route.namespace}/`)
      ? full.slice(route.namespace.length + 1)
      : full === route.namespace
        ? ''
        : undefined;
    const found = path === undefined ? null : route.pattern.exec(path);
    if (path !== undefined && found) return { route, path: path.replace(/\/$/, ''), at: found.groups ?? {} };
  }
  return undefined;
}

function endpointOf(route: Route, method: string): Endpoint | undefined {
  if (method === 'GET' || method === 'HEAD') return route.GET;
  if (method === 'DELETE') return route.DELETE;
  if (method === 'POST') return route.POST ?? route.EDIT;
  return method === 'PUT' || method === 'PATCH' ? route.EDIT : undefined;
}

function pathOf(url: URL, query: Body): string {
  const inQuery = textOf(query['rest_route']);
  return inQuery === undefined ? url.pathname.replace(/^\/wp-json\/?/, '') : inQuery.replace(/^\//, '');
}

/** Hosts that let through nothing but GET and POST are served by `_method` or a header. */
function methodOf(request: Request, query: Body): string {
  if (request.method !== 'POST') return request.method;
  return (textOf(query['_method']) ?? request.headers.get('x-http-method-override') ?? 'POST').toUpperCase();
}

async function bodyOf(request: Request): Promise<Body> {
  const text = await request.text();
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return readPhpQuery(text);
  if (text === '' || !type.includes('json')) return {};
  const body = parsed(text);
  if (isBody(body)) return body;
  if (Array.isArray(body) || body === null) return {};
  throw fatal('Uncaught TypeError: Cannot access offset of type string on string', 'class-wp-rest-request.php', 433);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json; // what JSON.parse gives is JSON
  } catch {
    throw new Refused(400, 'rest_invalid_json', 'Invalid JSON body passed.', {
      status: 400,
      json_error_code: 4,
      json_error_message: 'Syntax error',
    });
  }
}

/** Nobody gets 401, somebody who may not gets 403 with the same words. Recorded on WooCommerce 10.0.2, 2026-11-23. */
function checkUser(deed: Deed, user: WooKey | undefined): void {
  if (deed === 'public' || user?.can === 'manage') return;
  const [code, message] = refusals[deed];
  throw new Refused(user ? 403 : 401, `woocommerce_rest_cannot_${code}`, message);
}

const refusals: Readonly<Record<Exclude<Deed, 'public'>, readonly [code: string, message: string]>> = {
  list: ['view', 'Sorry, you cannot list resources.'],
  view: ['view', 'Sorry, you cannot view this resource.'],
  create: ['create', 'Sorry, you are not allowed to create resources.'],
  edit: ['edit', 'Sorry, you are not allowed to edit this resource.'],
  delete: ['delete', 'Sorry, you are not allowed to delete this resource.'],
  batch: ['batch', 'Sorry, you are not allowed to batch manipulate this resource.'],
};

function allow(route: Route, user: WooKey | undefined): Readonly<Record<string, string>> {
  if (user?.can !== 'manage') return {};
  const methods = [
    ...(route.GET ? ['GET'] : []),
    ...(route.POST || route.EDIT ? ['POST'] : []),
    ...(route.EDIT ? ['PUT', 'PATCH'] : []),
    ...(route.DELETE ? ['DELETE'] : []),
  ];
  return { allow: methods.join(', ') };
}

function respond(
  site: Site,
  user: WooKey | undefined,
  status: number,
  body: Json,
  headers: Readonly<Record<string, string>>,
): Response {
  return withNotices(site.settings.phpNotices, body === undefined ? '' : phpJson(body), {
    status,
    headers: {
      'content-type': 'application/json; charset=UTF-8',
      'x-robots-tag': 'noindex',
      'x-content-type-options': 'nosniff',
      'access-control-expose-headers': 'X-WP-Total, X-WP-TotalPages, Link',
      'access-control-allow-headers': 'Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type',
      link: `<${restUrl(site, '')}>; rel="https://api.w.org/"`,
      ...(user
        ? {
            expires: 'Wed, 11 Jan 1984 05:00:00 GMT',
            'cache-control': 'no-cache, must-revalidate, max-age=0, no-store, private',
          }
        : { vary: 'Origin' }),
      ...headers,
    },
  });
}
