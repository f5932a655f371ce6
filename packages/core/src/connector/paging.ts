import { CommerceError } from '../errors/commerce-error.ts';
import type { Page } from '../ports/page.ts';

/** A page as a connector fetched it: what to hand out, and where its platform says the next one is. */
export interface FetchedPage<T> extends Page<T> {
  /** Where the next page is, in the platform's own words. Left out on the last page. */
  readonly next?: string | undefined;
}

/** Where `pages` begins, what stops it, and how its errors call it. */
export interface PagingOptions {
  readonly system: string;
  readonly operation: string;
  /** Where the first page is; left out where the platform has its own beginning. */
  readonly start?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Hands out pages until the platform has no next one. The next page is fetched only when it is asked for, so the cursor
 * of a page can be saved before anything after it happens. Throws `call.aborted` when the signal is aborted between
 * pages, and `response.unexpected` when the platform sends us in a circle.
 */
export async function* pages<T>(
  fetchPage: (at: string | undefined) => Promise<FetchedPage<T>>,
  options: PagingOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  const isSeen = circleGuard();
  for (let at = options.start; ;) {
    if (options.signal?.aborted) throw stopped(options);
    if (at !== undefined && isSeen(at)) throw circling(options);
    const { next, ...page } = await fetchPage(at);
    yield page;
    if (next === undefined) return;
    at = next;
  }
}

/**
 * Whether a place was handed in before, found at the latest after going round twice, and remembering one place only: the
 * one kept is replaced after 1, 2, 4, 8 … steps, so a circle of any length ends up inside one such stretch.
 */
function circleGuard(): (place: string) => boolean {
  let kept: string | undefined;
  let steps = 0;
  let stretch = 1;
  return (place) => {
    if (place === kept) return true;
    if (++steps === stretch) {
      kept = place;
      steps = 0;
      stretch *= 2;
    }
    return false;
  };
}

function stopped({ system, operation }: PagingOptions): CommerceError {
  return new CommerceError({
    code: 'call.aborted',
    message: `\`${operation}\` at "${system}" was stopped by its caller between two pages. Call it again from the last saved cursor.`,
    system,
    operation,
  });
}

function circling({ system, operation }: PagingOptions): CommerceError {
  return new CommerceError({
    code: 'response.unexpected',
    message: `\`${operation}\` at "${system}" was not read to its end: the next page it names was handed out already. Run it again; if it repeats, compare with the paging of its API.`,
    system,
    operation,
  });
}
