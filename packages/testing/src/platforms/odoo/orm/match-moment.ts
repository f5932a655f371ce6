import type { Json } from '@crossdock/core';
import type { Env } from './env.ts';
import { parseSearchDatetime, showDate } from './moments.ts';
import { plain } from './plain.ts';

const second = 1_000_000;
const day = 86_400 * second;

/**
 * Compares moments as the release does. 19 compares whole seconds. 17 and 18 compare the stored microseconds, which
 * nobody can see: the value that was read does not equal itself. Recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.
 */
export function momentTest(env: Env, type: 'date' | 'datetime', operator: string, value: Json): (own: Json) => boolean {
  if (operator === 'in') {
    const tests = (Array.isArray(value) ? value : [value]).map((item: Json) => momentTest(env, type, '=', item));
    return (own) => tests.some((test) => test(own));
  }
  if (value === false || value === null || value === undefined) {
    return (own) => operator === '=' && (own === false || own === undefined);
  }
  if (type === 'date') {
    const wanted = showDate(toMicros(env, plain(value)).at);
    return (own) => typeof own === 'string' && compare(operator, own, wanted);
  }
  const { at, wholeDay } = toMicros(env, plain(value));
  const precision = env.major === 19 ? second : 1;
  // A date alone is its first moment for `>=` and `<`, and its last for `>` and `<=`.
  const wanted = wholeDay && (operator === '>' || operator === '<=') ? at + day - second : at;
  return (own) =>
    typeof own === 'number' && compare(operator, Math.floor(own / precision), Math.floor(wanted / precision));
}

function compare(operator: string, own: string | number, wanted: string | number): boolean {
  switch (operator) {
    case '>':
      return own > wanted;
    case '>=':
      return own >= wanted;
    case '<':
      return own < wanted;
    case '<=':
      return own <= wanted;
    default:
      return own === wanted;
  }
}

function toMicros(env: Env, value: string): { at: number; wholeDay: boolean } {
  const relative = /^(today|now)(?:\s*([+-]\d+)([dhwmH]))?$/.exec(value);
  if (relative && env.major === 19) {
    const [, base, count = '0', unit = 'd'] = relative;
    const start = base === 'today' ? env.startedAt - (env.startedAt % day) : env.startedAt;
    const size = unit === 'd' ? day : unit === 'w' ? 7 * day : 3600 * second;
    return { at: start + Number(count) * size, wholeDay: false };
  }
  return { at: parseSearchDatetime(value), wholeDay: value.length <= 10 };
}
