import { CommerceError } from '../errors/commerce-error.ts';

/** `held` keeps a word out: records with it wait for a person, with this as the reason. */
export type Held = { readonly held: string };
export interface StatusMap<W extends string, C extends string> {
  /** Unknown wire words and held ones raise `status.unmapped`. There is no default. */
  decode(wire: string): C;
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
    decode: (wire) => resolve(map.name, wire, map.decode),
    encode: (status) => resolve(map.name, status, map.encode),
  };
}

function resolve<T extends string>(name: string, word: string, table: Readonly<Record<string, T | Held>>): T {
  const found = Object.hasOwn(table, word) ? table[word] : undefined;
  if (typeof found === 'string') return found;
  const reason = found === undefined ? 'this word is in no map' : `held: ${found.held}`;
  throw new CommerceError({
    code: 'status.unmapped',
    message: `The record was not taken over: "${word}" as ${name} has no counterpart (${reason}). Decide what it means, map it, then replay.`,
    details: { map: name, word },
  });
}
