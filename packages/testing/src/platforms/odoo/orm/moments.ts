import { valueError } from './python-error.ts';

const moment = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})/;
const day = /^(\d{4})-(\d{2})-(\d{2})/;

/** Microseconds as the API shows them: seconds, UTC, no zone. */
export function showDatetime(micros: number): string {
  return new Date(Math.floor(micros / 1000)).toISOString().slice(0, 19).replace('T', ' ');
}

/** The same with the fraction that only webhooks show. */
export function showMicroseconds(micros: number): string {
  return `${showDatetime(micros)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

export function showDate(micros: number): string {
  return showDatetime(micros).slice(0, 10);
}

/** A datetime that is written: one format only. Recorded on Odoo 19.0, 2026-11-23. */
export function parseDatetime(value: string): number {
  if (value.length <= 10) return parseDay(value);
  const match = moment.exec(value);
  if (!match) throw valueError(`time data '${value}' does not match format '%Y-%m-%d %H:%M:%S'`);
  const rest = value.slice(match[0].length);
  if (rest !== '') throw valueError(`unconverted data remains: ${rest}`);
  return toMicros(value, match);
}

/** A date that is written; a datetime loses its time. */
export function parseDate(value: string): string {
  const short = value.slice(0, 10);
  parseDay(short);
  return short;
}

/** A datetime in a domain: `T` and fractions pass, a zone does not. Recorded on Odoo 19.0, 2026-11-23. */
export function parseSearchDatetime(value: string): number {
  if (/(Z|[+-]\d{2}:?\d{2})$/.test(value) && value.length > 10) {
    throw valueError(`expecting only datetimes with no timezone: '${value}'`);
  }
  const normal = value.replace('T', ' ');
  const match = moment.exec(normal);
  if (!match) {
    if (value.length <= 10) return parseDay(value);
    throw valueError(`time data '${value}' does not match format '%Y-%m-%d %H:%M:%S'`);
  }
  const fraction = normal.slice(match[0].length).replace('.', '').padEnd(6, '0').slice(0, 6);
  return toMicros(value, match) + (Number(fraction) || 0);
}

function parseDay(value: string): number {
  const match = day.exec(value);
  if (!match || match[0] !== value) throw valueError(`time data '${value}' does not match format '%Y-%m-%d'`);
  return toMicros(value, match);
}

function toMicros(value: string, [, year, month, date, hour = '0', minute = '0', second = '0']: RegExpExecArray) {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour), Number(minute), Number(second));
  // A thirteenth month or a 30th of February rolls over silently in JavaScript and is refused by Python.
  if (!new Date(ms).toISOString().startsWith(`${year}-${month}-${date}T${hour.padStart(2, '0')}`)) {
    throw valueError(`time data '${value}' does not match format '%Y-%m-%d %H:%M:%S'`);
  }
  return ms * 1000;
}
