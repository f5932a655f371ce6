import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldShipment,
  mergeParcels,
  shipmentStatuses,
  type Parcel,
  type ShipmentFact,
  type ShipmentStatus,
} from '@crossdock/core/model';
import { anyMoment, retold } from './retold.ts';

const at = (hour: number): string => `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`;
/** One fact an hour, in this order. */
const story = (...statuses: ShipmentStatus[]): ShipmentFact[] =>
  statuses.map((status, hour) => ({ id: `${hour}-${status}`, occurredAt: at(hour), status }));
const parcel = (trackingNumber: string | undefined, changes: Partial<Parcel> = {}): Parcel => ({
  id: 'p1',
  carrier: 'UPS',
  ...(trackingNumber !== undefined && { trackingNumber }),
  lines: [],
  ...changes,
});

const kinds = (facts: ShipmentFact[]): string[] => foldShipment(facts).anomalies.map(({ kind }) => kind);

const anyParcel = fc.record({
  id: fc.constantFrom('p1', 'p2'),
  carrier: fc.constantFrom('UPS', 'ups ', 'DHL'),
  lines: fc.array(fc.record({ sku: fc.constantFrom('A', 'B'), quantity: fc.nat(3) }), { maxLength: 2 }),
});
const anyNumberedParcel: fc.Arbitrary<Parcel> = fc
  .tuple(anyParcel, fc.constantFrom(undefined, '1Z1', '1z 1', '2Z2'))
  .map(([one, trackingNumber]) => ({ ...one, ...(trackingNumber !== undefined && { trackingNumber }) }));
const anyFact: fc.Arbitrary<ShipmentFact> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  occurredAt: anyMoment,
  status: fc.constantFrom(...shipmentStatuses),
  parcels: fc.option(fc.array(anyNumberedParcel, { maxLength: 2 }), { nil: undefined }),
});

describe('foldShipment', () => {
  it('is the same for every order and every repetition of the facts', () => {
    fc.assert(
      fc.property(
        fc.array(anyFact, { maxLength: 7 }).chain((facts) => fc.tuple(fc.constant(facts), retold(facts))),
        ([facts, again]) => {
          expect(foldShipment(again)).toEqual(foldShipment(facts));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the same also where one fact is told in several ways', () => {
    const anyTelling: fc.Arbitrary<ShipmentFact> = fc.record({
      id: fc.constantFrom('a', 'b'),
      occurredAt: fc.constantFrom(at(1), at(2)),
      status: fc.constantFrom('label-created', 'in-transit'),
      parcels: fc.array(anyNumberedParcel, { minLength: 1, maxLength: 2 }),
    });
    fc.assert(
      fc.property(
        fc.array(anyTelling, { maxLength: 6 }).chain((facts) => fc.tuple(fc.constant(facts), retold(facts))),
        ([facts, again]) => {
          expect(foldShipment(again)).toEqual(foldShipment(facts));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('knows nothing without facts', () => {
    expect(foldShipment([])).toMatchObject({ status: undefined, parcels: [], anomalies: [] });
  });

  it.each([
    [
      'follows a parcel to the door',
      story('created', 'label-created', 'handed-over', 'in-transit', 'delivered'),
      'delivered',
    ],
    ['does not go back for a late scan', story('out-for-delivery', 'in-transit'), 'out-for-delivery'],
    ['stops where there is trouble', story('handed-over', 'in-transit', 'exception'), 'exception'],
    ['goes on after trouble', story('in-transit', 'exception', 'in-transit'), 'in-transit'],
    [
      'goes on after a failed attempt, from where it was',
      story('out-for-delivery', 'exception', 'in-transit'),
      'out-for-delivery',
    ],
    ['is not moved by a paper after trouble', story('in-transit', 'exception', 'label-created'), 'exception'],
    ['voids a label', story('created', 'label-created', 'voided'), 'voided'],
    ['stays voided when a belated word says "created"', story('label-created', 'voided', 'created'), 'voided'],
    ['takes a new label after a void', story('label-created', 'voided', 'label-created'), 'label-created'],
    ['cannot void what has left', story('handed-over', 'voided'), 'handed-over'],
    ['turns back after delivery', story('delivered', 'returning', 'returned'), 'returned'],
    ['turns back on the way', story('in-transit', 'returning'), 'returning'],
    ['is not delivered by reaching its sender', story('in-transit', 'returning', 'delivered'), 'returning'],
    ['stays delivered whatever is complained of', story('delivered', 'exception'), 'delivered'],
  ])('%s', (_, facts, status) => {
    expect(foldShipment(facts).status).toBe(status);
    expect(foldShipment(facts.toReversed()).status).toBe(status);
  });

  it('says when the goods left and when the buyer had them', () => {
    const state = foldShipment(story('label-created', 'handed-over', 'in-transit', 'delivered', 'delivered'));
    expect(state).toMatchObject({ shippedAt: at(1), deliveredAt: at(3), updatedAt: at(4) });
  });

  it('calls nothing delivered that came back to its sender', () => {
    expect(foldShipment(story('in-transit', 'returning', 'delivered')).deliveredAt).toBeUndefined();
  });

  it('reports what should not have happened, without stopping', () => {
    expect(kinds(story('handed-over', 'voided'))).toEqual(['voided-after-handover']);
    expect(kinds(story('label-created', 'voided', 'in-transit'))).toEqual(['shipped-after-void']);
    expect(kinds(story('delivered', 'exception'))).toEqual(['exception-after-delivery']);
    expect(kinds(story('label-created', 'in-transit', 'delivered', 'returned'))).toEqual([]);
  });

  it('orders by the moment and not by its spelling', () => {
    const facts: ShipmentFact[] = [
      { id: 'a', occurredAt: '2026-11-23T08:00:00.500Z', status: 'voided' },
      { id: 'b', occurredAt: '2026-11-23T08:00:00Z', status: 'label-created' },
    ];
    expect(foldShipment(facts).status).toBe('voided');
  });

  it('refuses a moment that is none instead of ordering by chance', () => {
    const fact: ShipmentFact = { id: 'a', occurredAt: 'yesterday', status: 'created' };
    expect(() => foldShipment([fact])).toThrow(expect.objectContaining({ code: 'record.invalid' }));
  });

  it('keeps parcels that a later word leaves out, also when the same fact is told again with less', () => {
    const both: ShipmentFact = {
      id: 'a',
      occurredAt: at(1),
      status: 'handed-over',
      parcels: [parcel('1Z1'), parcel('1Z2', { id: 'p2' })],
    };
    const less: ShipmentFact = { ...both, parcels: [parcel('1Z1')] };
    const later: ShipmentFact = { id: 'b', occurredAt: at(2), status: 'in-transit', parcels: [] };
    const numbers = foldShipment([later, less, both]).parcels.map((one) => one.trackingNumber);
    expect(new Set(numbers)).toEqual(new Set(['1Z1', '1Z2']));
  });
});

describe('mergeParcels', () => {
  it('knows a parcel by carrier and number, however they are written', () => {
    const merged = mergeParcels([
      [parcel('1Z 999', { lines: [{ sku: 'A', quantity: 1 }] })],
      [parcel('1z999', { id: 'other', carrier: 'ups ', service: 'Ground' })],
    ]);
    expect(merged).toEqual([
      { id: 'p1', carrier: 'ups ', trackingNumber: '1z999', service: 'Ground', lines: [{ sku: 'A', quantity: 1 }] },
    ]);
  });

  it('does not take one number of two carriers for one parcel', () => {
    expect(mergeParcels([[parcel('123')], [parcel('123', { carrier: 'DHL' })]])).toHaveLength(2);
  });

  it('corrects what a later word says, and keeps what it does not', () => {
    const [merged] = mergeParcels([
      [parcel('1Z1', { weightGrams: 900, lines: [{ sku: 'A', quantity: 1 }] })],
      [
        parcel('1Z1', {
          trackingUrl: 'https://carrier.example/1Z1',
          weightGrams: undefined,
          lines: [{ sku: 'A', quantity: 2 }],
        }),
      ],
    ]);
    expect(merged).toMatchObject({
      weightGrams: 900,
      trackingUrl: 'https://carrier.example/1Z1',
      lines: [{ sku: 'A', quantity: 2 }],
    });
  });

  it('adds the number to a parcel that was told without one', () => {
    const lines = [{ sku: 'A', quantity: 1 }];
    expect(mergeParcels([[parcel(undefined, { lines })], [parcel('1Z1')]])).toEqual([parcel('1Z1', { lines })]);
  });

  it('adds up boxes that travel under one number', () => {
    const merged = mergeParcels([
      [
        parcel('1Z1', { id: 'box-1', lines: [{ sku: 'A', quantity: 1, serials: ['s1'] }] }),
        parcel('1Z1', {
          id: 'box-2',
          lines: [
            { sku: 'A', quantity: 2, serials: ['s2'] },
            { sku: 'B', quantity: 1 },
          ],
        }),
      ],
    ]);
    expect(merged).toMatchObject([
      {
        lines: [
          { sku: 'A', quantity: 3, serials: ['s1', 's2'] },
          { sku: 'B', quantity: 1 },
        ],
      },
    ]);
  });
});
