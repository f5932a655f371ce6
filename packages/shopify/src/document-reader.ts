/** An operation as it is written, before its fragments are put in their places. */
export interface RawOperation {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string | undefined;
  /** Whole numbers that variables have where none are given. */
  readonly defaults: Readonly<Record<string, number>>;
  /** Every variable that is declared. */
  readonly variables: readonly string[];
  readonly selection: RawSelection;
}
export interface RawFragment {
  readonly type: string;
  readonly selection: RawSelection;
}
export interface RawSelection {
  readonly fields: readonly RawField[];
  readonly inline: readonly RawInline[];
  readonly spreads: readonly RawSpread[];
}
interface RawField {
  readonly name: string;
  /** What its value stands under in an answer: the alias, or the name. */
  readonly key: string;
  readonly pageSizes: readonly PageSize[];
  readonly directives: Directives;
  readonly selection: RawSelection;
}
interface RawInline {
  readonly type: string | undefined;
  readonly directives: Directives;
  readonly selection: RawSelection;
}
interface RawSpread {
  readonly name: string;
  readonly directives: Directives;
}
/** A connection's `first` or `last`; a name where a variable gives it. */
export type PageSize = number | { readonly variable: string };
/** By their names, with the first piece of each argument as it is written. */
export type Directives = ReadonlyMap<string, Arguments>;
type Arguments = ReadonlyMap<string, string>;

/** A text whose brackets go deeper than this is no document that Shopify runs, and would end in no error of ours. */
const mostLevels = 100;

/** Reads what a text is made of. It checks nothing but how deep it goes: `too-deep`. */
export function readDocument(
  text: string,
): { readonly operations: readonly RawOperation[]; readonly fragments: ReadonlyMap<string, RawFragment> } | 'too-deep' {
  const source = text.match(tokenPattern)?.filter((token) => !token.startsWith('#')) ?? [];
  if (levelsOf(source) > mostLevels) return 'too-deep';
  let at = 0;
  const peek = () => source[at];
  const take = () => source[at++] ?? '';

  /** Everything in brackets from here; says what follows the names in the outermost. */
  function readArguments(): Arguments {
    const found = new Map<string, string>();
    let depth = 0;
    do {
      const token = take();
      if (isOpening(token)) depth += 1;
      if (isClosing(token)) depth -= 1;
      if (depth === 1 && source[at] === ':') found.set(token, source[at + 1] ?? '');
    } while (depth > 0 && at < source.length);
    return found;
  }

  function readDirectives(): Directives {
    const found = new Map<string, Arguments>();
    while (peek()?.startsWith('@')) {
      const name = take().slice(1);
      found.set(name, peek() === '(' ? readArguments() : new Map());
    }
    return found;
  }

  function readSelection(): RawSelection {
    const fields: RawField[] = [];
    const inline: RawInline[] = [];
    const spreads: RawSpread[] = [];
    at += 1;
    while (at < source.length && peek() !== '}') {
      if (peek() !== '...') {
        fields.push(readField());
        continue;
      }
      at += 1;
      if (/^[A-Za-z_]/.test(peek() ?? '') && peek() !== 'on') {
        spreads.push({ name: take(), directives: readDirectives() });
        continue;
      }
      const type = peek() === 'on' ? source[at + 1] : undefined;
      if (peek() === 'on') at += 2;
      inline.push({ type, directives: readDirectives(), selection: readSelection() });
    }
    at += 1;
    return { fields, inline, spreads };
  }

  function readField(): RawField {
    const key = take();
    let name = key;
    if (peek() === ':') {
      at += 1;
      name = take();
    }
    const given = peek() === '(' ? readArguments() : new Map<string, string>();
    const directives = readDirectives();
    const selection = peek() === '{' ? readSelection() : nothing;
    const pageSizes = ['first', 'last'].flatMap((argument) => pageSizeOf(given.get(argument)) ?? []);
    return { name, key, pageSizes, directives, selection };
  }

  function readVariables(): Pick<RawOperation, 'variables' | 'defaults'> {
    const variables: string[] = [];
    const defaults: Record<string, number> = {};
    let depth = 0;
    do {
      const token = take();
      if (isOpening(token)) depth += 1;
      if (isClosing(token)) depth -= 1;
      if (token.startsWith('$')) variables.push(token.slice(1));
      const last = variables.at(-1);
      if (token === '=' && last !== undefined && /^\d+$/.test(peek() ?? '')) defaults[last] = Number(take());
    } while (depth > 0 && at < source.length);
    return { variables, defaults };
  }

  const operations: RawOperation[] = [];
  const fragments = new Map<string, RawFragment>();
  while (at < source.length) {
    const word = peek();
    if (word === 'fragment') {
      const [, name = '', , type = ''] = source.slice(at, at + 4);
      at += 4;
      readDirectives();
      fragments.set(name, { type, selection: readSelection() });
    } else if (word === '{') {
      operations.push({ kind: 'query', name: undefined, defaults: {}, variables: [], selection: readSelection() });
    } else if (word === 'query' || word === 'mutation' || word === 'subscription') {
      at += 1;
      const name = /^[A-Za-z_]/.test(peek() ?? '') ? take() : undefined;
      const declared = peek() === '(' ? readVariables() : { variables: [], defaults: {} };
      readDirectives();
      operations.push({ kind: word, name, ...declared, selection: readSelection() });
    } else {
      at += 1;
    }
  }
  return { operations, fragments };
}

/** Names, variables, directives, numbers and punctuation; comments and texts in one piece, so that nothing in them counts. */
export const tokenPattern =
  /"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n\r]*|\.\.\.|[$@]?[A-Za-z_][A-Za-z0-9_]*|-?\d[\d.eE+-]*|[{}()[\]:=!|&]/g;

const nothing: RawSelection = { fields: [], inline: [], spreads: [] };

function isOpening(token: string): boolean {
  return token === '(' || token === '[' || token === '{';
}

function isClosing(token: string): boolean {
  return token === ')' || token === ']' || token === '}';
}

function levelsOf(source: readonly string[]): number {
  let depth = 0;
  let most = 0;
  for (const token of source) {
    if (isOpening(token)) most = Math.max(most, (depth += 1));
    else if (isClosing(token)) depth -= 1;
  }
  return most;
}

function pageSizeOf(given: string | undefined): PageSize | undefined {
  if (given === undefined) return undefined;
  return given.startsWith('$') ? { variable: given.slice(1) } : Number(given) || 0;
}
