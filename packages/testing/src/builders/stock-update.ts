import type { StockUpdate } from '@crossdock/core';

/** A valid update: a channel is to offer forty red tees, whatever it offers now; with `change` on top. */
export function aStockUpdate(change: Partial<StockUpdate> = {}): StockUpdate {
  return { sku: 'TEE-RED-M', available: 40, ...change };
}
