import type { HttpCall } from './call.ts';

/** The parts of a request, with its body as bytes that are the same for the same call. */
export interface RequestParts {
  readonly url: string;
  readonly init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string };
}

/** Describes a call as a request under `base`, which ends in a slash. */
export function requestOf(base: string, call: HttpCall<unknown>): RequestParts {
  const url = base + call.path + queryOf(call.search);
  const headers: Record<string, string> = { accept: 'application/json' };
  let body: string | undefined;
  if (call.json !== undefined) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(call.json);
  } else if (call.form) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    body = new URLSearchParams(call.form).toString();
  } else if (call.text) {
    headers['content-type'] = call.text.contentType;
    ({ body } = call.text);
  }
  for (const [name, value] of Object.entries(call.headers ?? {})) headers[name.toLowerCase()] = value;
  return { url, init: { method: call.method, headers, ...(body === undefined ? {} : { body }) } };
}

function queryOf(search: HttpCall<unknown>['search']): string {
  if (!search) return '';
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined) query.append(name, String(value));
  const text = query.toString();
  return text ? `?${text}` : '';
}
