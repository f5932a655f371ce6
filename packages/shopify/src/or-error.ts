import { isCommerceError, type CommerceError } from '@crossdock/core';

/** What was promised, or the CommerceError that came in its place, as the answer of the items that waited for it. */
export async function orError<T>(promised: Promise<T>): Promise<T | CommerceError> {
  try {
    return await promised;
  } catch (error) {
    if (isCommerceError(error)) return error;
    throw error;
  }
}
