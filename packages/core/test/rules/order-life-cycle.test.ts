import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOrder, orderStatuses, type OrderFact, type OrderState, type OrderStatus } from '@crossdock/core/model';
import { anyMoment, retold } from './retold.ts';

const at = (hour: number): string => `2026-11-23T${String(hour).padStart(2, '0')}:00:00Z`;
type Told = Omit<OrderFact, 'id' | 'occurredAt'>;
/** One fact an hour, in this order; a word alone is a status. */
const story = (...facts: (OrderStatus | Told)[]): OrderFact[] =>
  facts.map((fact, hour) => ({
    id: `fact-${hour}`,
    occurredAt: at(hour),
    ...(typeof fact === 'string' ? { status: fact } : fact),
  }));
const placed: Told = {
  status: 'pending',
  ordered: [
    { id: 'l1', sku: 'A', quantity: 2 },
    { id: 'l2', sku: 'B', quantity: 1 },
  ],
};
const left = (id: string, delivered: boolean, ...lines: [string, number][]): Told => ({
  shipment: { id, delivered, lines: lines.map(([sku, quantity]) => ({ sku, quantity })) },
});
const back = (id: string, ...lines: [string, number][]): Told => ({
  returned: { id, lines: lines.map(([sku, quantity]) => ({ sku, quantity })) },
});
/** The state, which must not depend on who told what first. */
function fold(facts: OrderFact[]): OrderState {
  const state = foldOrder(facts);
  expect(foldOrder([...facts.toReversed(), ...facts])).toEqual(state);
  return state;
}

const anyLine = fc.record(
  { lineId: fc.constantFrom('l1', 'l2', 'l9'), sku: fc.constantFrom('A', 'B', 'Z'), quantity: fc.nat(3) },
  { requiredKeys: ['quantity'] },
);
const anyLines = fc.array(anyLine, { maxLength: 2 });
const anyFact: fc.Arbitrary<OrderFact> = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    occurredAt: anyMoment,
    status: fc.constantFrom(...orderStatuses),
    ordered: fc.constantFrom(placed.ordered, [{ id: 'l1', sku: 'A', quantity: 5 }]),
    shipment: fc.record(
      { id: fc.constantFrom('s1', 's2'), lines: anyLines, voided: fc.boolean(), delivered: fc.boolean() },
      { requiredKeys: ['id', 'lines'] },
    ),
    canceled: anyLines,
    returned: fc.record({ id: fc.constantFrom('r1', 'r2'), lines: anyLines }),
  },
  { requiredKeys: ['id', 'occurredAt'] },
);

describe('foldOrder', () => {
  it('is the same for every order and every repetition of the facts', () => {
    fc.assert(
      fc.property(
        fc.array(anyFact, { maxLength: 8 }).chain((facts) => fc.tuple(fc.constant(facts), retold(facts))),
        ([facts, again]) => {
          expect(foldOrder(again)).toEqual(foldOrder(facts));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each<[string, OrderFact[], OrderStatus]>([
    ['follows the words', story('pending', 'confirmed', 'allocated', 'confirmed'), 'allocated'],
    ['waits on hold', story('confirmed', 'on-hold'), 'on-hold'],
    ['goes on after a hold', story('pending', 'on-hold', 'confirmed'), 'confirmed'],
    [
      'is partially shipped by quantities',
      story(placed, left('s1', false, ['A', 2]), 'fulfilled'),
      'partially-shipped',
    ],
    [
      'is fulfilled by quantities',
      story(placed, left('s1', false, ['A', 2]), left('s2', false, ['B', 1])),
      'fulfilled',
    ],
    [
      'is fulfilled when the rest is canceled',
      story(placed, left('s1', false, ['A', 2]), { canceled: [{ sku: 'B', quantity: 1 }] }),
      'fulfilled',
    ],
    [
      'is delivered when every parcel is',
      story(placed, left('s1', true, ['A', 2]), left('s2', true, ['B', 1])),
      'delivered',
    ],
    [
      'is delivered by a word that does not repeat what is inside',
      story(placed, left('s1', false, ['A', 2], ['B', 1]), left('s1', true)),
      'delivered',
    ],
    ['is not delivered by half', story(placed, left('s1', true, ['A', 2]), left('s2', false, ['B', 1])), 'fulfilled'],
    [
      'is partially returned',
      story(placed, left('s1', true, ['A', 2], ['B', 1]), back('r1', ['A', 1])),
      'partially-returned',
    ],
    [
      'is returned when all came back',
      story(placed, left('s1', true, ['A', 2], ['B', 1]), back('r1', ['A', 1]), back('r2', ['A', 1], ['B', 1])),
      'returned',
    ],
    ['is canceled when nothing left', story(placed, 'confirmed', 'canceled'), 'canceled'],
    [
      'is canceled line by line',
      story(placed, {
        canceled: [
          { sku: 'A', quantity: 2 },
          { sku: 'B', quantity: 1 },
        ],
      }),
      'canceled',
    ],
    ['is fulfilled by the words alone', story(placed, 'fulfilled'), 'fulfilled'],
  ])('%s', (_, facts, status) => {
    expect(fold(facts).status).toBe(status);
  });

  it('accounts for every line', () => {
    const state = fold(story(placed, left('s1', false, ['A', 1]), { canceled: [{ lineId: 'l2', quantity: 1 }] }));
    expect(state.lines).toEqual([
      { id: 'l1', sku: 'A', quantity: 2, shipped: 1, canceled: 0, returned: 0, open: 1 },
      { id: 'l2', sku: 'B', quantity: 1, shipped: 0, canceled: 1, returned: 0, open: 0 },
    ]);
  });

  it('says what left although it was canceled, and when it was canceled first', () => {
    const state = fold(story(placed, 'canceled', left('s1', false, ['A', 2]), 'canceled'));
    expect(state).toMatchObject({
      status: 'fulfilled',
      canceledAt: at(1),
      anomalies: [{ kind: 'shipped-after-cancel' }],
    });
    expect(fold(story(placed, left('s1', false, ['A', 2]), 'canceled')).anomalies).toEqual([]);
  });

  it('shows too much sent, too much returned and what nobody ordered', () => {
    const state = fold(story(placed, left('s1', false, ['A', 3], ['GIFT', 1]), back('r1', ['B', 1])));
    expect(state.anomalies).toEqual([
      { kind: 'strange-line', sku: 'GIFT', quantity: 1 },
      { kind: 'over-shipped', lineId: 'l1', ordered: 2, shipped: 3 },
      { kind: 'over-returned', lineId: 'l2', shipped: 0, returned: 1 },
    ]);
  });

  it('shows too much canceled, and accounts for the line all the same', () => {
    const three = fold(story(placed, { canceled: [{ lineId: 'l1', quantity: 3 }] }));
    expect(three.lines[0]).toMatchObject({ quantity: 2, shipped: 0, canceled: 2, open: 0 });
    expect(three.anomalies).toEqual([{ kind: 'over-canceled', lineId: 'l1', ordered: 2, shipped: 0, canceled: 3 }]);
    const sentToo = fold(story(placed, left('s1', false, ['A', 1]), { canceled: [{ lineId: 'l1', quantity: 2 }] }));
    expect(sentToo.lines[0]).toMatchObject({ quantity: 2, shipped: 1, canceled: 1, open: 0 });
    expect(sentToo.anomalies).toEqual([{ kind: 'over-canceled', lineId: 'l1', ordered: 2, shipped: 1, canceled: 2 }]);
  });

  it('accounts for every piece of a line, whatever is told', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 8 }), (facts) => {
        for (const { quantity, shipped, canceled, open } of foldOrder(facts).lines) {
          expect(canceled + open).toBe(Math.max(0, quantity - shipped));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('adds weights without the dust of binary fractions', () => {
    const cheese: Told = { ordered: [{ id: 'l1', sku: 'CHEESE', quantity: 0.3 }] };
    const state = fold(story(cheese, left('s1', false, ['CHEESE', 0.1]), left('s2', false, ['CHEESE', 0.2])));
    expect(state).toMatchObject({ status: 'fulfilled', anomalies: [] });
  });
});
