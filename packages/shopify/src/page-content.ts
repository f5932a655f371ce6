import type { PageProblem } from '@crossdock/core';
import { laterOf } from './sweep-cursor.ts';

/** What a page holds, and the latest change in it. */
export interface PageContent<T> {
  readonly items: readonly T[];
  readonly problems: readonly PageProblem[];
  readonly newest: string | undefined;
}

/** Several as one. */
export function pageOf<T>(parts: readonly PageContent<T>[]): PageContent<T> {
  let newest: string | undefined;
  for (const part of parts) newest = laterOf(newest, part.newest);
  return {
    items: parts.flatMap(({ items }) => items),
    problems: parts.flatMap(({ problems }) => problems),
    newest,
  };
}
