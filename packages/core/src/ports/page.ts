import type { CommerceError } from '../errors/commerce-error.ts';
import type { Ref } from '../model/ref.ts';

/**
 * Where to go on: after a saved `cursor`, or for a first time from a moment. `{}` starts at the beginning. A cursor from which
 * nothing goes on is refused with `options.invalid` or `request.rejected`, so that who saved it can begin anew.
 */
export type Since = { readonly cursor?: string | undefined; readonly updatedAfter?: string | undefined };

/**
 * One page of a pull. Save `cursor` after the items are handled, never before. A cursor overlaps what came before it:
 * the same item may come again, none is left out.
 */
export type Page<T> = {
  readonly items: readonly T[];
  readonly cursor: string;
  /** Records of this page that could not be understood; each waits for a person while the rest goes on. */
  readonly problems?: readonly PageProblem[] | undefined;
};

/** One record that a page holds and nobody can read: a status without a counterpart, an amount that is none. */
export type PageProblem = {
  /** `undefined` when not even its id could be read. */
  readonly ref: Ref | undefined;
  readonly error: CommerceError;
  /**
   * The moment or number that tells this state of the record from the one before. With it, a record that changes and
   * still cannot be read is reported again; without it, the same error of the same record is reported once. A moment (of UTC,
   * where it names no zone) is never later than the record's `updatedAt` in that state: read as it was before, it is not taken
   * for readable again.
   */
  readonly version?: string | undefined;
};
