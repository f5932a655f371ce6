import type { FulfillmentDraft, FulfillmentOrder } from '@crossdock/core';
import { anAddress } from './address.ts';

/** A valid request to a warehouse: two red tees for order 1042, with `change` on top. */
export function aFulfillmentDraft(change: Partial<FulfillmentDraft> = {}): FulfillmentDraft {
  return {
    order: { system: 'shop', kind: 'order', id: '1042' },
    number: '1042-1',
    shipTo: anAddress(),
    service: 'Standard',
    lines: [{ id: 'line-1', sku: 'TEE-RED-M', title: 'Tee, red, M', quantity: 2 }],
    placedAt: '2026-11-01T09:00:00.000Z',
    ...change,
  };
}

/** What a warehouse holds for it, with `change` on top. */
export function aFulfillmentOrder(change: Partial<FulfillmentOrder> = {}): FulfillmentOrder {
  return {
    ref: { system: 'warehouse', kind: 'fulfillment', id: '9001' },
    number: '1042-1',
    order: { system: 'shop', kind: 'order', id: '1042' },
    status: 'acknowledged',
    wireStatus: 'Processing',
    shipTo: anAddress(),
    service: 'Standard',
    lines: [{ id: 'line-1', sku: 'TEE-RED-M', quantity: 2 }],
    issues: [],
    requestedAt: '2026-11-01T09:05:00.000Z',
    updatedAt: '2026-11-01T09:05:00.000Z',
    ...change,
  };
}
