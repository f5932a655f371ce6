import type { Ref } from '@crossdock/core';

/** References as three lists, which a statement unfolds to rows again. */
export function inColumns(refs: readonly Ref[]): readonly [string[], string[], string[]] {
  return [refs.map(({ system }) => system), refs.map(({ kind }) => kind), refs.map(({ id }) => id)];
}
