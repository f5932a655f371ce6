import { errorRules } from './codes.ts';
import { isCommerceError } from './commerce-error.ts';

/**
 * Whether a write that ended with this error may have happened all the same. Only a code of the table that says "no"
 * does; what we cannot name, or a newer copy of core named, leaves it open.
 */
export function mayHaveWritten(error: unknown): boolean {
  return !isCommerceError(error) || !(error.code in errorRules) || errorRules[error.code].wrote === 'maybe';
}
