import type { Json } from '@crossdock/core';
import { plain } from './plain.ts';

/** What the server raised, by the name of its Python class: that name is how clients tell the cases apart. */
export class PythonError extends Error {
  override readonly name: string;
  readonly args: readonly Json[];
  /** The field that a failed import row is reported for. */
  readonly field: string | undefined;

  constructor(name: string, message: string, options: { readonly status?: number; readonly field?: string } = {}) {
    super(message);
    this.name = name;
    this.args = options.status === undefined ? [message] : [message, options.status];
    this.field = options.field;
  }
}

/** The HTTP status that JSON-2 gives an exception. Recorded on Odoo 19.0, 2026-11-23. */
export function statusOf(error: PythonError): number {
  const [, own] = error.args;
  if (typeof own === 'number') return own;
  switch (error.name) {
    case 'odoo.exceptions.AccessError':
    case 'odoo.exceptions.AccessDenied':
      return 403;
    case 'odoo.exceptions.MissingError':
      return 404;
    case 'odoo.exceptions.UserError':
    case 'odoo.exceptions.ValidationError':
      return 422;
    default:
      return 500;
  }
}

export const userError = (message: string) => new PythonError('odoo.exceptions.UserError', message);
export const valueError = (message: string) => new PythonError('builtins.ValueError', message);
export const accessError = (message: string) => new PythonError('odoo.exceptions.AccessError', message);

/** PostgreSQL has no NUL in a text, and Odoo refuses it in every question and value. Recorded on Odoo 19.0, 2026-11-26. */
export function refuseNul(value: Json): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw valueError('A string literal cannot contain NUL (0x00) characters.');
  }
  if (Array.isArray(value)) for (const item of value) refuseNul(item);
}

export function validationError(message: string, field?: string): PythonError {
  return new PythonError('odoo.exceptions.ValidationError', message, field === undefined ? {} : { field });
}

export function missingError(model: string, ids: readonly Json[], userId: number): PythonError {
  return new PythonError(
    'odoo.exceptions.MissingError',
    `Record does not exist or has been deleted.\n(Record: ${model}(${ids.map(repr).join(', ')},), User: ${userId})`,
  );
}

/** A text where the database wants a number: nothing a client should retry. */
export function notAnInteger(value: Json): PythonError {
  return new PythonError(
    'psycopg2.errors.InvalidTextRepresentation',
    `invalid input syntax for type integer: ${JSON.stringify(plain(value))}\n`,
  );
}

export function serializationFailure(): PythonError {
  return new PythonError(
    'psycopg2.errors.SerializationFailure',
    'could not serialize access due to concurrent update\n',
  );
}

/** A value as Python prints it inside a message. */
export function repr(value: Json): string {
  if (value === undefined || value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
  if (typeof value === 'number') return String(value);
  // A tuple or a list: the difference does not reach a client.
  if (Array.isArray(value)) return `[${value.map((item: Json) => repr(item)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
    .join(', ')}}`;
}
