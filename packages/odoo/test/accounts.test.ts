import type { InvoiceDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aPayment, aShippedOrder } from './billed.ts';
import { all, aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'finance/5001#bill' };

describe.each(versions)('a bill in Odoo %s', (version) => {
  it('is one, however often and from how many processes it is asked for', async () => {
    const world = aWorld(version);
    const draft: InvoiceDraft = { order: await aShippedOrder(world) };
    const refs = await Promise.all(Array.from({ length: 8 }, () => world.connect().invoices.create(draft, key)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(await world.erp.invoices.create(draft, key)).toEqual(refs[0]);
    expect((await world.erp.invoices.readiness(draft.order))?.invoices).toEqual([refs[0]]);
  });

  it.each(['sale.advance.payment.inv.create_invoices', 'account.move.write'])(
    'is one when the answer to %s is lost',
    async (operation) => {
      const world = aWorld(version);
      const draft: InvoiceDraft = { order: await aShippedOrder(world) };
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      const ref = await world.erp.invoices.create(draft, key);
      expect(await world.erp.invoices.create(draft, key)).toEqual(ref);
      expect((await world.erp.invoices.readiness(draft.order))?.invoices).toEqual([ref]);
    },
  );

  it('refuses another content under its key, and another key when nothing is left to bill', async () => {
    const world = aWorld(version);
    const draft: InvoiceDraft = { order: await aShippedOrder(world) };
    await world.erp.invoices.create(draft, key);
    const edited = { ...draft, issuedOn: '2026-11-25' };
    await expect(world.erp.invoices.create(edited, key)).rejects.toMatchObject({ code: 'key.reused' });
    const another = world.erp.invoices.create(draft, { idempotencyKey: 'another' });
    await expect(another).rejects.toMatchObject({ code: 'record.rejected' });
  });

  it('stays a draft when it comes to another sum than expected', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const draft: InvoiceDraft = { order, expectedTotal: { amount: '1.00', currency: 'EUR' } };
    await expect(world.erp.invoices.create(draft, key)).rejects.toMatchObject({ code: 'totals.mismatch' });
    const [bill] = (await world.erp.invoices.readiness(order))?.invoices ?? [];
    expect(bill && (await world.erp.invoices.get(bill))).toMatchObject({ status: 'draft' });
  });

  it('is made anew when a person canceled it as a draft', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const first = await world.erp.invoices.create({ order }, key);
    const cancel = { ids: [Number(first.id)], answer: z.unknown(), safety: 'once' } as const;
    await world.client().call('account.move', 'button_cancel', cancel);
    const refs = await Promise.all(Array.from({ length: 4 }, () => world.connect().invoices.create({ order }, key)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(refs[0]).not.toEqual(first);
    expect(refs[0] && (await world.erp.invoices.get(refs[0]))).toMatchObject({ status: 'draft' });
  });

  it('keeps the day that a person gave its draft', async () => {
    const world = aWorld(version);
    const draft: InvoiceDraft = { order: await aShippedOrder(world), issuedOn: '2026-11-20' };
    const ref = await world.erp.invoices.create(draft, key);
    expect(await world.erp.invoices.get(ref)).toMatchObject({ issuedOn: '2026-11-20' });
    world.state.change('account.move', Number(ref.id), { invoice_date: '2026-11-25' });
    expect(await world.connect().invoices.create(draft, key)).toEqual(ref);
    expect(await world.erp.invoices.get(ref)).toMatchObject({ issuedOn: '2026-11-25' });
  });

  it('says that it comes to another sum than expected after somebody made it final, too', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const draft: InvoiceDraft = { order, expectedTotal: { amount: '1.00', currency: 'EUR' } };
    await expect(world.erp.invoices.create(draft, key)).rejects.toMatchObject({ code: 'totals.mismatch' });
    const [bill] = (await world.erp.invoices.readiness(order))?.invoices ?? [];
    if (bill) await world.erp.invoices.confirm(bill, key);
    await expect(world.connect().invoices.create(draft, key)).rejects.toMatchObject({
      code: 'totals.mismatch',
      message: expect.stringContaining('final'),
    });
  });

  it('takes part payments, each once, and no more than is due', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } });
    const draft: InvoiceDraft = { order: await aShippedOrder(world) };
    const ref = await world.erp.invoices.create(draft, key);
    await expect(world.erp.payments.create(aPayment(ref, '5.00'), key)).rejects.toMatchObject({
      code: 'record.rejected',
    });
    await world.erp.invoices.confirm(ref, key);
    const total = (await world.erp.invoices.get(ref))?.total.amount ?? '';
    const part = () => world.connect().payments.create(aPayment(ref, '5.00'), key);
    const refs = await Promise.all(Array.from({ length: 8 }, part));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(await world.erp.invoices.get(ref)).toMatchObject({
      status: 'partially-paid',
      due: { amount: (Number(total) - 5).toFixed(2) },
    });
    const whole = world.erp.payments.create(aPayment(ref, total, 'ch_2'), { idempotencyKey: 'whole' });
    await expect(whole).rejects.toMatchObject({ code: 'record.rejected' });
    const edited = world.erp.payments.create(aPayment(ref, '4.00'), key);
    await expect(edited).rejects.toMatchObject({ code: 'key.reused' });
    const [page] = await all(world.erp.payments.pull({}));
    expect(page?.items).toMatchObject([{ ref: refs[0], invoice: ref, status: 'paid' }]);
  });

  it.each(['account.payment.load', 'account.payment.action_post', 'account.move.line.reconcile'])(
    'takes a payment once when the answer to %s is lost',
    async (operation) => {
      const world = aWorld(version, { paymentJournals: { stripe: 6 } });
      const ref = await world.erp.invoices.create({ order: await aShippedOrder(world) }, key);
      await world.erp.invoices.confirm(ref, key);
      const total = (await world.erp.invoices.get(ref))?.total.amount ?? '';
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      const paid = await world.erp.payments.create(aPayment(ref, total), key);
      expect(await world.erp.payments.create(aPayment(ref, total), key)).toEqual(paid);
      expect(await world.erp.invoices.get(ref)).toMatchObject({ status: 'paid', due: { amount: '0.00' } });
    },
  );

  it('stays a draft in a currency that is archived, and while the books are closed', async () => {
    const world = aWorld(version);
    const { state } = world;
    const ref = await world.erp.invoices.create({ order: await aShippedOrder(world) }, key);
    const euro = Number(state.records('res.currency').find(({ name }) => name === 'EUR')?.['id']);
    const confirm = () => world.erp.invoices.confirm(ref, key);
    state.change('res.currency', euro, { active: false });
    await expect(confirm()).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('inactive currency'),
    });
    state.change('res.currency', euro, { active: true });
    state.change('res.company', 1, { fiscalyear_lock_date: '2999-12-31' });
    await expect(confirm()).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('Lock Date'),
    });
    expect(await world.erp.invoices.get(ref)).toMatchObject({ status: 'draft' });
    state.change('res.company', 1, { fiscalyear_lock_date: false });
    await confirm();
    expect(await world.erp.invoices.get(ref)).toMatchObject({ status: 'open' });
  });

  it('says which right its user lacks', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } });
    const order = await aShippedOrder(world);
    const ref = await world.erp.invoices.create({ order }, key);
    await world.erp.invoices.confirm(ref, key);
    world.state.addUser({ login: 'bare', apiKey: 'bare-api-key', kind: 'internal' });
    const { invoices, payments, refunds } = world.connect({ login: 'bare', apiKey: 'bare-api-key' });
    const refund = {
      number: 'R',
      order,
      lines: [],
      total: { amount: '1.00', currency: 'EUR' },
      refundedAt: '2026-11-24T10:00:00Z',
    };
    for (const attempt of [
      () => invoices.create({ order }, key),
      () => invoices.confirm(ref, key),
      () => payments.create(aPayment(ref, '1.00'), key),
      () => refunds.create(refund, key),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'access.denied' });
  });
});
