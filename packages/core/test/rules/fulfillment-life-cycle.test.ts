import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldFulfillment,
  fulfillmentStatuses,
  type FulfillmentFact,
  type FulfillmentState,
  type FulfillmentStatus,
} from '@crossdock/core/model';
import { anyMoment, retold } from './retold.ts';

const at = (hour: number): string => `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`;
type Told = Omit<FulfillmentFact, 'id' | 'occurredAt'>;
/** One fact an hour, in this order; a word alone is a status. */
const story = (...facts: (FulfillmentStatus | Told)[]): FulfillmentFact[] =>
  facts.map((fact, hour) => ({
    id: `fact-${hour}`,
    occurredAt: at(hour),
    ...(typeof fact === 'string' ? { status: fact } : fact),
  }));
const asked: Told = {
  status: 'queued',
  ordered: [
    { id: 'l1', sku: 'A', quantity: 2 },
    { id: 'l2', sku: 'B', quantity: 1 },
  ],
};
const left = (id: string, ...lines: [string, number][]): Told => ({
  shipment: { id, lines: lines.map(([sku, quantity]) => ({ sku, quantity })) },
});
/** The state, which must not depend on who told what first. */
function fold(facts: FulfillmentFact[]): FulfillmentState {
  const state = foldFulfillment(facts);
  expect(foldFulfillment([...facts.toReversed(), ...facts])).toEqual(state);
  return state;
}
const kinds = (state: FulfillmentState): string[] => state.anomalies.map(({ kind }) => kind);

const anyLine = fc.record(
  { lineId: fc.constantFrom('l1', 'l2', 'l9'), sku: fc.constantFrom('A', 'B', 'Z'), quantity: fc.nat(3) },
  { requiredKeys: ['quantity'] },
);
const anyFact: fc.Arbitrary<FulfillmentFact> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    occurredAt: anyMoment,
    status: fc.constantFrom(...fulfillmentStatuses),
    ordered: fc.constantFrom(asked.ordered, [{ id: 'l1', sku: 'A', quantity: 5 }]),
    shipment: fc.record(
      { id: fc.constantFrom('s1', 's2'), lines: fc.array(anyLine, { maxLength: 2 }), voided: fc.boolean() },
      { requiredKeys: ['id', 'lines'] },
    ),
    counted: fc.array(
      fc.record(
        { lineId: fc.constantFrom('l1', 'l2'), shipped: fc.nat(3), canceled: fc.nat(2), backordered: fc.nat(2) },
        { requiredKeys: ['lineId'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['id', 'occurredAt'] },
);

describe('foldFulfillment', () => {
  it('is the same for every order and every repetition of the facts', () => {
    fc.assert(
      fc.property(
        fc.array(anyFact, { maxLength: 8 }).chain((facts) => fc.tuple(fc.constant(facts), retold(facts))),
        ([facts, again]) => {
          expect(foldFulfillment(again)).toEqual(foldFulfillment(facts));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('accounts for every piece: ordered = shipped + canceled + backordered + open, or too much left', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 8 }), (facts) => {
        const state = foldFulfillment(facts);
        const over = new Set(state.anomalies.flatMap((one) => (one.kind === 'over-shipped' ? [one.lineId] : [])));
        for (const line of state.lines) {
          const sum = line.shipped + line.canceled + line.backordered + line.open;
          const accounted = sum === line.quantity || over.has(line.id) || line.canceled + line.shipped > line.quantity;
          expect(accounted).toBe(true);
          expect(Math.min(line.shipped, line.canceled, line.backordered, line.open)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('follows the words as long as there are no quantities', () => {
    expect(fold(story('queued', 'acknowledged', 'picking', 'allocated')).status).toBe('picking');
    expect(fold(story('queued', 'packed', 'shipped', 'packed')).status).toBe('shipped');
    expect(fold(story('shipped', 'delivered', 'shipped')).status).toBe('delivered');
    expect(fold(story('shipped', 'delivered', 'returned', 'delivered')).status).toBe('returned');
    expect(fold([]).status).toBeUndefined();
  });

  it('is partially shipped by what left, whatever the words say', () => {
    const state = fold(story(asked, left('s1', ['A', 1]), 'shipped'));
    expect(state.status).toBe('partially-shipped');
    expect(state.lines).toMatchObject([
      { id: 'l1', shipped: 1, open: 1 },
      { id: 'l2', shipped: 0, open: 1 },
    ]);
    expect(kinds(state)).toEqual(['short-shipped', 'short-shipped']);
  });

  it('is shipped when the last piece left, without a word for it', () => {
    const state = fold(story(asked, left('s1', ['A', 1]), left('s2', ['A', 1], ['B', 1])));
    expect(state).toMatchObject({ status: 'shipped', shippedAt: at(1), anomalies: [] });
  });

  it('counts a shipment once, by its last telling', () => {
    const state = fold(story(asked, left('s1', ['A', 2], ['B', 1]), left('s1', ['A', 2])));
    expect(state.lines.map((line) => line.shipped)).toEqual([2, 0]);
  });

  it('takes back what a voided shipment held', () => {
    const state = fold(
      story(asked, left('s1', ['A', 2], ['B', 1]), { shipment: { id: 's1', lines: [], voided: true } }),
    );
    expect(state).toMatchObject({ status: 'queued', shippedAt: undefined });
  });

  it('prefers the running figures of the warehouse to what its shipments sum up to', () => {
    const figures = {
      counted: [
        { lineId: 'l1', shipped: 2 },
        { lineId: 'l2', shipped: 1 },
      ],
    };
    expect(fold(story(asked, left('s1', ['A', 1]), figures)).status).toBe('shipped');
    // A shipment told of after the count is not in it.
    const early = { counted: [{ lineId: 'l1', shipped: 1 }] };
    const state = fold(story(asked, early, left('s1', ['A', 1]), left('s2', ['A', 1], ['B', 1])));
    expect(state.status).toBe('shipped');
  });

  it('shows too much as an anomaly on its line, and what nobody ordered as another', () => {
    const state = fold(story(asked, left('s1', ['A', 3], ['B', 1], ['GIFT', 1])));
    expect(state.status).toBe('shipped');
    expect(state.anomalies).toEqual([
      { kind: 'strange-line', sku: 'GIFT', quantity: 1 },
      { kind: 'over-shipped', lineId: 'l1', ordered: 2, shipped: 3 },
    ]);
  });

  it('fills several lines of one SKU in their order', () => {
    const twice: Told = {
      ordered: [
        { id: 'l1', sku: 'A', quantity: 2 },
        { id: 'l2', sku: 'A', quantity: 2 },
      ],
    };
    expect(fold(story(twice, left('s1', ['A', 3]))).lines.map((line) => line.shipped)).toEqual([2, 1]);
    const named: Told = { shipment: { id: 's1', lines: [{ lineId: 'l2', sku: 'A', quantity: 2 }] } };
    expect(fold(story(twice, left('s0', ['A', 1]), named)).lines.map((line) => line.shipped)).toEqual([1, 2]);
  });

  it('waits where something holds it, and goes on when the warehouse does', () => {
    expect(fold(story('acknowledged', 'on-hold'))).toMatchObject({ status: 'on-hold', hold: 'on-hold' });
    expect(fold(story('picking', 'action-required', 'allocated'))).toMatchObject({
      status: 'picking',
      hold: undefined,
    });
    expect(fold(story(asked, left('s1', ['A', 1]), 'exception'))).toMatchObject({
      status: 'partially-shipped',
      hold: 'exception',
    });
  });

  it('is backordered by count too, until the goods leave', () => {
    const short = { counted: [{ lineId: 'l1', backordered: 2 }] };
    expect(fold(story(asked, short))).toMatchObject({
      status: 'backordered',
      lines: [{ open: 0, backordered: 2 }, {}],
    });
    expect(fold(story(asked, short, left('s1', ['A', 2], ['B', 1])))).toMatchObject({
      status: 'shipped',
      hold: undefined,
    });
  });
});

describe('a cancellation', () => {
  it('takes a backorder with it', () => {
    const short = { counted: [{ lineId: 'l1', canceled: 1, backordered: 1 }] };
    expect(fold(story(asked, short, 'canceled'))).toMatchObject({
      status: 'canceled',
      lines: [{ canceled: 2, backordered: 0, open: 0 }, {}],
    });
  });

  it('waits for the warehouse', () => {
    expect(fold(story(asked, 'cancel-requested'))).toMatchObject({ status: 'cancel-requested', recall: false });
  });

  it('ends canceled when nothing left', () => {
    expect(fold(story(asked, 'cancel-requested', 'canceled'))).toMatchObject({
      status: 'canceled',
      cancel: 'canceled',
      lines: [
        { canceled: 2, open: 0 },
        { canceled: 1, open: 0 },
      ],
      recall: false,
    });
  });

  it('ends refused and shipped when it loses the race', () => {
    const lost = { status: 'shipped', cancel: 'cancel-refused', recall: true };
    expect(fold(story(asked, 'cancel-requested', left('s1', ['A', 2], ['B', 1])))).toMatchObject(lost);
    expect(fold(story(asked, left('s1', ['A', 2], ['B', 1]), 'cancel-requested'))).toMatchObject(lost);
    expect(fold(story('queued', 'cancel-requested', 'shipped'))).toMatchObject(lost);
  });

  it('may be refused before anything left, and asked for again', () => {
    expect(fold(story('packed', 'cancel-requested', 'cancel-refused'))).toMatchObject({
      status: 'cancel-refused',
      recall: false,
    });
    expect(fold(story('packed', 'cancel-requested', 'cancel-refused', 'cancel-requested')).status).toBe(
      'cancel-requested',
    );
  });

  it('of the rest leaves what was shipped', () => {
    const state = fold(story(asked, left('s1', ['A', 2]), 'cancel-requested', 'canceled'));
    expect(state).toMatchObject({
      status: 'shipped',
      cancel: 'canceled',
      lines: [
        { shipped: 2, canceled: 0 },
        { shipped: 0, canceled: 1 },
      ],
      recall: false,
      anomalies: [],
    });
  });

  it('of the rest, counted by the warehouse without a word, closes its lines', () => {
    const counted = { counted: [{ lineId: 'l2', canceled: 1 }] };
    expect(fold(story(asked, left('s1', ['A', 2]), counted))).toMatchObject({ status: 'shipped', cancel: 'canceled' });
    const all = {
      counted: [
        { lineId: 'l1', canceled: 2 },
        { lineId: 'l2', canceled: 1 },
      ],
    };
    expect(fold(story(asked, all))).toMatchObject({ status: 'canceled', cancel: 'canceled' });
  });

  it('that was confirmed before goods left all the same is an anomaly, and calls them back', () => {
    const state = fold(story(asked, 'cancel-requested', 'canceled', left('s1', ['A', 1])));
    expect(state).toMatchObject({ status: 'shipped', cancel: 'canceled', recall: true });
    expect(kinds(state)).toEqual(['shipped-after-cancel']);
  });
});
