import type { ErrorCode } from '../errors/codes.ts';
import { CommerceError, isCommerceError } from '../errors/commerce-error.ts';
import type { Since } from '../ports/page.ts';
import type { Parts } from './parts.ts';
import { pulls, type EventPage, type PullOperation } from './pulls.ts';

/** The pages of a pull of one of the systems. Throws `wiring.invalid` where nobody offers it. */
export function pullFrom(
  { systems }: Pick<Parts, 'systems'>,
  system: string,
  operation: PullOperation,
  since: Since,
  signal: AbortSignal | undefined,
): AsyncIterable<EventPage> {
  const connector = Object.hasOwn(systems, system) ? systems[system] : undefined;
  // A program without a compiler may ask for what is no pull.
  const pull = Object.hasOwn(pulls, operation) ? pulls[operation] : undefined;
  const pages = connector && pull?.(connector, since, { signal });
  if (pages !== undefined) return pages;
  throw new CommerceError({
    code: 'wiring.invalid',
    message: `Nothing was pulled from "${system}": no connected system of that name offers "${operation}". Name one that does.`,
    system,
    operation,
  });
}

/**
 * What a pull says to a cursor from which it cannot go on: that it is none of its connector's, or whatever a platform says to
 * a place that it has forgotten. An answer that nobody understands says nothing about the question.
 */
const refusals: ReadonlySet<ErrorCode> = new Set(['options.invalid', 'request.rejected', 'record.missing']);

/** Whether a pull that was to go on from a cursor may be begun anew: asked again, it would be refused again. */
export function isCursorRefused(error: unknown): boolean {
  return isCommerceError(error) && refusals.has(error.code);
}
