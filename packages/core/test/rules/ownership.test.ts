import { describe, expect, it } from 'vitest';
import { defineOwnership, ownedFields, type OwnedField } from '@crossdock/core/model';

const ownership = defineOwnership({
  'order.status': 'erp',
  'order.lines': { owner: 'shop', others: 'raise' },
  'stock.available': 'warehouse',
  'product.price': { owner: 'erp', others: 'ignore' },
  'product.content': 'shop',
  'shipment.tracking': 'warehouse',
});
const judge = (field: OwnedField, from: string, current: unknown, incoming: unknown): string =>
  ownership.judge({ field, from, current, incoming });

describe('defineOwnership', () => {
  it('lets the owner change its field', () => {
    expect(judge('stock.available', 'warehouse', 5, 4)).toBe('apply');
  });

  it('ignores others unless the rule wants them before a person', () => {
    expect(judge('stock.available', 'shop', 5, 4)).toBe('ignore');
    expect(judge('product.price', 'shop', '5.00', '4.00')).toBe('ignore');
    expect(judge('order.lines', 'erp', [{ sku: 'A', quantity: 1 }], [{ sku: 'A', quantity: 2 }])).toBe('raise');
  });

  it('sees no change where the content is the same, whoever sends it', () => {
    expect(judge('order.lines', 'erp', [{ sku: 'A', quantity: 1 }], [{ quantity: 1, sku: 'A', note: undefined }])).toBe(
      'same',
    );
    expect(judge('stock.available', 'warehouse', 5, 5)).toBe('same');
  });

  it('does not take another order of lines, a missing value or another shape for the same', () => {
    expect(judge('order.lines', 'shop', ['A', 'B'], ['B', 'A'])).toBe('apply');
    expect(judge('order.lines', 'shop', ['A'], ['A', 'B'])).toBe('apply');
    expect(judge('order.lines', 'shop', ['A'], { 0: 'A' })).toBe('apply');
    expect(judge('order.lines', 'shop', null, {})).toBe('apply');
    expect(judge('order.lines', 'shop', { a: 1 }, { a: 1, b: 2 })).toBe('apply');
  });

  it('lets each of several channels change what it owns, and nobody else', () => {
    const shared = defineOwnership({
      'order.status': 'erp',
      'order.lines': { owner: ['shop', 'market'], others: 'raise' },
      'stock.available': 'erp',
      'product.price': ['erp', 'shop'],
      'product.content': 'erp',
      'shipment.tracking': 'erp',
    });
    const change = { field: 'order.lines', current: ['A'], incoming: ['B'] } as const;
    expect(shared.judge({ ...change, from: 'shop' })).toBe('apply');
    expect(shared.judge({ ...change, from: 'market' })).toBe('apply');
    expect(shared.judge({ ...change, from: 'erp' })).toBe('raise');
    expect(shared.judge({ ...change, field: 'product.price', from: 'market' })).toBe('ignore');
    expect(shared.owners).toEqual(['erp', 'shop', 'market']);
  });

  it('names every owner once', () => {
    expect(ownership.owners).toEqual(['erp', 'shop', 'warehouse']);
  });

  it('refuses a field without an owner, where no compiler looked', () => {
    const rules = Object.fromEntries(ownedFields.map((field) => [field, 'erp']));
    const all = rules as Parameters<typeof defineOwnership>[0];
    for (const nobody of ['', [], ['shop', '']]) {
      expect(() => defineOwnership({ ...all, 'order.lines': nobody })).toThrow(
        expect.objectContaining({ code: 'wiring.invalid', message: expect.stringContaining('"order.lines"') }),
      );
    }
  });
});
