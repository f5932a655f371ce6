import type { Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aBilledOrder, aRefund, aShare, bill, type World } from './billed.ts';
import { aDraft, aLine, aTax, eur } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'finance/R-1#refund' };

/** What Odoo has of a credit note: its total, and of each line the quantity and the price. */
async function noteOf(world: World, ref: Ref<'refund'>) {
  const note = await world.erp.invoices.get({ ...ref, kind: 'invoice' });
  return {
    status: note?.status,
    total: note?.total.amount,
    lines: note?.lines.map(({ sku, quantity, total }) => [sku, quantity, total.amount]),
  };
}

describe.each(versions)('a refund in Odoo %s', (version) => {
  it('is one settled credit note, however often and from how many processes it is asked for', async () => {
    const world = aWorld(version);
    const { order, invoice, lineIds } = await aBilledOrder(world);
    const draft = aRefund(order, [aShare(lineIds[0])], '12.00');
    const refs = await Promise.all(Array.from({ length: 8 }, () => world.connect().refunds.create(draft, key)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(await world.erp.refunds.create(draft, { idempotencyKey: 'another' })).toEqual(refs[0]);
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ status: 'partially-paid', due: eur('24.00') });
  });

  it.each(['account.move.load', 'account.move.action_post'])(
    'is booked once when the answer to %s is lost',
    async (operation) => {
      const world = aWorld(version);
      const { order, invoice, lineIds } = await aBilledOrder(world);
      const draft = aRefund(order, [aShare(lineIds[0])], '12.00');
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      const ref = await world.erp.refunds.create(draft, key);
      expect(await world.erp.refunds.create(draft, key)).toEqual(ref);
      expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: eur('24.00') });
    },
  );

  it('takes prices that hold their tax', async () => {
    const world = aWorld(version);
    const lines = [aLine({ sku: 'TEE', quantity: 3, price: '12.00', taxes: [aTax('0.2', '6.00')] })];
    const { order, invoice, lineIds } = await aBilledOrder(world, { taxesIncluded: true, lines });
    const ref = await world.erp.refunds.create(aRefund(order, [aShare(lineIds[0])], '12.00'), key);
    expect(await noteOf(world, ref)).toMatchObject({ total: '12.00', lines: [['TEE', 1, '10.00']] });
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: eur('24.00') });
  });

  it('reads amounts that hold their tax by their sum', async () => {
    const world = aWorld(version);
    const { order, lineIds } = await aBilledOrder(world);
    const share = aShare(lineIds[0], { amount: eur('12.00'), tax: eur('2.00') });
    const ref = await world.erp.refunds.create(aRefund(order, [share], '12.00'), key);
    expect(await noteOf(world, ref)).toMatchObject({ total: '12.00', lines: [['TEE', 1, '10.00']] });
  });

  it('gives back a sum that its units do not divide', async () => {
    const world = aWorld(version);
    const { order, lineIds } = await aBilledOrder(world);
    const share = aShare(lineIds[0], { quantity: 3, amount: eur('10.00'), tax: eur('2.00') });
    const ref = await world.erp.refunds.create(aRefund(order, [share], '12.00'), key);
    expect(await noteOf(world, ref)).toMatchObject({
      total: '12.00',
      lines: [
        ['TEE', 3, '9.99'],
        ['TEE', 1, '0.01'],
      ],
    });
    // Three tees came back, and the cent takes none.
    expect((await world.erp.invoices.readiness(order))?.lines).toMatchObject([{ quantity: 3 }]);
  });

  it('gives back money alone without taking goods off the bill', async () => {
    const world = aWorld(version);
    const { order, lineIds } = await aBilledOrder(world);
    const share = aShare(lineIds[0], { quantity: 0, amount: eur('5.00'), tax: eur('1.00') });
    const ref = await world.erp.refunds.create(aRefund(order, [share], '6.00'), key);
    expect(await noteOf(world, ref)).toMatchObject({ total: '6.00', lines: [['TEE', 1, '5.00']] });
    expect((await world.erp.invoices.readiness(order))?.obstacles).toEqual(['nothing-to-bill']);
  });

  it('evens out the cents by which Odoo rounds a tax otherwise', async () => {
    const world = aWorld(version, { roundingProduct: 'ROUND' });
    const { order, lineIds } = await aBilledOrder(world);
    const draft = aRefund(order, [aShare(lineIds[0], { tax: eur('1.99') })], '11.99');
    world.platform.faults.next('account.move.line.load', { kind: 'drop', when: 'after' });
    const ref = await world.erp.refunds.create(draft, key);
    expect(await noteOf(world, ref)).toEqual({
      status: 'paid',
      total: '11.99',
      lines: [
        ['TEE', 1, '10.00'],
        ['ROUND', 1, '-0.01'],
      ],
    });
  });

  it('stays a draft at another total than the channel gave back', async () => {
    const world = aWorld(version);
    const { order, invoice, lineIds } = await aBilledOrder(world);
    const draft = aRefund(order, [aShare(lineIds[0], { tax: eur('1.99') })], '11.99');
    for (const erp of [world.erp, world.connect()])
      await expect(erp.refunds.create(draft, key)).rejects.toMatchObject({ code: 'totals.mismatch' });
    expect(world.state.records('account.move').filter((one) => one['move_type'] === 'out_refund')).toMatchObject([
      { state: 'draft' },
    ]);
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: eur('36.00') });
  });

  it('is of the invoice that has its lines, where an order has several', async () => {
    const world = aWorld(version);
    const { order, invoice, lineIds } = await aBilledOrder(world);
    const cap = world.state.records('product.product').find((one) => one['default_code'] === 'CAP');
    const line = {
      product_id: Number(cap?.['id']),
      product_uom_qty: 2,
      price_unit: 5,
      discount: 0,
      order_id: Number(order.id),
    };
    const taxes = { [version === '19.0' ? 'tax_ids' : 'tax_id']: [[6, 0, []]] };
    const [added] = await world.client().create('sale.order.line', [{ ...line, ...taxes }]);
    const second = await bill(world, order, 'second bill');
    const capOnly = aShare(String(added), { amount: eur('5.00'), tax: eur('0.00') });
    const ref = await world.erp.refunds.create(aRefund(order, [capOnly], '5.00'), key);
    expect(await noteOf(world, ref)).toMatchObject({ lines: [['CAP', 1, '5.00']] });
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: eur('36.00') });
    expect(await world.erp.invoices.get(second)).toMatchObject({ due: eur('5.00') });
    const both = aRefund(order, [aShare(lineIds[0]), capOnly], '17.00', { number: 'R-2' });
    const refused = world.erp.refunds.create(both, { idempotencyKey: 'both' });
    await expect(refused).rejects.toMatchObject({ code: 'record.rejected' });
    const wrong = aRefund(order, [capOnly], '5.00', { number: 'R-3', invoice });
    await expect(world.erp.refunds.create(wrong, { idempotencyKey: 'wrong' })).rejects.toMatchObject({
      code: 'record.rejected',
    });
  });

  it('gives back carriage with its tax, and tells it as carriage', async () => {
    const world = aWorld(version);
    const shippingLines = [
      { id: 's', title: 'Parcel', price: eur('5.00'), discounts: [], taxes: [aTax('0.2', '1.00')], total: eur('5.00') },
    ];
    const { order, lineIds } = await aBilledOrder(world, { shippingLines });
    const draft = aRefund(order, [aShare(lineIds[0])], '18.00', { shipping: eur('6.00') });
    const ref = await world.erp.refunds.create(draft, key);
    const [page] = await all(world.erp.refunds.pull({}));
    expect(page?.items).toMatchObject([
      {
        ref,
        order,
        lines: [{ orderLineId: lineIds[0], quantity: 1, amount: eur('10.00'), tax: eur('2.00') }],
        shipping: eur('6.00'),
        total: eur('18.00'),
        refundedAt: '2026-11-24T00:00:00Z',
      },
    ]);
  });

  it('takes no more goods or money back than were billed', async () => {
    const world = aWorld(version);
    const { order, lineIds } = await aBilledOrder(world);
    const [line] = lineIds;
    const drafts = [
      aRefund(order, [aShare(line, { quantity: 4, amount: eur('30.00'), tax: eur('6.00') })], '36.00'),
      aRefund(order, [aShare(line, { amount: eur('31.00'), tax: eur('6.20') })], '37.20'),
      aRefund(order, [aShare('987654')], '12.00'),
      aRefund(order, [aShare(line)], '12.00', { shipping: eur('1.00'), total: eur('13.00') }),
    ];
    for (const draft of drafts)
      await expect(world.erp.refunds.create(draft, key)).rejects.toMatchObject({ code: 'record.rejected' });
    const unsound = aRefund(order, [aShare(line)], '20.00');
    await expect(world.erp.refunds.create(unsound, key)).rejects.toMatchObject({ code: 'totals.mismatch' });
    expect(world.state.records('account.move').filter((one) => one['move_type'] === 'out_refund')).toEqual([]);
  });

  it('refuses another content or another number under its key, and its number for another content', async () => {
    const world = aWorld(version);
    const { order, lineIds } = await aBilledOrder(world);
    const draft = aRefund(order, [aShare(lineIds[0])], '12.00');
    await world.erp.refunds.create(draft, key);
    const edited = { ...draft, note: 'torn' };
    await expect(world.erp.refunds.create(edited, key)).rejects.toMatchObject({ code: 'key.reused' });
    const renumbered = { ...draft, number: 'R-2' };
    await expect(world.erp.refunds.create(renumbered, key)).rejects.toMatchObject({ code: 'key.reused' });
    const taken = world.erp.refunds.create(edited, { idempotencyKey: 'another' });
    await expect(taken).rejects.toMatchObject({ code: 'record.duplicate' });
  });

  it('waits for a bill', async () => {
    const world = aWorld(version);
    const order = await world.erp.orders.create(aDraft({ lines: [aLine({ sku: 'TEE' })], customer: world.customer }), {
      idempotencyKey: 'order',
    });
    const [line] = world.state.saleOrders.flatMap(({ lines }) => lines);
    const draft = aRefund(order, [aShare(String(line?.id))], '12.00');
    await expect(world.erp.refunds.create(draft, key)).rejects.toMatchObject({ code: 'record.rejected' });
  });
});
