import type { Price } from '@crossdock/core';
import { money } from './money.ts';

/** A valid price: £12.00 for a red tee, with `change` on top. */
export function aPrice(change: Partial<Price> = {}): Price {
  return { sku: 'TEE-RED-M', amount: money('12.00'), ...change };
}
