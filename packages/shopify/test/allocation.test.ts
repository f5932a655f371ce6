import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, plannedCalls, stillNeeded, type OpenLine } from '../src/shipment-allocation.ts';

function line(id: string, sku: string, remaining: number, more: Partial<OpenLine> = {}): OpenLine {
  const base = {
    fulfillmentOrderId: 'fo-1',
    status: 'OPEN',
    requestStatus: 'UNSUBMITTED',
    locationId: 'leeds',
    lineItemId: `item-${id}`,
  };
  return { ...base, id, sku, remaining, ...more };
}
const need = (sku: string, quantity: number, lineId?: string) => ({ sku, quantity, lineId });
const shipped = (lineItemId: string, sku: string, quantity: number) => ({ lineItemId, sku, quantity });

describe('what a parcel is taken from', () => {
  it('takes the line that the warehouse names, not the first with the SKU', () => {
    const lines = [line('1', 'TEE', 5), line('2', 'TEE', 5)];
    const { taken } = allocate([need('TEE', 2, 'item-2')], lines);
    expect(taken).toMatchObject([{ id: '2', quantity: 2 }]);
  });

  it('goes by the SKU where the warehouse counts lines its own way', () => {
    const { taken } = allocate([need('TEE', 2, 'row-7')], [line('1', 'TEE', 5)]);
    expect(taken).toMatchObject([{ id: '1', quantity: 2 }]);
  });

  it.each([
    ['a location', { locationId: 'york' }],
    ['a fulfillment order', { fulfillmentOrderId: 'fo-2' }],
  ])('takes nothing from elsewhere where %s is named', (_what, origin) => {
    const lines = [line('1', 'TEE', 5), line('2', 'TEE', 3, { locationId: 'york', fulfillmentOrderId: 'fo-2' })];
    expect(allocate([need('TEE', 3)], [...lines], origin).taken).toMatchObject([{ id: '2', quantity: 3 }]);
    expect(allocate([need('TEE', 4)], [...lines], origin).shortages).toMatchObject([{ available: 3, elsewhere: 5 }]);
  });

  it('goes on at another location where none is named', () => {
    const lines = [line('1', 'TEE', 3), line('2', 'TEE', 3, { locationId: 'york', fulfillmentOrderId: 'fo-2' })];
    expect(plannedCalls(allocate([need('TEE', 4)], lines).taken)).toMatchObject([
      { locationId: 'leeds', lines: [{ fulfillmentOrderId: 'fo-1', id: '1', lineItemId: 'item-1', quantity: 3 }] },
      { locationId: 'york', lines: [{ fulfillmentOrderId: 'fo-2', id: '2', lineItemId: 'item-2', quantity: 1 }] },
    ]);
  });

  it('takes nothing from what is on hold, closed or canceled, and says what waits', () => {
    const lines = ['ON_HOLD', 'CLOSED', 'CANCELLED', 'SCHEDULED', 'INCOMPLETE'].map((status, index) =>
      line(String(index), 'TEE', 1, { status }),
    );
    const { taken, shortages } = allocate([need('TEE', 1)], lines);
    expect(taken).toEqual([]);
    expect(shortages).toMatchObject([{ available: 0, waiting: 2, isKnown: true }]);
  });

  it('takes nothing of what a fulfillment service is asked, and says so', () => {
    const { taken, shortages } = allocate([need('TEE', 1)], [line('1', 'TEE', 1, { requestStatus: 'SUBMITTED' })]);
    expect(taken).toEqual([]);
    expect(shortages).toMatchObject([{ available: 0, asked: 1 }]);
  });

  it.each([
    ['CANCELLED', 'CANCELLATION_ACCEPTED'],
    ['INCOMPLETE', 'CLOSED'],
  ])('takes what its service let go: %s with %s', (status, requestStatus) => {
    const { taken } = allocate([need('TEE', 1)], [line('1', 'TEE', 1, { status, requestStatus })]);
    expect(taken).toMatchObject([{ id: '1', quantity: 1 }]);
  });

  it('names at most 250 lines in one call', () => {
    const lines = Array.from({ length: 600 }, (_, index) => line(String(index), `SKU-${index}`, 1));
    const needs = lines.map(({ sku }) => need(sku ?? '', 1));
    const calls = plannedCalls(allocate(needs, [...lines]).taken);
    expect(calls.map((call) => call.lines.length)).toEqual([250, 250, 100]);
  });

  it('never takes more than is open, nor more than is needed, and accounts for every piece', () => {
    const sku = fc.constantFrom('A', 'B', 'C');
    const openLines = fc.array(fc.record({ sku, remaining: fc.nat(5), locationId: fc.constantFrom('x', 'y') }));
    const needs = fc.array(fc.record({ sku, quantity: fc.integer({ min: 1, max: 5 }) }));
    fc.assert(
      fc.property(openLines, needs, (wires, wanted) => {
        const lines = wires.map((wire, index) => line(String(index), wire.sku, wire.remaining, wire));
        const before = new Map(lines.map(({ id, remaining }) => [id, remaining]));
        const { taken, shortages } = allocate(
          wanted.map(({ sku: name, quantity }) => need(name, quantity)),
          lines,
        );
        for (const [id, remaining] of before) {
          const used = taken.filter((piece) => piece.id === id).reduce((sum, { quantity }) => sum + quantity, 0);
          expect(used).toBeLessThanOrEqual(remaining);
        }
        const asked = wanted.reduce((sum, { quantity }) => sum + quantity, 0);
        const got = taken.reduce((sum, { quantity }) => sum + quantity, 0);
        expect(got).toBeLessThanOrEqual(asked);
        expect(shortages.length === 0).toBe(got === asked);
      }),
    );
  });
});

describe('what a repeat still has to ship', () => {
  it('is nothing when everything was shipped', () => {
    expect(stillNeeded([need('TEE', 2), need('MUG', 1)], [shipped('1', 'MUG', 1), shipped('2', 'TEE', 2)])).toEqual([]);
  });

  it('is the rest when one of two calls went through', () => {
    expect(stillNeeded([need('TEE', 3), need('MUG', 1)], [shipped('2', 'TEE', 2)])).toEqual([
      need('TEE', 1),
      need('MUG', 1),
    ]);
  });

  it('does not count one shipped piece for two needs', () => {
    expect(stillNeeded([need('TEE', 1, '9'), need('TEE', 1)], [shipped('2', 'TEE', 1)])).toEqual([need('TEE', 1)]);
  });
});
