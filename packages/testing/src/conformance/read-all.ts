import type { CommerceError, Page, PageProblem, Ref } from '@crossdock/core';

/** Everything that a pull gave. */
export interface Haul<T> {
  readonly items: readonly T[];
  readonly problems: readonly PageProblem[];
  /** One a page. */
  readonly cursors: readonly string[];
}

/** Reads a pull to its end, or for so many pages. `afterPage` runs between two pages, as the work on a page does. */
export async function readAll<T>(
  pull: AsyncIterable<Page<T>>,
  options: {
    readonly pages?: number;
    readonly afterPage?: (number: number, itemsSoFar: number) => Promise<void> | void;
  } = {},
): Promise<Haul<T>> {
  const items: T[] = [];
  const problems: PageProblem[] = [];
  const cursors: string[] = [];
  for await (const page of pull) {
    items.push(...page.items);
    problems.push(...(page.problems ?? []));
    cursors.push(page.cursor);
    if (cursors.length === options.pages) break;
    await options.afterPage?.(cursors.length, items.length);
  }
  return { items, problems, cursors };
}

/** The wanted records that are in none of the hauls, as text for a sentence. */
export function missingFrom<T extends { readonly ref: Ref }>(
  wanted: readonly Ref[],
  ...hauls: readonly Haul<T>[]
): readonly string[] {
  const seen = new Set(hauls.flatMap(({ items }) => items.map(({ ref }) => ref.id)));
  return wanted.filter(({ id }) => !seen.has(id)).map(({ id }) => `"${id}"`);
}

/** What is said of a record that could not be read. */
export function problemAbout(ref: Ref, { problems }: Haul<unknown>): CommerceError | undefined {
  return problems.find((problem) => problem.ref?.id === ref.id || problem.error.refs.some(({ id }) => id === ref.id))
    ?.error;
}
