import { isCommerceError } from '../errors/commerce-error.ts';
import type { ExceptionRecord, ExceptionStore } from '../ports/stores.ts';
import { checkCount } from './call-options.ts';
import type { BulkFilter, Skipped } from './replay-plan.ts';

/** How many are read at once. */
const pageSize = 100;

/**
 * Acts on each exception of a filter, oldest first. One that meanwhile is not open any more, or not there, is skipped; any
 * other failure ends it, and everything before stays as it was done, so that the same call goes on from there.
 */
export async function eachException(
  exceptions: Pick<ExceptionStore, 'list'>,
  call: string,
  { limit, state = 'open', ...filter }: BulkFilter,
  act: (record: ExceptionRecord) => Promise<void>,
): Promise<{ readonly done: number; readonly skipped: readonly Skipped[] }> {
  if (limit !== undefined) checkCount(`exceptions.${call}({ limit })`, limit, 1);
  const skipped: Skipped[] = [];
  let { after } = filter;
  let done = 0;
  let left = limit ?? Number.POSITIVE_INFINITY;
  while (left > 0) {
    const page = await exceptions.list({ ...filter, state, after, limit: Math.min(pageSize, left) });
    if (page.length === 0) break;
    for (const record of page) {
      try {
        await act(record);
        done++;
      } catch (error) {
        if (!isCommerceError(error, 'record.rejected') && !isCommerceError(error, 'record.missing')) throw error;
        skipped.push({ id: record.id, reason: error.message });
      }
    }
    left -= page.length;
    after = page.at(-1)?.id;
  }
  return { done, skipped };
}
