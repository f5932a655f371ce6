import { isCommerceError, type CommerceError } from '@crossdock/core';

/**
 * Whether Shopify answered, and broke on something in the answer, which may be one record of many: it names no code then but
 * its own. A circuit that opened because of such answers is as good.
 */
export function isBrokenAnswer(error: unknown): error is CommerceError {
  if (!isCommerceError(error)) return false;
  if (error.code === 'circuit.open') return true;
  const { details } = error;
  const isOfAnswer = typeof details === 'object' && details !== null && 'codes' in details;
  return isOfAnswer && (error.code === 'platform.unavailable' || error.code === 'response.unexpected');
}
