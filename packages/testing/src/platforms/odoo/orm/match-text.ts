import type { Json } from '@crossdock/core';
import { plain } from './plain.ts';

/** Tests a text by `like`, `ilike`, `=like` or `=ilike`: `%` is any text, `_` any character. */
export function patternTest(operator: string, value: Json): (own: Json) => boolean {
  const pattern = value === false || value === null || value === undefined ? '' : plain(value);
  // An empty pattern is no condition at all, except for the forms that compare the whole text.
  if (pattern === '' && !operator.startsWith('=')) return () => true;
  const whole = operator.startsWith('=');
  const insensitive = operator.endsWith('ilike');
  const source = whole ? toSource(pattern) : `.*${toSource(pattern)}.*`;
  const expression = new RegExp(`^${source}$`, insensitive ? 'isu' : 'su');
  return (own) => {
    if (own === false || own === null || own === undefined) return false;
    return expression.test(plain(own));
  };
}

function toSource(pattern: string): string {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at);
    if (char === '\\' && at + 1 < pattern.length) source += escaped(pattern.charAt(++at));
    else if (char === '%') source += '.*';
    else if (char === '_') source += '.';
    else source += escaped(char);
  }
  return source;
}

function escaped(char: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}
