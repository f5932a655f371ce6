import { addressFields } from '../life/address.ts';
import type { Json } from '@crossdock/core';
import { Refused } from './refused.ts';

interface Problem {
  readonly code: string;
  readonly message: string;
  readonly data: Json;
}

/** What is wrong with a value at a path, if anything. */
export type Check = (value: Json, path: string) => Problem | undefined;

/** Refuses what does not fit, as WordPress does: all fields at once. A null always passes. */
export function checkParams(params: Readonly<Record<string, Json>>, checks: Readonly<Record<string, Check>>): void {
  const found = new Map<string, Problem>();
  for (const [name, check] of Object.entries(checks)) {
    const value = params[name];
    const problem = value === undefined || value === null ? undefined : check(value, name);
    if (problem) found.set(name, problem);
  }
  if (found.size === 0) return;
  throw new Refused(400, 'rest_invalid_param', `Invalid parameter(s): ${[...found.keys()].join(', ')}`, {
    status: 400,
    params: Object.fromEntries([...found].map(([name, { message }]) => [name, message])),
    details: Object.fromEntries([...found].map(([name, problem]) => [name, { ...problem }])),
  });
}

/** Refuses when something is missing that the route needs. */
export function requireParams(params: Readonly<Record<string, Json>>, names: readonly string[]): void {
  const missing = names.filter((name) => params[name] === undefined);
  if (missing.length === 0) return;
  throw new Refused(400, 'rest_missing_callback_param', `Missing parameter(s): ${missing.join(', ')}`, {
    status: 400,
    params: missing,
  });
}

const wrongType = (path: string, type: string): Problem => ({
  code: 'rest_invalid_type',
  message: `${path} is not of type ${type}.`,
  data: { param: path },
});

export const text: Check = (value, path) => (typeof value === 'string' ? undefined : wrongType(path, 'string'));

export const integer: Check = (value, path) => {
  const number = typeof value === 'string' && /^\s*-?\d+(\.0*)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? undefined : wrongType(path, 'integer');
};

export const number: Check = (value, path) => {
  const isNumeric =
    typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)));
  return isNumeric ? undefined : wrongType(path, 'number');
};

export const boolean: Check = (value, path) =>
  typeof value === 'boolean' || ['true', 'false', '0', '1', '', 0, 1].includes(value as string | number) // only compared
    ? undefined
    : wrongType(path, 'boolean');

export function oneOf(words: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && words.includes(value)
      ? undefined
      : {
          code: 'rest_not_in_enum',
          message: `${path} is not one of ${words.slice(0, -1).join(', ')}${words.length > 2 ? ',' : ''} and ${words.at(-1) ?? ''}.`,
          data: null,
        };
}

export function between(least: number, most?: number): Check {
  return (value, path) => {
    const wrong = integer(value, path);
    if (wrong) return wrong;
    const amount = Number(value);
    if (amount >= least && (most === undefined || amount <= most)) return undefined;
    const message =
      most === undefined
        ? `${path} must be greater than or equal to ${least}`
        : `${path} must be between ${least} (inclusive) and ${most} (inclusive)`;
    return { code: 'rest_out_of_bounds', message, data: null };
  };
}

/** A list, or words with commas between them, each of which passes. */
export function listOf(check: Check): Check {
  return (value, path) => {
    const items: readonly Json[] | undefined =
      typeof value === 'string'
        ? value.split(/[\s,]+/).filter((word) => word !== '')
        : Array.isArray(value)
          ? (value as readonly Json[])
          : undefined;
    if (!items) return wrongType(path, 'array');
    for (const [index, item] of items.entries()) {
      const problem = check(item, `${path}[${index}]`);
      if (problem) return problem;
    }
    return undefined;
  };
}

/** An object whose fields pass, looked at in the order in which they were sent. */
export function shape(checks: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongType(path, 'object');
    for (const [name, field] of Object.entries(value)) {
      // Inside an object a null is a value of the wrong type. Compared with WooCommerce 10.5.0, 2026-11-26.
      const problem = field === undefined ? undefined : checks[name]?.(field, `${path}[${name}]`);
      if (problem) return problem;
    }
    return undefined;
  };
}

export function date(isDate: (value: string) => boolean): Check {
  return (value) =>
    typeof value === 'string' && isDate(value)
      ? undefined
      : { code: 'rest_invalid_date', message: 'Invalid date.', data: null };
}

/** An e-mail address. An empty text is none. */
export const email: Check = (value, path) =>
  text(value, path) ??
  (typeof value === 'string' && isEmail(value)
    ? undefined
    : { code: 'rest_invalid_email', message: 'Invalid email address.', data: null });

/** An address of texts, whose e-mail is one. Compared with WooCommerce 10.5.0, 2026-11-26. */
export const address: Check = shape({ ...Object.fromEntries(addressFields.map((name) => [name, text])), email });

export function isEmail(value: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value);
}
