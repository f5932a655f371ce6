/** One thing a row is searched by. `value` is as written, without quotes. */
export type SearchField<T> = (row: T, comparator: Comparator, value: string) => boolean;
type Comparator = '=' | '>' | '>=' | '<' | '<=';
export type SearchFields<T> = Readonly<Record<string, SearchField<T>>>;

/** A filter that the platform left out because it does not know the field. */
export type SearchWarning = { readonly field: string; readonly message: string; readonly code: string };
export type Search<T> = {
  readonly matches: (row: T) => boolean;
  readonly warnings: readonly SearchWarning[];
  readonly parsed: Readonly<Record<string, string>>;
};

/**
 * Reads the search syntax: `field:value`, comparators, quotes, AND (also between words), OR, NOT, `-`, parentheses. A
 * field that is not known is left out, which matches everything, and only warned of. Recorded on API 2026-04.
 */
export function search<T>(query: string, fields: SearchFields<T>, words: (row: T) => readonly string[]): Search<T> {
  const tokens =
    query.match(/\(|\)|-?[\w.]+:(?:>=|<=|>|<|=)?(?:'[^']*'|"[^"]*"|[^\s()]*)|'[^']*'|"[^"]*"|[^\s()]+/g) ?? [];
  const warnings: SearchWarning[] = [];
  const parsed: Record<string, string> = {};
  let at = 0;
  type Match = (row: T) => boolean;

  function either(): Match {
    const first = both();
    const rest: Match[] = [];
    while (tokens[at] === 'OR') {
      at++;
      rest.push(both());
    }
    return rest.length === 0 ? first : (row) => first(row) || rest.some((match) => match(row));
  }

  function both(): Match {
    const all: Match[] = [];
    while (at < tokens.length && tokens[at] !== 'OR' && tokens[at] !== ')') {
      if (tokens[at] === 'AND') at++;
      else all.push(one());
    }
    return (row) => all.every((match) => match(row));
  }

  function one(): Match {
    const token = tokens[at++] ?? '';
    if (token === 'NOT') {
      const match = one();
      return (row) => !match(row);
    }
    if (token === '(') {
      const match = either();
      if (tokens[at] === ')') at++;
      return match;
    }
    return term(token);
  }

  function term(token: string): Match {
    const [, minus, name, comparator, raw] = /^(-?)([\w.]+):(>=|<=|>|<|=)?(.*)$/s.exec(token) ?? [];
    if (name === undefined || raw === undefined) {
      const word = unquoted(token).toLowerCase();
      parsed['match_all'] = word;
      return (row) => words(row).some((text) => text.toLowerCase().includes(word));
    }
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!field) {
      warnings.push({ field: name, message: 'Invalid search field for this query.', code: 'invalid_field' });
      parsed['field'] = name;
      parsed['match_all'] = unquoted(raw);
      return () => true;
    }
    // The expression admits no other comparator.
    const how = (comparator ?? '=') as Comparator;
    const values = how === '=' && !/^['"]/.test(raw) ? raw.split(',') : [unquoted(raw)];
    const match: Match = (row) => values.some((value) => field(row, how, value));
    return minus ? (row) => !match(row) : match;
  }

  const matches = either();
  return { matches, warnings, parsed };
}

/** A field that holds a moment, compared in whole seconds; a date alone is its whole day in UTC. */
export function timeField<T>(of: (row: T) => number | undefined): SearchField<T> {
  return (row, comparator, value) => {
    const at = of(row);
    const dayOnly = /^\d{4}-\d{2}-\d{2}$/.test(value);
    const wanted = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(value) || dayOnly ? value : `${value}Z`);
    if (at === undefined || Number.isNaN(wanted)) return false;
    if (comparator === '=') return dayOnly ? at >= wanted && at < wanted + 86_400_000 : at === wanted;
    return compared(at, comparator, Math.floor(wanted / 1000) * 1000);
  };
}

/** A field that holds a number beyond what a double can: ids and counters. A global id is read by its number. */
export function numberField<T>(of: (row: T) => bigint | undefined): SearchField<T> {
  return (row, comparator, value) => {
    const has = of(row);
    const digits = /^(?:gid:\/\/shopify\/\w+\/)?(-?\d+)$/.exec(value)?.[1];
    return has !== undefined && digits !== undefined && compared(has, comparator, BigInt(digits));
  };
}

/** A field that holds words, compared without regard to case; `*` at the end stands for any ending. */
export function textField<T>(of: (row: T) => string | undefined | readonly string[]): SearchField<T> {
  return (row, _comparator, value) => {
    const has = of(row);
    const wanted = value.toLowerCase();
    if (wanted === '*') return has !== undefined && has.length > 0;
    return [has ?? []].flat().some((text) => {
      const lower = text.toLowerCase();
      return wanted.endsWith('*') ? lower.startsWith(wanted.slice(0, -1)) : lower === wanted;
    });
  };
}

function compared<V extends number | bigint>(has: V, comparator: Comparator, wanted: V): boolean {
  switch (comparator) {
    case '=':
      return has === wanted;
    case '>':
      return has > wanted;
    case '>=':
      return has >= wanted;
    case '<':
      return has < wanted;
    case '<=':
      return has <= wanted;
  }
}

function unquoted(text: string): string {
  return text.replace(/^(['"])(.*)\1$/s, '$2');
}
