import { expect, it } from 'vitest';
import { allOf, answering } from './shipbob-world.ts';

/** One shipment as ShipBob gives it, taken over or reported. */
const shipmentOf = async (shipment: object) => {
  const created = '2026-11-01T00:00:00+00:00';
  const common = { id: 5, created_date: created, actual_fulfillment_date: created, delivery_date: created };
  const order = { id: 4, reference_id: '7', status: 'Processing', created_date: created, shipments: [] };
  const { warehouse } = answering(200, [{ ...order, shipments: [{ ...common, ...shipment }] }]);
  const [page] = await allOf(warehouse.shipments.pull({}));
  return { shipment: page?.items[0], problem: page?.problems?.[0]?.error };
};
const part = (id: number) => ({ id, quantity: 4, serial_numbers: [`S-${id}`] });
const details = (...ids: readonly number[]) => ids.map((id) => ({ id, name: `detail ${id}` }));

it.each([
  ['None', [], 'created'],
  ['Processing', details(100, 101), 'created'],
  ['Processing', details(100, 101, 102), 'label-created'],
  ['LabeledCreated', [], 'label-created'],
  ['Completed', [], 'handed-over'],
  ['Completed', details(200), 'handed-over'],
  ['Completed', details(200, 201), 'in-transit'],
  ['Completed', details(202, 201), 'out-for-delivery'],
  ['Completed', details(201, 204), 'exception'],
  ['Completed', details(203, 204), 'delivered'],
  ['Exception', details(303), 'created'],
  ['OnHold', details(401), 'created'],
  ['ImportReview', [], 'created'],
  ['Cancelled', details(100), 'voided'],
])('"%s" with %j is %s', async (status, status_details, expected) => {
  const { shipment } = await shipmentOf({ status, status_details });

  expect(shipment?.status).toBe(expected);
  expect(shipment?.wireStatus).toBe([status, ...status_details.map(({ id }) => id)].join(' '));
});

it.each([
  ['Completed', details(205)],
  ['CleanSweeped', []],
  ['Lost', []],
])('"%s" with %j waits for a person', async (status, status_details) => {
  const { shipment, problem } = await shipmentOf({ status, status_details });

  expect(shipment).toBeUndefined();
  expect(problem?.code).toBe('status.unmapped');
});

it('has left and arrived at no moment before it did', async () => {
  const { shipment: label } = await shipmentOf({ status: 'LabeledCreated' });
  const { shipment: onItsWay } = await shipmentOf({ status: 'Completed', status_details: details(201) });
  const { shipment: there } = await shipmentOf({ status: 'Completed', status_details: details(203) });

  const moment = '2026-11-01T00:00:00.000Z';
  expect([label?.shippedAt, label?.deliveredAt]).toEqual([undefined, undefined]);
  expect([onItsWay?.shippedAt, onItsWay?.deliveredAt]).toEqual([moment, undefined]);
  expect([there?.shippedAt, there?.deliveredAt]).toEqual([moment, moment]);
});

it.each([
  ['a number without a carrier', { tracking_number: '9400' }, { carrier: 'unknown', trackingNumber: '9400' }],
  ['nothing', {}, { carrier: 'unknown' }],
  ['empty words', { carrier: '', scac: '', tracking_number: '' }, { carrier: 'unknown' }],
])('keeps the contents of what left with %s', async (_what, tracking, expected) => {
  const products = [{ reference_id: 'TEE', quantity: 2 }];
  const { shipment } = await shipmentOf({ status: 'Completed', tracking, products });

  expect(shipment?.parcels).toEqual([{ id: '5', lines: [{ sku: 'TEE', quantity: 2 }], ...expected }]);
});

it('does not call a product without any count none of it', async () => {
  const products = [{ reference_id: 'TEE', inventory_items: [] }];
  const { shipment, problem } = await shipmentOf({ status: 'Completed', products });

  expect(shipment).toBeUndefined();
  expect(problem?.message).toContain('ShipBob does not say how many of "TEE" are in it');
});

it('counts a bundle by what was ordered, and serials and cartons as they are', async () => {
  const created = '2026-11-01T00:00:00Z';
  const shipment = {
    id: 5,
    status: 'Completed',
    tracking: { carrier: 'USPS', tracking_number: '9400' },
    measurements: { total_weight_oz: 16 },
    parent_cartons: [{ cartons: [{ barcode: '00106141411928374657' }] }],
    products: [{ reference_id: 'SET', inventory_items: [part(1), part(2)] }],
  };
  const order = {
    id: 4,
    reference_id: '7',
    status: 'Fulfilled',
    created_date: created,
    products: [{ reference_id: 'SET', quantity: 2, external_line_id: 71 }],
    shipments: [shipment],
  };
  const whole = answering(200, [order]);
  const split = answering(200, [{ ...order, shipments: [shipment, { ...shipment, id: 6 }] }]);

  const [page] = await allOf(whole.warehouse.shipments.pull({}));
  expect(page?.items[0]?.parcels).toEqual([
    {
      id: '5',
      carrier: 'USPS',
      trackingNumber: '9400',
      sscc: '106141411928374657',
      weightGrams: 453.59,
      // Somebody else made the order: 71 is no id of ours.
      lines: [{ sku: 'SET', quantity: 2, serials: ['S-1', 'S-2'] }],
    },
  ]);
  const [other] = await allOf(split.warehouse.shipments.pull({}));
  expect(other?.items).toEqual([]);
  expect(other?.problems).toHaveLength(2);
});
