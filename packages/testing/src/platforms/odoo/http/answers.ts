import type { Json } from '@crossdock/core';
import { statusOf, type PythonError } from '../orm/python-error.ts';

const jsonType = { 'content-type': 'application/json; charset=utf-8' };
const htmlType = { 'content-type': 'text/html; charset=utf-8' };

export function jsonAnswer(body: Json, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  // Python's None is null: an answer without a body would be no JSON at all.
  return new Response(JSON.stringify(body ?? null), { status, headers: { ...jsonType, ...headers } });
}

/** What every exception carries. `debug` is a traceback, and tracebacks hold data: no client should pass it on. */
function errorBody(error: PythonError): { readonly [key: string]: Json } {
  return {
    name: error.name,
    message: error.message,
    arguments: error.args,
    context: {},
    debug: `Traceback (most recent call last):\n  File "/opt/odoo/server.py", line 1, in serve\n${error.name}: ${error.message}\n`,
  };
}

export function errorAnswer(error: PythonError): Response {
  const status = statusOf(error);
  return jsonAnswer(errorBody(error), status, status === 401 ? { 'www-authenticate': 'Bearer' } : {});
}

/** A failure as JSON-RPC wraps it, always with status 200. */
export function rpcFailure(id: Json, error: PythonError): Response {
  const data = errorBody(error);
  return jsonAnswer({ jsonrpc: '2.0', id: id ?? null, error: { code: 0, message: 'Odoo Server Error', data } });
}

/** The page for what failed before anybody looked at the request. Recorded on Odoo 19.0, 2026-11-26. */
export function serverError(): Response {
  return new Response(
    '<!doctype html>\n<html lang=en>\n<title>500 Internal Server Error</title>\n<h1>Internal Server Error</h1>\n<p>The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.</p>\n',
    { status: 500, headers: htmlType },
  );
}

function page(status: number, title: string, text: string): Response {
  return new Response(`<!DOCTYPE html>\n<title>${status} ${title}</title>\n<h1>${title}</h1>\n<p>${text}</p>\n`, {
    status,
    headers: htmlType,
  });
}

/** A wrong or missing database is not an error of the API but a page of the web server. Recorded on Odoo 19.0, 2026-11-23. */
export function noDatabase(): Response {
  return page(
    404,
    'Not Found',
    'No database is selected and the requested URL was not found in the server-wide controllers.</p>\n<p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>\n\n<!-- Alternatively, use the X-Odoo-Database header. -->',
  );
}

export function notFound(): Response {
  return page(404, 'Not Found', 'The requested URL was not found on the server.');
}

export function wrongContentType(route: string, type: string): Response {
  const shown = route.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return page(
    415,
    'Unsupported Media Type',
    `Request inferred type is compatible with [&#39;http&#39;] but &#39;${shown}&#39; is type=&#39;${type}&#39;.<br><br>Please verify the Content-Type request header and try again.`,
  );
}

const proxyTitles = {
  429: 'Too Many Requests',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

/** The page of a proxy in front of a server that is restarting or overloaded. */
export function proxyHtml(status: keyof typeof proxyTitles): string {
  const title = `${status} ${proxyTitles[status]}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`;
}
