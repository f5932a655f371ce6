import type { Stores, StoreSet } from '../ports/stores.ts';

/** What a unit of work comes to, all of which is taken back: nothing of it is stored. */
export async function takenBack<T>(
  { atomically }: Pick<Stores, 'atomically'>,
  work: (inside: StoreSet) => Promise<T>,
): Promise<T> {
  let seen: { readonly result: T } | undefined;
  try {
    await atomically(async (inside) => {
      seen = undefined;
      seen = { result: await work(inside) };
      // Nothing but a failure takes a unit of work back.
      throw new Error('Taken back on purpose.');
    });
  } catch (error) {
    if (seen === undefined) throw error;
  }
  return resultOf(seen);
}

function resultOf<T>(seen: { readonly result: T } | undefined): T {
  if (seen !== undefined) return seen.result;
  throw new Error('A unit of work that throws came to its end.');
}
