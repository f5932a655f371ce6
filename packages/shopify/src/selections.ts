import { CommerceError } from '@crossdock/core';

/** A selected field with what is selected in it. */
export interface Field {
  readonly name: string;
  /** A connection's `first` or `last`: 0 where none is given, a name where a variable gives it. */
  readonly pageSize: PageSize;
  readonly fields: readonly Field[];
  /** The selections of fragments, one a type. */
  readonly fragments: readonly (readonly Field[])[];
  /** The names of the directives on it. */
  readonly directives: readonly string[];
}
export type PageSize = number | { readonly variable: string };

/** One operation of a text. */
export interface Selections {
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** `undefined` where it has none. */
  readonly name: string | undefined;
  readonly fields: readonly Field[];
  /** Whole numbers that variables have where none are given. */
  readonly defaults: Readonly<Record<string, number>>;
  /** Variables that say how long a page is. */
  readonly pageVariables: readonly string[];
  /** Every variable that is declared. */
  readonly variables: readonly string[];
}

/** Reads what the operations of a text select, with the fragments that they name. It checks nothing: Shopify does. */
export function parseSelections(text: string, wanted?: string): Selections {
  const operations = operationsIn(text);
  const found = wanted === undefined ? operations[0] : operations.find(({ name }) => name === wanted);
  if (found && (wanted !== undefined || operations.length === 1)) return found;
  throw new CommerceError({
    code: 'options.invalid',
    message: `The cost of a document was not reckoned: it has ${operations.length} operations${wanted === undefined ? '' : `, none of them "${wanted}"`}, in "${text.trim().slice(0, 60)}". Name the one to send.`,
  });
}

interface Reading {
  readonly fields: Field[];
  /** By the type that they are for; spreads of named fragments by `...Name`. */
  readonly typed: Map<string, Field[]>;
}
type RawField = Omit<Field, 'fields' | 'fragments'> & { readonly selection: RawSelection };
interface RawSelection {
  readonly fields: readonly RawField[];
  readonly inline: readonly { readonly type: string | undefined; readonly selection: RawSelection }[];
  readonly spreads: readonly string[];
}
type RawFragment = { readonly type: string; readonly selection: RawSelection };

function operationsIn(text: string): readonly Selections[] {
  const source = text.match(tokenPattern)?.filter((token) => !token.startsWith('#')) ?? [];
  let at = 0;
  const peek = () => source[at];
  const take = () => source[at++] ?? '';
  let pageVariables = new Set<string>();

  /** Everything in brackets from here; says what follows `first:` or `last:` in the outermost. */
  function readArguments(): PageSize {
    let pageSize: PageSize = 0;
    let depth = 0;
    do {
      const token = take();
      if (/^[([{]$/.test(token)) depth += 1;
      if (/^[)\]}]$/.test(token)) depth -= 1;
      if (depth === 1 && (token === 'first' || token === 'last') && peek() === ':') {
        at += 1;
        const value = take();
        pageSize = value.startsWith('$') ? { variable: value.slice(1) } : Number(value) || 0;
        if (typeof pageSize === 'object') pageVariables.add(pageSize.variable);
      }
    } while (depth > 0 && at < source.length);
    return pageSize;
  }

  function readDirectives(): readonly string[] {
    const names: string[] = [];
    while (peek()?.startsWith('@')) {
      names.push(take().slice(1));
      if (peek() === '(') readArguments();
    }
    return names;
  }

  function readSelection(): RawSelection {
    const fields: RawField[] = [];
    const inline: { type: string | undefined; selection: RawSelection }[] = [];
    const spreads: string[] = [];
    at += 1;
    while (at < source.length && peek() !== '}') {
      if (peek() !== '...') {
        fields.push(readField());
        continue;
      }
      at += 1;
      const isNamed = /^[A-Za-z_]/.test(peek() ?? '') && peek() !== 'on';
      if (isNamed) {
        spreads.push(take());
        readDirectives();
        continue;
      }
      let type: string | undefined;
      if (peek() === 'on') {
        at += 1;
        type = take();
      }
      readDirectives();
      inline.push({ type, selection: readSelection() });
    }
    at += 1;
    return { fields, inline, spreads };
  }

  function readField(): RawField {
    let name = take();
    if (peek() === ':') {
      at += 1;
      name = take();
    }
    const pageSize = peek() === '(' ? readArguments() : 0;
    const directives = readDirectives();
    const selection = peek() === '{' ? readSelection() : { fields: [], inline: [], spreads: [] };
    return { name, pageSize, directives, selection };
  }

  /** The names of declared variables, and the whole numbers among their defaults. */
  function readVariables() {
    const variables: string[] = [];
    const defaults: Record<string, number> = {};
    let depth = 0;
    do {
      const token = take();
      if (/^[([{]$/.test(token)) depth += 1;
      if (/^[)\]}]$/.test(token)) depth -= 1;
      if (token.startsWith('$')) variables.push(token.slice(1));
      const last = variables.at(-1);
      if (token === '=' && last !== undefined && /^\d+$/.test(peek() ?? '')) defaults[last] = Number(take());
    } while (depth > 0 && at < source.length);
    return { variables, defaults };
  }

  const fragments = new Map<string, RawFragment>();
  const raw: (Omit<Selections, 'fields'> & { readonly selection: RawSelection })[] = [];
  while (at < source.length) {
    const word = peek();
    pageVariables = new Set();
    if (word === 'fragment') {
      at += 1;
      const name = take();
      at += 1;
      const type = take();
      readDirectives();
      fragments.set(name, { type, selection: readSelection() });
    } else if (word === '{') {
      const selection = readSelection();
      raw.push({ kind: 'query', name: undefined, defaults: {}, variables: [], pageVariables: [], selection });
    } else if (word === 'query' || word === 'mutation' || word === 'subscription') {
      at += 1;
      const name = /^[A-Za-z_]/.test(peek() ?? '') ? take() : undefined;
      const { variables, defaults } = peek() === '(' ? readVariables() : { variables: [], defaults: {} };
      readDirectives();
      const selection = readSelection();
      raw.push({ kind: word, name, defaults, variables, pageVariables: [...pageVariables], selection });
    } else {
      at += 1;
    }
  }
  return raw.map(({ selection, ...operation }) => {
    const seen = new Set<string>();
    const fields = resolved(selection, fragments, seen).fields;
    return { ...operation, fields };
  });
}

/** Names, variables, directives, numbers and punctuation; comments and texts in one piece, so that nothing in them counts. */
const tokenPattern =
  /"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n])*"|#[^\n]*|\.\.\.|[$@]?[A-Za-z_][A-Za-z0-9_]*|-?\d[\d.eE+-]*|[{}()[\]:=!|&]/g;

/** A selection with its fragments in their places: those of no type of their own among the fields, the others by type. */
function resolved(
  { fields, inline, spreads }: RawSelection,
  fragments: ReadonlyMap<string, RawFragment>,
  open: ReadonlySet<string>,
): Pick<Field, 'fields' | 'fragments'> {
  const reading: Reading = {
    fields: fields.map(({ selection, ...field }) => ({ ...field, ...resolved(selection, fragments, open) })),
    typed: new Map(),
  };
  for (const { type, selection } of inline) add(reading, type, resolved(selection, fragments, open));
  for (const name of spreads) {
    const fragment = fragments.get(name);
    // One that leads back to itself is refused by Shopify, and would have no end here.
    if (!fragment || open.has(name)) continue;
    add(reading, fragment.type, resolved(fragment.selection, fragments, new Set([...open, name])));
  }
  return { fields: reading.fields, fragments: [...reading.typed.values()] };
}

function add(reading: Reading, type: string | undefined, found: Pick<Field, 'fields' | 'fragments'>): void {
  if (type === undefined) reading.fields.push(...found.fields);
  else reading.typed.set(type, [...(reading.typed.get(type) ?? []), ...found.fields]);
  found.fragments.forEach((fragment, index) =>
    reading.typed.set(`${type ?? ''}/${reading.typed.size}/${index}`, [...fragment]),
  );
}
