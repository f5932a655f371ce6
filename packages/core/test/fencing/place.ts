import type { Stores } from '@crossdock/core';

/** Where the stores of a test are, in words that can be handed to another process. */
export interface Place {
  /** A module that exports `openPlace`. */
  readonly module: string;
  /** What it needs to know to open the same stores again. */
  readonly where: string;
}

/** Opens the stores of a place, in whatever process. */
export async function openStores({ module, where }: Place): Promise<Stores> {
  // What a place names is a module of the tests.
  const opened = (await import(module)) as { readonly openPlace: (where: string) => Stores | Promise<Stores> };
  return opened.openPlace(where);
}
