import { CommerceError } from '@crossdock/core';
import {
  readDocument,
  type Directives,
  type PageSize,
  type RawFragment,
  type RawOperation,
  type RawSelection,
} from './document-reader.ts';

export { tokenPattern, type PageSize } from './document-reader.ts';

/** A selected field with what is selected in it. */
export interface Field {
  readonly name: string;
  /** What its value stands under in an answer: the alias, or the name. */
  readonly key: string;
  /** A connection's `first` and `last`, those that are written: of a document for both ways only one is given at a time. */
  readonly pageSizes: readonly PageSize[];
  readonly fields: readonly Field[];
  /** The selections of fragments, one a type. */
  readonly fragments: readonly (readonly Field[])[];
  /** The names of the directives on it. */
  readonly directives: readonly string[];
  /** What `@idempotent` has for a key, as it is written: a variable or a text. */
  readonly idempotencyKey: string | undefined;
  /** Whether `@skip` or `@include`, on it or around it, may leave it out. */
  readonly isOptional: boolean;
}

/** One operation of a text. */
export interface Selections extends Omit<RawOperation, 'selection'> {
  /** Of the operation itself, with those of its fragments: they can be for one type only. */
  readonly fields: readonly Field[];
  /** Variables that say how long a page is, wherever they are used. */
  readonly pageVariables: readonly string[];
}

/** More fields than this no document has that may cost 1000 points; fragments in fragments double with every level. */
const mostFields = 20_000;
/** Fragments in fragments go no deeper; it is what the brackets of a text may have. */
const mostLevels = 100;

/**
 * Reads what an operation of a text selects, with the fragments that it names. It checks no more than what it needs itself:
 * Shopify does. The text is not quoted in errors: a search for a buyer may stand in it.
 */
export function parseSelections(text: string, wanted?: string): Selections {
  const read = readDocument(text);
  if (read === 'too-deep') throw unread(`its brackets go deeper than ${mostLevels} levels`, 'Ask for less at once.');
  const { operations, fragments } = read;
  const found = wanted === undefined ? operations[0] : operations.find(({ name }) => name === wanted);
  if (found && (wanted !== undefined || operations.length === 1)) return selectionsOf(found, fragments);
  const none = wanted === undefined ? '' : `, none of them "${wanted}"`;
  throw unread(`it has ${operations.length} operations${none}`, 'Name the one to send.');
}

function unread(seen: string, next: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    message: `The cost of a document was not reckoned, and it was not sent: ${seen}. ${next}`,
  });
}

function selectionsOf(
  { selection: root, ...operation }: RawOperation,
  fragments: ReadonlyMap<string, RawFragment>,
): Selections {
  const pageVariables = new Set<string>();
  let count = 0;

  function counted(more: number): void {
    count += more;
    if (count > mostFields) throw unread(`it selects more than ${mostFields} fields`, 'Ask for less at once.');
  }

  /** A selection with its fragments in their places: those of no type of their own among the fields, the others by type. */
  function resolved(selection: RawSelection, place: Place): Pick<Field, 'fields' | 'fragments'> {
    if (place.depth > mostLevels) {
      throw unread(`its fragments go deeper than ${mostLevels} levels`, 'Ask for less at once.');
    }
    counted(selection.fields.length + selection.spreads.length + selection.inline.length);
    const reading: Reading = { fields: [], typed: new Map() };
    for (const field of selection.fields) {
      const { name, key, pageSizes, directives } = field;
      for (const size of pageSizes) if (typeof size === 'object') pageVariables.add(size.variable);
      const inner = { open: place.open, depth: place.depth + 1, isOptional: false };
      reading.fields.push({
        name,
        key,
        pageSizes,
        directives: [...directives.keys()],
        idempotencyKey: directives.get('idempotent')?.get('key'),
        isOptional: place.isOptional || mayLeaveOut(directives),
        ...resolved(field.selection, inner),
      });
    }
    for (const { type, directives, selection: inner } of selection.inline) {
      add(reading, type, resolved(inner, within(place, directives)));
    }
    for (const { name, directives } of selection.spreads) {
      const fragment = fragments.get(name);
      // One that leads back to itself is refused by Shopify, and would have no end here.
      if (!fragment || place.open.has(name)) continue;
      add(reading, fragment.type, resolved(fragment.selection, within(place, directives, name)));
    }
    return { fields: reading.fields, fragments: [...reading.typed.values()] };
  }

  const { fields, fragments: typed } = resolved(root, { open: new Set(), depth: 0, isOptional: false });
  return { ...operation, fields: [...fields, ...typed.flat()], pageVariables: [...pageVariables].toSorted() };
}

interface Reading {
  readonly fields: Field[];
  /** By the type that they are for. */
  readonly typed: Map<string, Field[]>;
}
/** Where in a document something stands. */
interface Place {
  /** The named fragments around it. */
  readonly open: ReadonlySet<string>;
  readonly depth: number;
  /** Whether something around it, in the same object, may leave it out. */
  readonly isOptional: boolean;
}

function within({ open, depth, isOptional }: Place, directives: Directives, name?: string): Place {
  return {
    open: name === undefined ? open : new Set([...open, name]),
    depth: depth + 1,
    isOptional: isOptional || mayLeaveOut(directives),
  };
}

function mayLeaveOut(directives: Directives): boolean {
  return directives.has('skip') || directives.has('include');
}

function add(reading: Reading, type: string | undefined, found: Pick<Field, 'fields' | 'fragments'>): void {
  if (type === undefined) reading.fields.push(...found.fields);
  else reading.typed.set(type, [...(reading.typed.get(type) ?? []), ...found.fields]);
  found.fragments.forEach((fragment, index) =>
    reading.typed.set(`${type ?? ''}/${reading.typed.size}/${index}`, [...fragment]),
  );
}
