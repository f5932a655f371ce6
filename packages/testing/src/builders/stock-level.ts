import type { StockLevel } from '@crossdock/core';

/** A valid level: forty red tees in the main warehouse, with `change` on top. */
export function aStockLevel(change: Partial<StockLevel> = {}): StockLevel {
  return {
    sku: 'TEE-RED-M',
    location: { system: 'warehouse', kind: 'location', id: '1' },
    available: 40,
    asOf: '2026-11-01T09:00:00.000Z',
    ...change,
  };
}
