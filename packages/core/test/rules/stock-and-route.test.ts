import { describe, expect, it } from 'vitest';
import {
  availableBySku,
  reserve,
  route,
  shipsComplete,
  type LineToReserve,
  type RouteCandidate,
  type StockLevel,
} from '@crossdock/core/model';

const location = (id: string) => ({ system: 'erp', kind: 'location', id }) as const;
const level = (sku: string, available: number, place = 'north', lot?: string): StockLevel => ({
  sku,
  location: location(place),
  available,
  asOf: '2026-11-23T08:00:00Z',
  ...(lot !== undefined && { lot }),
});
const line = (id: string, sku: string, quantity: number): LineToReserve => ({ id, sku, quantity });

describe('reserve', () => {
  it('promises what is there', () => {
    expect(reserve([line('l1', 'A', 2)], [level('A', 2)])).toEqual({
      complete: true,
      lines: [{ lineId: 'l1', wanted: 2, promised: 2 }],
      shortages: [],
      findings: [],
    });
  });

  it('does not promise one piece to two lines', () => {
    const result = reserve([line('l1', 'A', 2), line('l2', 'A', 2)], [level('A', 3)]);
    expect(result.lines.map(({ promised }) => promised)).toEqual([2, 1]);
    expect(result).toMatchObject({
      complete: false,
      shortages: [{ sku: 'A', wanted: 4, available: 3, missing: 1 }],
      findings: [{ code: 'stock.insufficient', message: expect.stringContaining('"A"') }],
    });
  });

  it('tells nothing from unknown', () => {
    const result = reserve([line('l1', 'A', 1), line('l2', 'B', 1)], [level('A', 0)]);
    expect(result.shortages).toEqual([
      { sku: 'A', wanted: 1, available: 0, missing: 1 },
      { sku: 'B', wanted: 1, missing: 1 },
    ]);
    expect(result.findings.map(({ code }) => code)).toEqual(['stock.insufficient', 'stock.stale']);
  });

  it('promises nothing to a line without a SKU, and needs nothing for what is not shipped', () => {
    const result = reserve(
      [
        { id: 'l1', quantity: 1 },
        { id: 'l2', quantity: 1, requiresShipping: false },
      ],
      [],
    );
    expect(result).toMatchObject({
      complete: false,
      lines: [{ promised: 0 }, { promised: 1 }],
      findings: [{ code: 'sku.missing', path: 'lines[0].sku' }],
    });
  });

  it('adds up places, without paying the debts of one from another', () => {
    const stock = availableBySku([level('A', 3, 'north'), level('A', 2, 'south'), level('A', -4, 'east')]);
    expect(stock.get('A')).toBe(5);
  });

  it('adds up lots, unless the place says what it has in all', () => {
    expect(availableBySku([level('A', 3, 'north', 'x'), level('A', 2, 'north', 'y')]).get('A')).toBe(5);
    for (const levels of [
      [level('A', 3, 'north', 'x'), level('A', 4, 'north')],
      [level('A', 4, 'north'), level('A', 3, 'north', 'x')],
    ]) {
      expect(availableBySku(levels).get('A')).toBe(4);
    }
  });
});

type Order = { readonly country: string; readonly lines: readonly LineToReserve[] };
const north: RouteCandidate = { location: location('north'), levels: [level('A', 1, 'north')] };
const south: RouteCandidate = { location: location('south'), levels: [level('A', 5, 'south')] };
const ask = route<Order>([
  {
    name: 'at home',
    accepts: (order, { location: { id } }) =>
      (order.country === 'SE' && id === 'north') || `it is not in "${order.country}"`,
  },
  shipsComplete(),
]);

describe('route', () => {
  it('follows the first rule that accepts a place', () => {
    expect(ask({ country: 'SE', lines: [line('l1', 'A', 3)] }, [south, north])).toEqual({
      routed: true,
      location: location('north'),
      rule: 'at home',
      why: [
        { rule: 'at home', location: location('south'), accepted: false, reason: 'it is not in "SE"' },
        { rule: 'at home', location: location('north'), accepted: true },
      ],
    });
  });

  it('goes on to the next rule, and keeps the reasons of those before', () => {
    const routing = ask({ country: 'FR', lines: [line('l1', 'A', 3)] }, [north, south]);
    expect(routing).toMatchObject({ routed: true, location: { id: 'south' }, rule: 'ships complete' });
    expect(routing.why.map(({ rule, accepted }) => [rule, accepted])).toEqual([
      ['at home', false],
      ['at home', false],
      ['ships complete', false],
      ['ships complete', true],
    ]);
    expect(routing.why[2]?.reason).toContain('2 of SKU "A"');
  });

  it('ships from nowhere when no rule accepts a place, and says why', () => {
    const routing = ask({ country: 'FR', lines: [line('l1', 'A', 9)] }, [north, south]);
    expect(routing).toMatchObject({ routed: false });
    expect(routing.why).toHaveLength(4);
    expect(ask({ country: 'FR', lines: [] }, [])).toEqual({ routed: false, why: [] });
  });

  it('prefers among the places that a rule accepts', () => {
    const fullest = route<Order>([
      {
        name: 'fullest',
        accepts: () => true,
        prefer: (one, other) => (other.levels[0]?.available ?? 0) - (one.levels[0]?.available ?? 0),
      },
    ]);
    expect(fullest({ country: 'FR', lines: [] }, [north, south])).toMatchObject({ location: { id: 'south' } });
  });

  it('refuses to be made without rules', () => {
    expect(() => route([])).toThrow(expect.objectContaining({ code: 'wiring.invalid' }));
  });
});
