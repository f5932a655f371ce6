import type { Json } from '@crossdock/core';
import type { Env } from './env.ts';
import type { Field } from './field.ts';
import type { Model } from './model.ts';
import { parseDate, parseDatetime } from './moments.ts';
import { notAnInteger, refuseNul, repr, validationError, valueError } from './python-error.ts';
import { plain } from './plain.ts';
import { roundTo } from './rounding.ts';

/** What a client writes, as the database keeps it. Relations to many are not values but commands, and go elsewhere. */
export function toStored(env: Env, model: Model, name: string, field: Field, value: Json): Json {
  if (field.type === 'boolean') return Boolean(value);
  if (value === false || value === null || value === undefined) return undefined;
  refuseNul(value);
  switch (field.type) {
    case 'integer':
      return Math.trunc(toNumber(value, 'int'));
    case 'float':
    case 'monetary':
      return field.digits === undefined ? toNumber(value, 'float') : roundTo(toNumber(value, 'float'), field.digits);
    case 'date':
      return parseDate(plain(value));
    case 'datetime':
      return parseDatetime(plain(value));
    case 'selection':
      if (field.selection?.some(([key]) => key === value)) return value;
      throw valueError(`Wrong value for ${model.name}.${name}: ${repr(value)}`);
    case 'many2one':
      return toLink(env, model, name, field, value);
    case 'char':
    case 'text':
      return toText(value);
    case 'html':
      return toHtml(plain(value));
    case 'json':
    case 'binary':
    case 'one2many':
    case 'many2many':
      return value;
  }
}

function toText(value: Json): Json {
  const text = typeof value === 'string' ? value : repr(value);
  return text === '' ? undefined : text;
}

/**
 * What is kept of a text for people: bare words become a paragraph, what runs or is hidden is left out, and a text that is
 * empty stays one. Recorded on Odoo 19.0, 2026-11-26.
 */
function toHtml(value: string): string {
  const kept = value
    .replaceAll(/<!--[\s\S]*?-->|<script[\s\S]*?<\/script>/gi, '')
    .trimStart()
    .replaceAll(/&(?!(?:[a-z][a-z\d]*|#\d+|#x[\da-f]+);)/gi, '&amp;')
    .replaceAll(/<(?![a-z/])/gi, '&lt;');
  return kept === '' || kept.startsWith('<') ? kept : `<p>${kept}</p>`;
}

function toNumber(value: Json, kind: 'int' | 'float'): number {
  if (typeof value === 'number') return value;
  if (value === true) return 1;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isNaN(number)) return number;
  throw valueError(
    kind === 'int'
      ? `invalid literal for int() with base 10: ${repr(value)}`
      : `could not convert string to float: ${repr(value)}`,
  );
}

function toLink(env: Env, model: Model, name: string, field: Field, value: Json): Json {
  // A [id, name] pair, as read answers it, is not what write takes.
  if (typeof value !== 'number') throw notAnInteger(Array.isArray(value) ? (value[1] ?? value[0]) : value);
  if (value === 0) return undefined;
  if (!env.db.row(field.relation ?? '', value)) throw brokenLink(env, model, name, field);
  return value;
}

/** A foreign key that points nowhere. The words speak of a deletion even when something was created. */
export function brokenLink(env: Env, model: Model, name: string, field: Field) {
  return validationError(
    env.major === 19
      ? `The operation cannot be completed: Another model is using the record you are trying to delete.\n\nThe troublemaker is: '${model.label}' (${model.name})\nThanks to the following constraint: '${field.label}' (${name})\nHow about archiving the record instead?`
      : `The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.\n\nModel: ${model.label} (${model.name})\nConstraint: ${model.name.replaceAll('.', '_')}_${name}_fkey`,
  );
}

/** What is missing, without and with the sentence that the answer to a call begins with. */
export function missingValue(env: Env, model: Model, name: string, field: Field): { bare: string; full: string } {
  if (env.major === 19) {
    const bare = `Missing required value for the field '${field.label}' (${name}).\nModel: '${model.label}' (${model.name})\n- create/update: a mandatory field is not set\n- delete: another model requires the record being deleted, you can archive it instead\n`;
    return { bare, full: `The operation cannot be completed: ${bare}` };
  }
  const full = `The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\nModel: ${model.label} (${model.name})\nField: ${field.label} (${name})\n`;
  return { bare: full, full };
}
