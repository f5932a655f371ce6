import type { Json } from '@crossdock/core';
import { valueError } from './python-error.ts';

const tokens =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<word>True|False|None)|(?<sign>[[\](),]))\s*/y;

/** Reads lists, tuples, texts, numbers and the three words of Python, which is how a domain stands in a text field. */
export function pythonLiteral(source: string): Json {
  let at = 0;
  const wrong = () => valueError(`malformed node or string: ${source}`);
  const next = () => {
    tokens.lastIndex = at;
    const found = tokens.exec(source);
    if (!found) throw wrong();
    at = tokens.lastIndex;
    return found.groups ?? {};
  };
  const peek = () => {
    const before = at;
    const { sign } = next();
    at = before;
    return sign;
  };
  function value(): Json {
    const { text, number, word, sign } = next();
    if (text !== undefined) return text.slice(1, -1).replaceAll(/\\(.)/g, '$1');
    if (number !== undefined) return Number(number);
    if (word !== undefined) return word === 'None' ? null : word === 'True';
    if (sign !== '[' && sign !== '(') throw wrong();
    const close = sign === '[' ? ']' : ')';
    const items: Json[] = [];
    while (peek() !== close) {
      items.push(value());
      if (peek() === ',') next();
    }
    next();
    return items;
  }
  const result = value();
  if (at !== source.length) throw wrong();
  return result;
}
