import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '../src/shipment-demand.ts';
import { planShipment, type Delivery } from '../src/shipment-plan.ts';
import { isStamped, stampedNote, stampOf } from '../src/shipment-stamp.ts';
import { aShipment } from './drafts.ts';

function aPicking(id: number, note: string | null = null) {
  return {
    id,
    name: `WH/OUT/${id}`,
    state: 'assigned',
    origin: 'S00001',
    note,
    sale_id: { id: 1, name: 'S00001' },
    partner_id: null,
    backorder_id: null,
    return_id: null,
    picking_type_id: { id: 2, name: 'Delivery' },
    date_done: null,
    create_date: '2026-11-20 12:00:00',
    write_date: '2026-11-20 12:00:00',
    carrier_id: null,
    carrier_tracking_ref: null,
    carrier_tracking_url: null,
  };
}

function aDelivery(id: number, demands: readonly (readonly [string, number])[]): Delivery {
  const moves = demands.map(([sku, quantity], index) => ({
    sku,
    tracked: false,
    unitId: 1,
    size: 1,
    step: 0,
    move: {
      id: id * 100 + index,
      picking_id: { id, name: '' },
      product_id: { id: 1, name: sku },
      product_uom: { id: 1, name: 'Units' },
      product_uom_qty: quantity,
      quantity,
      picked: false,
      state: 'assigned',
      move_line_ids: [],
      sale_line_id: null,
      origin_returned_move_id: null,
    },
  }));
  return { picking: aPicking(id), moves };
}

describe('sharing a shipment out among deliveries', () => {
  it('adds up what several parcels hold of a SKU', () => {
    const shipment = aShipment([], {
      parcels: [
        { id: 'a', carrier: 'UPS', lines: [{ sku: 'TEE', quantity: 0.1 }] },
        { id: 'b', carrier: 'UPS', lines: [{ sku: 'TEE', quantity: 0.2 }] },
      ],
    });
    expect(piecesOf(shipment)).toEqual([{ sku: 'TEE', quantity: 0.3, lot: undefined }]);
  });

  it('keeps lots and serial numbers apart from what has none', () => {
    const line = { sku: 'TEE', quantity: 5, lots: [{ lot: 'L1', quantity: 2 }], serials: ['S1'] };
    expect(piecesOf(aShipment([line])).map(({ lot, quantity }) => [lot, quantity])).toEqual([
      ['L1', 2],
      ['S1', 1],
      [undefined, 2],
    ]);
  });

  it('fills several moves of one SKU, the first delivery first', () => {
    const pieces = piecesOf(aShipment([{ sku: 'TEE', quantity: 5 }]));
    const { deliveries, excess } = planShipment(pieces, [
      aDelivery(1, [
        ['TEE', 2],
        ['TEE', 1],
      ]),
      aDelivery(2, [['TEE', 4]]),
    ]);
    expect(deliveries.map(({ shares }) => shares.map((share) => share.pieces[0]?.quantity))).toEqual([[2, 1], [2]]);
    expect(excess).toEqual([]);
  });

  it('says what is too much and what is open', () => {
    const plan = planShipment(piecesOf(aShipment([{ sku: 'TEE', quantity: 5 }])), [aDelivery(1, [['TEE', 3]])]);
    expect(plan.excess).toEqual([{ sku: 'TEE', quantity: 2, lot: undefined }]);
    expect(plan.open.get('TEE')).toBe(3);
  });

  it('never takes more than a move has open, and loses nothing', () => {
    const sku = fc.constantFrom('A', 'B');
    const amount = fc.integer({ min: 1, max: 9 });
    const demands = fc.array(fc.tuple(sku, amount), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(demands, { maxLength: 3 }),
        fc.array(fc.tuple(sku, amount), { minLength: 1, maxLength: 4 }),
        (open, sent) => {
          const pieces = piecesOf(aShipment(sent.map(([name, quantity]) => ({ sku: name, quantity }))));
          const plan = planShipment(
            pieces,
            open.map((one, index) => aDelivery(index + 1, one)),
          );
          const shares = plan.deliveries.flatMap((delivery) => delivery.shares);
          for (const { move, pieces: taken } of shares) {
            expect(taken.reduce((sum, one) => sum + one.quantity, 0)).toBeLessThanOrEqual(move.move.product_uom_qty);
          }
          for (const name of ['A', 'B']) {
            const sum = (list: readonly { sku: string; quantity: number }[]) =>
              list.reduce((total, one) => (one.sku === name ? total + one.quantity : total), 0);
            expect(sum(shares.flatMap((share) => share.pieces)) + sum(plan.excess)).toBe(sum(pieces));
          }
        },
      ),
    );
  });
});

describe('the mark of a shipment on a delivery', () => {
  const goods = { key: 'a1', content: 'b2' };
  const shipment = aShipment([], { ref: { system: 'ware <b>', kind: 'shipment', id: 'S_1"/é' } });

  it('keeps what stood in the note', () => {
    const note = stampedNote(aPicking(4, '<p>Ring twice</p>'), shipment, goods);
    expect(note).toContain('<p>Ring twice</p>');
    expect(isStamped(aPicking(4, note), shipment)).toBe(true);
  });

  it('means nothing on the backorder that inherits the note', () => {
    expect(isStamped(aPicking(5, stampedNote(aPicking(4), shipment, goods)), shipment)).toBe(false);
  });

  it('is of letters that HTML leaves alone', () => {
    expect(stampOf(shipment, 4)).toMatch(/^\[crossdock [\w/-]+ @4\]$/);
  });

  it('does not let a carrier write HTML into the note', () => {
    const evil = aShipment([], { parcels: [{ id: 'p', carrier: '<img src=x>', lines: [] }] });
    expect(stampedNote(aPicking(4), evil, goods)).not.toContain('<img');
  });
});
