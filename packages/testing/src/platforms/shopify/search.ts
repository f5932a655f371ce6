/** One thing a row is searched by. `value` is as written, without quotes and backslashes. */
export type SearchField<T> = (comparator: Comparator, value: string) => (row: T) => boolean;
type Comparator = '=' | '>' | '>=' | '<' | '<=';
export type SearchFields<T> = Readonly<Record<string, SearchField<T>>>;

/** A filter that the platform left out because it does not know the field. */
export type SearchWarning = { readonly field: string; readonly message: string; readonly code: string };
export type Search<T> = {
  readonly matches: (row: T) => boolean;
  readonly warnings: readonly SearchWarning[];
  readonly parsed: Readonly<Record<string, string>>;
};

// Parentheses, `field:value`, and words. In and out of quotes a backslash makes the next character plain.
// shopify.dev, search syntax, read 2026-11-26.
const token =
  /\(|\)|-?[\w.]+:(?:>=|<=|>|<|=)?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(?:\\.|[^\s()\\])*)|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|(?:\\.|[^\s()\\])+/gs;

/**
 * Reads the search syntax: `field:value`, comparators, quotes, AND (also between words), OR, NOT, `-`, parentheses. A
 * field that is not known is left out, which matches everything, and only warned of. Recorded on API 2026-04.
 */
export function search<T>(query: string, fields: SearchFields<T>, words: (row: T) => readonly string[]): Search<T> {
  const tokens = query.match(token) ?? [];
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
    const text = tokens[at++] ?? '';
    if (text === 'NOT') {
      const match = one();
      return (row) => !match(row);
    }
    if (text === '(') {
      const match = either();
      if (tokens[at] === ')') at++;
      return match;
    }
    return term(text);
  }

  function term(text: string): Match {
    const [, minus, name, comparator, raw] = /^(-?)([\w.]+):(>=|<=|>|<|=)?(.*)$/s.exec(text) ?? [];
    if (name === undefined || raw === undefined) {
      const word = unquoted(text).toLowerCase();
      parsed['match_all'] = word;
      return (row) => words(row).some((each) => each.toLowerCase().includes(word));
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
    const values = how === '=' && !/^['"]/.test(raw) ? raw.split(',') : [raw];
    const matches = values.map((value) => field(how, unquoted(value)));
    const match: Match = (row) => matches.some((each) => each(row));
    return minus ? (row) => !match(row) : match;
  }

  const matches = either();
  return { matches, warnings, parsed };
}

/** A field that holds a moment, compared in whole seconds; a date alone is its whole day in UTC. */
export function timeField<T>(of: (row: T) => number | undefined): SearchField<T> {
  return (comparator, value) => {
    const dayOnly = /^\d{4}-\d{2}-\d{2}$/.test(value);
    const wanted = Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(value) || dayOnly ? value : `${value}Z`);
    return (row) => {
      const at = of(row);
      if (at === undefined || Number.isNaN(wanted)) return false;
      if (comparator === '=') return dayOnly ? at >= wanted && at < wanted + 86_400_000 : at === wanted;
      return compared(at, comparator, Math.floor(wanted / 1000) * 1000);
    };
  };
}

/** A field that holds a number beyond what a double can: ids and counters. A global id is read by its number. */
export function numberField<T>(of: (row: T) => bigint | undefined): SearchField<T> {
  return (comparator, value) => {
    const digits = /^(?:gid:\/\/shopify\/\w+\/)?(-?\d+)$/.exec(value)?.[1];
    const wanted = digits === undefined ? undefined : BigInt(digits);
    return (row) => {
      const has = of(row);
      return has !== undefined && wanted !== undefined && compared(has, comparator, wanted);
    };
  };
}

/** A field that holds words, compared without regard to case; `*` at the end stands for any ending. */
export function textField<T>(of: (row: T) => string | undefined | readonly string[]): SearchField<T> {
  return (_comparator, value) => {
    const wanted = value.toLowerCase();
    return (row) => {
      const has = of(row);
      if (wanted === '*') return has !== undefined && has.length > 0;
      return [has ?? []].flat().some((text) => {
        const lower = text.toLowerCase();
        return wanted.endsWith('*') ? lower.startsWith(wanted.slice(0, -1)) : lower === wanted;
      });
    };
  };
}

/**
 * A field that is searched by the words in it: what is asked for has to stand in it, word by word and in order, but need
 * not be all of it. `TEE` finds "TEE", "tee" and "TEE-RED"; `*` at the end stands for any ending of the last word.
 */
export function wordField<T>(of: (row: T) => string | undefined): SearchField<T> {
  return (_comparator, value) => {
    const wanted = wordsOf(value);
    const last = wanted.length - 1;
    const isEnding = value.endsWith('*');
    return (row) => {
      const has = of(row)?.toLowerCase();
      if (has === undefined || has === '') return false;
      if (wanted.length === 0) return value === '*' || has === value.toLowerCase();
      // Taking texts apart is slow, and a filter of a hundred SKUs looks at every row a hundred times.
      if (!wanted.every((word) => has.includes(word))) return false;
      const words = wordsOf(has);
      return words.some((_word, from) =>
        wanted.every((word, index) => {
          const there = words[from + index];
          return isEnding && index === last ? there?.startsWith(word) : there === word;
        }),
      );
    };
  };
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
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
  return text.replace(/^(['"])(.*)\1$/s, '$2').replace(/\\(.)/gs, '$1');
}
