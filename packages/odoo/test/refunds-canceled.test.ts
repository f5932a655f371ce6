import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aBilledOrder, aRefund, aShare, bill, type World } from './billed.ts';
import { aDraft, aLine, aTax, eur } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'finance/R-1#refund' };

function notesOf({ state }: World) {
  return state.records('account.move').filter((one) => one['move_type'] === 'out_refund');
}

/** Cancels the newest credit note, as a person does. */
async function cancelNote(world: World): Promise<void> {
  const ids = [Number(notesOf(world).at(-1)?.['id'])];
  const press = (method: string) =>
    world.client().call('account.move', method, { ids, answer: z.unknown(), safety: 'once' });
  if (notesOf(world).at(-1)?.['state'] === 'posted') await press('button_draft');
  await press('button_cancel');
}

/** An order of three tees, billed by what left: one, and then two. */
async function billedTwice(world: World) {
  const template = world.state.records('product.template').find(({ name }) => name === 'Tee, red');
  world.state.change('product.template', Number(template?.['id']), { invoice_policy: 'delivery' });
  const lines = [aLine({ sku: 'TEE', quantity: 3, taxes: [aTax('0.2', '6.00')] })];
  const draft = aDraft({ lines, customer: world.customer });
  const order = await world.erp.orders.create(draft, { idempotencyKey: 'order' });
  const invoices = [];
  for (const [number, quantity] of [
    ['S-1', 1],
    ['S-2', 2],
  ] as const) {
    const shipment = {
      ref: { system: 'warehouse', kind: 'shipment', id: number },
      number,
      status: 'handed-over',
      wireStatus: 'shipped',
      parcels: [{ id: '1', carrier: 'UPS', trackingNumber: number, lines: [{ sku: 'TEE', quantity }] }],
      updatedAt: '2026-11-23T10:00:00Z',
    } as const;
    await world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: number });
    invoices.push(await bill(world, order, `bill ${number}`));
  }
  const line = world.state.saleOrders.find(({ id }) => String(id) === order.id)?.lines[0]?.id;
  return { order, invoices, lineId: String(line) };
}

describe.each(versions)('a refund in Odoo %s whose credit note', (version) => {
  it('was canceled as a draft gave nothing back, and the next one goes through', async () => {
    const world = aWorld(version);
    const { order, invoice, lineIds } = await aBilledOrder(world);
    const wrong = aRefund(order, [aShare(lineIds[0], { tax: eur('1.00') })], '11.00');
    const right = aRefund(order, [aShare(lineIds[0])], '12.00');
    for (let time = 1; time <= 2; time++) {
      await expect(world.erp.refunds.create(wrong, key)).rejects.toMatchObject({ code: 'totals.mismatch' });
      expect(notesOf(world)).toHaveLength(time);
      await expect(world.erp.refunds.create(right, key)).rejects.toMatchObject({
        code: 'key.reused',
        message: expect.stringContaining('cancel that credit note'),
      });
      await cancelNote(world);
    }
    const refs = await Promise.all(Array.from({ length: 8 }, () => world.connect().refunds.create(right, key)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(notesOf(world).map((note) => note['state'])).toEqual(['cancel', 'cancel', 'posted']);
    expect(await world.erp.refunds.create(right, { idempotencyKey: 'another' })).toEqual(refs[0]);
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: eur('24.00') });
  });

  it('was canceled after it was final stays so', async () => {
    const world = aWorld(version);
    const { order, lineIds } = await aBilledOrder(world);
    const draft = aRefund(order, [aShare(lineIds[0])], '12.00');
    const ref = await world.erp.refunds.create(draft, key);
    await cancelNote(world);
    expect(await world.connect().refunds.create(draft, key)).toEqual(ref);
    expect(notesOf(world)).toHaveLength(1);
  });
});

describe.each(versions)('refunds in Odoo %s', (version) => {
  it('come back out, of money alone and of carriage too', async () => {
    const world = aWorld(version);
    const shippingLines = [
      { id: 's', title: 'Parcel', price: eur('5.00'), discounts: [], taxes: [aTax('0.2', '1.00')], total: eur('5.00') },
    ];
    const { order, lineIds } = await aBilledOrder(world, { shippingLines });
    const share = { quantity: 0, amount: eur('5.00'), tax: eur('1.00') };
    const money = aRefund(order, [aShare(lineIds[0], share)], '6.00');
    const carriage = aRefund(order, [], '6.00', { number: 'R-2', shipping: eur('6.00') });
    const odd = aRefund(order, [aShare(lineIds[0], { quantity: 3, amount: eur('10.00') })], '12.00', { number: 'R-3' });
    const refs = [];
    for (const draft of [money, carriage, odd])
      refs.push(await world.erp.refunds.create(draft, { idempotencyKey: draft.number }));
    const pages = await all(world.erp.refunds.pull({}));
    expect(pages.flatMap(({ problems = [] }) => problems)).toEqual([]);
    const restocked = false;
    expect(pages.flatMap(({ items }) => items)).toMatchObject([
      { ref: refs[0], order, lines: [{ orderLineId: lineIds[0], ...share, restocked }], total: eur('6.00') },
      { ref: refs[1], order, lines: [], shipping: eur('6.00'), total: eur('6.00') },
      {
        ref: refs[2],
        order,
        lines: [{ orderLineId: lineIds[0], quantity: 3, amount: eur('10.00'), tax: eur('2.00') }],
        total: eur('12.00'),
      },
    ]);
  });

  it('go to the invoice that has room for them', async () => {
    const world = aWorld(version);
    const { order, invoices, lineId } = await billedTwice(world);
    const two = aShare(lineId, { quantity: 2, amount: eur('20.00'), tax: eur('4.00') });
    await world.erp.refunds.create(aRefund(order, [two], '24.00'), key);
    const one = aRefund(order, [aShare(lineId)], '12.00', { number: 'R-2' });
    await world.erp.refunds.create(one, { idempotencyKey: 'R-2' });
    for (const invoice of invoices) expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: eur('0.00') });
    const more = aRefund(order, [aShare(lineId)], '12.00', { number: 'R-3' });
    const refused = world.erp.refunds.create(more, { idempotencyKey: 'R-3' });
    await expect(refused).rejects.toMatchObject({ code: 'record.rejected' });
  });

  it('say to pass the invoice when it takes several to give that much back', async () => {
    const world = aWorld(version);
    const { order, invoices, lineId } = await billedTwice(world);
    const three = aShare(lineId, { quantity: 3, amount: eur('30.00'), tax: eur('6.00') });
    await expect(world.erp.refunds.create(aRefund(order, [three], '36.00'), key)).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('pass `invoice`'),
    });
    const two = aShare(lineId, { quantity: 2, amount: eur('20.00'), tax: eur('4.00') });
    const [first, second] = invoices;
    const wrong = aRefund(order, [two], '24.00', { number: 'R-2', ...(first && { invoice: first }) });
    await expect(world.erp.refunds.create(wrong, { idempotencyKey: 'R-2' })).rejects.toMatchObject({
      code: 'record.rejected',
    });
    const right = aRefund(order, [two], '24.00', { number: 'R-3', ...(second && { invoice: second }) });
    await world.erp.refunds.create(right, { idempotencyKey: 'R-3' });
    const cheap = aShare(lineId, { amount: eur('1.00'), tax: eur('0.20') });
    const onFirst = aRefund(order, [cheap], '1.20', { number: 'R-4', ...(second && { invoice: second }) });
    await expect(world.erp.refunds.create(onFirst, { idempotencyKey: 'R-4' })).rejects.toMatchObject({
      code: 'record.rejected',
    });
  });
});
