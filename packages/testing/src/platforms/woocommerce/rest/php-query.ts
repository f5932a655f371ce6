import type { Json } from '@crossdock/core';
import { textOf, type Body } from './body.ts';

type Branch = { [key: string]: Branch | string };

/**
 * Reads a query or a form as PHP does: `status[]=a&status[0]=b&line_items[0][id]=1` are lists and objects, and a name
 * without a value is empty.
 */
export function readPhpQuery(text: string): Body {
  const root: Branch = {};
  for (const [name, value] of new URLSearchParams(text)) put(root, keysOf(name), value);
  return Object.fromEntries(Object.entries(root).map(([key, branch]) => [key, settle(branch)]));
}

function keysOf(name: string): readonly string[] {
  const open = name.indexOf('[');
  if (open <= 0 || !name.endsWith(']')) return [name];
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
}

function put(branch: Branch, [key = '', ...rest]: readonly string[], value: string): void {
  const name = key === '' ? String(Object.keys(branch).length) : key;
  if (rest.length === 0) {
    branch[name] = value;
    return;
  }
  const inner = branch[name];
  const next: Branch = typeof inner === 'object' ? inner : {};
  branch[name] = next;
  put(next, rest, value);
}

/** An array with the keys 0, 1, 2 is a list. */
function settle(branch: Branch | string): Json {
  if (typeof branch === 'string') return branch;
  const entries = Object.entries(branch);
  const isList = entries.every(([key], index) => key === String(index));
  return isList
    ? entries.map(([, value]) => settle(value))
    : Object.fromEntries(entries.map(([key, value]) => [key, settle(value)]));
}

/** Writes parameters as WordPress writes them into links: lists by number, an empty value without its sign. */
export function writePhpQuery(params: readonly (readonly [name: string, value: Json])[]): string {
  return params.flatMap(([name, value]) => pairs(name, value)).join('&');
}

function pairs(name: string, value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => pairs(`${name}[${index}]`, item));
  const text = value === true ? '1' : value === false ? '0' : (textOf(value) ?? '');
  return [text === '' ? encode(name) : `${encode(name)}=${encode(text)}`];
}

/** PHP's `urlencode`. */
function encode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
