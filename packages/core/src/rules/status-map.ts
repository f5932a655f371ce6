import { CommerceError } from '../errors/commerce-error.ts';
import type { Ref } from '../model/ref.ts';

/** `held` keeps a word out: records with it wait for a person, with this as the reason. */
export type Held = { readonly held: string };

/** A platform's words for a status and ours, in both directions. */
export interface StatusMap<W extends string, C extends string> {
  /**
   * Unknown wire words and held ones raise `status.unmapped`. There is no default. `record` is what has the status, as a
   * reference or in words (`Order "#1042"`); the error says it first.
   */
  decode(wire: string, record?: Ref | string): C;
  /** A held status raises `status.unmapped`. */
  encode(status: C): W;
}
type Encodings<W extends string, C extends string> = { readonly [K in C]: W | Held };
type Decodings<W extends string, C extends string> = { readonly [K in W]: C | Held };

/**
 * Maps a platform's words to canonical statuses and back, over both whole unions: a word left out does not compile.
 * `name` says in errors which field it is ("shopify order.displayFinancialStatus").
 */
export function defineStatusMap<const W extends readonly string[], const C extends readonly string[]>(map: {
  readonly name: string;
  readonly wire: W;
  readonly canonical: C;
  readonly decode: Decodings<W[number], C[number]>;
  readonly encode: Encodings<W[number], C[number]>;
}): StatusMap<W[number], C[number]> {
  return {
    decode: (wire, record) => resolve(map.name, wire, map.decode, record),
    encode: (status) => resolve(map.name, status, map.encode),
  };
}

function resolve<T extends string>(
  name: string,
  word: string,
  table: Readonly<Record<string, T | Held>>,
  record: Ref | string = 'The record',
): T {
  const found = Object.hasOwn(table, word) ? table[word] : undefined;
  if (typeof found === 'string') return found;
  const reason = found === undefined ? 'this word is in no map' : `held: ${found.held}`;
  throw new CommerceError({
    code: 'status.unmapped',
    ...(typeof record === 'string' ? {} : { system: record.system, refs: [record] }),
    message: `${inWords(record)} was not taken over: "${word}" as ${name} has no counterpart (${reason}). Decide what it means, map it, then replay.`,
    details: { map: name, word },
  });
}

function inWords(record: Ref | string): string {
  if (typeof record === 'string') return record;
  return `${record.kind.slice(0, 1).toUpperCase()}${record.kind.slice(1)} "${record.id}"`;
}
