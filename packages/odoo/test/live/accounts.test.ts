import type { PaymentDraft, Ref, RefundDraft } from '@crossdock/core';
import { expect, it } from 'vitest';
import { describeLive } from './describe-live.ts';
import type { LiveWorld } from './live-world.ts';

/** An order of two tees that left. */
async function aShippedOrder({ erp, place, shipmentOf, tee }: LiveWorld): Promise<Ref<'order'>> {
  const order = await place();
  const shipment = shipmentOf(`${order.id}-all`, [{ sku: tee.sku, quantity: 2 }]);
  await erp.shipments.confirm({ order, shipment }, { idempotencyKey: `ship-${order.id}` });
  return order;
}

describeLive('the books', (world) => {
  it('bill an order once, by eight callers, as a draft that is then made final, once', async () => {
    const { connect, count, erp } = world();
    const order = await aShippedOrder(world());
    expect(await erp.invoices.readiness(order)).toMatchObject({ ready: true, net: { amount: '20.00' } });
    const key = { idempotencyKey: `bill-${order.id}` };
    const ended = await Promise.allSettled(Array.from({ length: 8 }, () => connect().invoices.create({ order }, key)));
    const ref = await erp.invoices.create({ order }, key);
    expect(ended.filter((one) => one.status === 'fulfilled' && one.value.id !== ref.id)).toEqual([]);
    expect(await count('account.move', ['invoice_line_ids.sale_line_ids.order_id', '=', Number(order.id)])).toBe(1);
    expect(await erp.invoices.get(ref)).toMatchObject({ status: 'draft', total: { amount: '20.00' }, order });
    for (const connector of [erp, connect()])
      expect(await connector.invoices.confirm(ref, { idempotencyKey: `final-${ref.id}` })).toEqual(ref);
    const bill = await erp.invoices.get(ref);
    expect(bill).toMatchObject({ status: 'open', due: { amount: '20.00' } });
    expect(bill?.number).toBeTruthy();
    expect(await erp.invoices.readiness(order)).toMatchObject({ ready: false, obstacles: ['nothing-to-bill'] });
  });

  it('take a payment once, whatever is lost, and no more than is due', async () => {
    const { connect, erp, lose, money } = world();
    const order = await aShippedOrder(world());
    const invoice = await erp.invoices.create({ order }, { idempotencyKey: `bill-${order.id}` });
    await erp.invoices.confirm(invoice, { idempotencyKey: `final-${invoice.id}` });
    const aPayment = (reference: string, amount: string): PaymentDraft => ({
      invoice,
      amount: money(amount),
      gateway: 'card',
      reference: `${reference}-${invoice.id}`,
      paidOn: '2026-11-24',
    });
    const part = aPayment('part', '5.00');
    lose(
      { operation: 'account.payment.load', how: 'unheard' },
      { operation: 'account.payment.action_post', how: 'hung-up' },
    );
    const pay = () => connect().payments.create(part, { idempotencyKey: part.reference });
    await Promise.allSettled([pay(), pay(), pay()]);
    expect(await pay()).toEqual(await pay());
    expect(await erp.invoices.get(invoice)).toMatchObject({ status: 'partially-paid', due: { amount: '15.00' } });
    const over = aPayment('over', '15.01');
    await expect(erp.payments.create(over, { idempotencyKey: over.reference })).rejects.toMatchObject({
      code: 'record.rejected',
    });
    const rest = aPayment('rest', '15.00');
    await erp.payments.create(rest, { idempotencyKey: rest.reference });
    expect(await erp.invoices.get(invoice)).toMatchObject({ status: 'paid', due: { amount: '0.00' } });
  });

  it('give money back by a credit note, once, and not another sum than was said', async () => {
    const { connect, count, erp, money, run } = world();
    const order = await aShippedOrder(world());
    const invoice = await erp.invoices.create({ order }, { idempotencyKey: `bill-${order.id}` });
    await erp.invoices.confirm(invoice, { idempotencyKey: `final-${invoice.id}` });
    const [line] = (await erp.orders.get(order))?.lines ?? [];
    const draft: RefundDraft = {
      number: `REFUND-${run}-${order.id}`,
      order,
      lines: [
        { orderLineId: line?.id ?? '', quantity: 1, amount: money('10.00'), tax: money('0.00'), restocked: false },
      ],
      total: money('10.00'),
      refundedAt: '2026-11-25T09:30:00Z',
    };
    const wrong = { ...draft, number: `${draft.number}-wrong`, total: money('9.99') };
    await expect(erp.refunds.create(wrong, { idempotencyKey: wrong.number })).rejects.toMatchObject({
      code: 'totals.mismatch',
    });
    const refund = () => connect().refunds.create(draft, { idempotencyKey: draft.number });
    await Promise.allSettled(Array.from({ length: 8 }, refund));
    const ref = await refund();
    expect(await refund()).toEqual(ref);
    const notes = [
      ['move_type', '=', 'out_refund'],
      ['invoice_line_ids.sale_line_ids.order_id', '=', Number(order.id)],
      ['state', '=', 'posted'],
    ] as const;
    expect(await count('account.move', ...notes)).toBe(1);
  });
});
