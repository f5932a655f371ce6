import { CommerceError } from '@crossdock/core';

/** A selected field with what is selected in it. `pageSize` is a connection's `first` or `last`, 0 where none is given. */
export interface Field {
  readonly name: string;
  readonly pageSize: number;
  readonly fields: readonly Field[];
  /** The selections of inline fragments, one a type. */
  readonly fragments: readonly (readonly Field[])[];
}

export interface Selections {
  readonly kind: 'query' | 'mutation';
  readonly fields: readonly Field[];
}

/**
 * Reads what a document selects. It knows the GraphQL that our documents are written in: one operation, literal page
 * sizes, inline fragments, no named ones.
 */
export function parseSelections(text: string): Selections {
  const tokens = text.match(/\.\.\.|"(?:[^"\\]|\\.)*"|[$@!]?[A-Za-z_][A-Za-z0-9_]*|-?[0-9.]+|[{}()[\]:=!|]/g) ?? [];
  let at = 0;
  const kind = tokens[0] === 'mutation' ? 'mutation' : 'query';

  function skipTo(end: string): void {
    while (at < tokens.length && tokens[at] !== end) at += 1;
  }

  function readArguments(): number {
    let pageSize = 0;
    let depth = 0;
    do {
      const token = tokens[at];
      if (token === '(' || token === '{' || token === '[') depth += 1;
      if (token === ')' || token === '}' || token === ']') depth -= 1;
      const isPageSize = depth === 1 && (token === 'first' || token === 'last') && tokens[at + 1] === ':';
      if (isPageSize) pageSize = wholeNumber(tokens[at + 2], text);
      at += 1;
    } while (depth > 0 && at < tokens.length);
    return pageSize;
  }

  function readSelection(): Pick<Field, 'fields' | 'fragments'> {
    const fields: Field[] = [];
    const fragments: (readonly Field[])[] = [];
    at += 1;
    while (at < tokens.length && tokens[at] !== '}') {
      if (tokens[at] === '...') {
        skipTo('{');
        fragments.push(readSelection().fields);
        continue;
      }
      fields.push(readField());
    }
    at += 1;
    return { fields, fragments };
  }

  function readField(): Field {
    let name = tokens[at] ?? '';
    at += 1;
    if (tokens[at] === ':') {
      name = tokens[at + 1] ?? '';
      at += 2;
    }
    const pageSize = tokens[at] === '(' ? readArguments() : 0;
    while (tokens[at]?.startsWith('@')) {
      at += 1;
      if (tokens[at] === '(') readArguments();
    }
    const selection = tokens[at] === '{' ? readSelection() : { fields: [], fragments: [] };
    return { name, pageSize, ...selection };
  }

  if (tokens[0] !== '{') {
    at = 1;
    if (tokens[at] !== '(' && tokens[at] !== '{') at += 1;
    if (tokens[at] === '(') readArguments();
  }
  return { kind, fields: readSelection().fields };
}

function wholeNumber(token: string | undefined, text: string): number {
  if (token !== undefined && /^\d+$/.test(token)) return Number(token);
  throw new CommerceError({
    code: 'options.invalid',
    message: `The cost of a document was not reckoned: its page size is "${token ?? ''}", in "${text.slice(0, 60)}". Write page sizes as numbers.`,
  });
}
