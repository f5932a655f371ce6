import type { Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aPayment, aRefund, aShare, aShippedOrder, type World } from './billed.ts';
import { eur } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'finance/5001#payment' };
const other = { idempotencyKey: 'finance/5001#payment-2' };

/** A final bill, and what it comes to. */
async function aBill(world: World) {
  const bill = { idempotencyKey: 'bill' };
  const invoice = await world.erp.invoices.create({ order: await aShippedOrder(world) }, bill);
  await world.erp.invoices.confirm(invoice, bill);
  return { invoice, total: Number((await world.erp.invoices.get(invoice))?.total.amount) };
}

/** What a person does with a payment. */
function press(world: World, method: string, { id }: Ref<'payment'>) {
  return world.client().call('account.payment', method, { ids: [Number(id)], answer: z.unknown(), safety: 'once' });
}

/** Matches a bill with a line of the bank's statement. */
async function matchWithBank(world: World, { id }: Ref<'invoice'>, amount: number): Promise<void> {
  const { state } = world;
  const account = (type: string) =>
    state.records('account.account').find((one) => one['account_type'] === type)?.['id'];
  const owed = Number(account('asset_receivable'));
  const entry = state.add('account.move', {
    move_type: 'entry',
    line_ids: [
      [0, 0, { account_id: Number(account('asset_cash')), debit: amount }],
      [0, 0, { account_id: owed, credit: amount }],
    ],
  });
  const lines = state
    .records('account.move.line')
    .filter((line) => line['account_id'] === owed && [entry, Number(id)].includes(Number(line['move_id'])));
  const ids = lines.map((line) => Number(line['id']));
  await world.client().call('account.move.line', 'reconcile', { ids, answer: z.unknown(), safety: 'once' });
}

describe.each(versions)('a payment in Odoo %s', (version) => {
  it('is one for one transaction, under whichever key', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } });
    const { invoice, total } = await aBill(world);
    const draft = aPayment(invoice, '5.00');
    const under = (n: number) => world.connect().payments.create(draft, { idempotencyKey: `key-${n}` });
    const refs = await Promise.all(Array.from({ length: 8 }, (_, n) => under(n)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    const doubled = world.erp.payments.create(aPayment(invoice, '6.00'), other);
    await expect(doubled).rejects.toMatchObject({
      code: 'record.duplicate',
      message: expect.stringContaining('give each part its own reference'),
    });
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: { amount: (total - 5).toFixed(2) } });
  });

  it('refuses its key for another transaction', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } });
    const { invoice } = await aBill(world);
    await world.erp.payments.create(aPayment(invoice, '5.00'), key);
    const another = world.connect().payments.create(aPayment(invoice, '5.00', 'ch_2'), key);
    await expect(another).rejects.toMatchObject({ code: 'key.reused' });
  });

  it('is one for each invoice that a transaction pays', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } });
    const { invoice } = await aBill(world);
    const { state, customer } = world;
    const tee = state.records('product.product').find((one) => one['default_code'] === 'TEE');
    const line = { product_id: Number(tee?.['id']), quantity: 1, price_unit: 20 };
    const euro = Number(state.records('res.currency').find(({ name }) => name === 'EUR')?.['id']);
    const head = { move_type: 'out_invoice', partner_id: Number(customer.id), currency_id: euro };
    const id = state.add('account.move', { ...head, invoice_line_ids: [[0, 0, line]] });
    const second = { ...invoice, id: String(id) };
    await world.erp.invoices.confirm(second, key);
    const one = await world.erp.payments.create(aPayment(invoice, '5.00'), key);
    const two = await world.erp.payments.create(aPayment(second, '5.00'), other);
    expect(two).not.toEqual(one);
    expect(await world.erp.payments.create(aPayment(invoice, '5.00'), key)).toEqual(one);
  });

  it('counts for nothing when it was canceled as a draft, and stands when it was canceled later', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } });
    const { invoice, total } = await aBill(world);
    const pay = () => world.connect().payments.create(aPayment(invoice, '5.00'), key);
    world.platform.faults.next('account.payment.action_post', { kind: 'answer', status: 403 });
    await expect(pay()).rejects.toMatchObject({ code: expect.any(String) });
    const [draft] = world.state.records('account.payment');
    await press(world, 'action_cancel', { system: 'odoo', kind: 'payment', id: String(Number(draft?.['id'])) });
    const [ref] = await Promise.all(Array.from({ length: 4 }, pay));
    expect(ref?.id).not.toBe(String(Number(draft?.['id'])));
    expect(world.state.records('account.payment')).toHaveLength(2);
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: { amount: (total - 5).toFixed(2) } });
    if (ref) await press(world, 'action_cancel', ref);
    expect(await pay()).toEqual(ref);
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ status: 'open' });
  });
});

describe.each(versions)('where payments wait for the bank in Odoo %s, a payment', (version) => {
  const aBank = () => aWorld(version, { paymentJournals: { stripe: 6 } }, { modules: ['accountant'] });

  it('is taken off what is due, and the bill is paid when nothing is left', async () => {
    const world = aBank();
    const { invoice, total } = await aBill(world);
    const [page] = (await all(world.erp.invoices.pull({}))).slice(-1);
    const first = await world.erp.payments.create(aPayment(invoice, '5.00'), key);
    const part = { status: 'partially-paid', due: { amount: (total - 5).toFixed(2) } };
    expect(await world.erp.invoices.get(invoice)).toMatchObject(part);
    const pulled = await all(world.erp.invoices.pull(page ? { cursor: page.cursor } : {}));
    expect(pulled.flatMap(({ items }) => items).at(-1)).toMatchObject(part);
    const whole = world.erp.payments.create(aPayment(invoice, total.toFixed(2), 'ch_2'), other);
    await expect(whole).rejects.toMatchObject({ code: 'record.rejected', details: { due: part.due.amount } });
    await world.platform.clock.advance(60_000);
    await world.erp.payments.create(aPayment(invoice, part.due.amount, 'ch_3'), { idempotencyKey: 'rest' });
    const paid = { status: 'paid', due: { amount: '0.00' } };
    const cursor = pulled.at(-1)?.cursor;
    const later = (await all(world.erp.invoices.pull(cursor === undefined ? {} : { cursor }))).flatMap(
      ({ items }) => items,
    );
    expect(later.at(-1)).toMatchObject({ ref: invoice, ...paid });
    expect(await world.erp.invoices.get(invoice)).toEqual(later.at(-1));
    const more = world.erp.payments.create(aPayment(invoice, '1.00', 'ch_4'), { idempotencyKey: 'more' });
    await expect(more).rejects.toMatchObject({ code: 'record.rejected' });
    expect(await world.erp.payments.create(aPayment(invoice, '5.00'), key)).toEqual(first);
  });

  it('never pays a bill twice in silence when two of the whole sum come at once', async () => {
    const world = aBank();
    const { invoice, total } = await aBill(world);
    const attempts = await Promise.allSettled(
      [1, 2, 3].map((n) =>
        world.connect().payments.create(aPayment(invoice, total.toFixed(2), `ch_${n}`), { idempotencyKey: `k${n}` }),
      ),
    );
    const refused = attempts.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused.every((code) => code === 'write.uncertain' || code === 'record.rejected')).toBe(true);
  });

  it('is due again when a person cancels it', async () => {
    const world = aBank();
    const { invoice, total } = await aBill(world);
    await world.erp.payments.create(aPayment(invoice, '5.00'), key);
    const second = await world.erp.payments.create(aPayment(invoice, '4.00', 'ch_2'), other);
    await press(world, 'action_cancel', second);
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ due: { amount: (total - 5).toFixed(2) } });
    expect(await world.erp.payments.create(aPayment(invoice, '4.00', 'ch_2'), other)).toEqual(second);
  });
});

// Before 18 every payment makes an entry.
describe.each(versions.slice(1))('a payment without an entry in Odoo %s', (version) => {
  it('counts once, whether a person or the bank called it paid', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } }, { modules: ['accountant'] });
    const { invoice, total } = await aBill(world);
    const five = await world.erp.payments.create(aPayment(invoice, '5.00'), key);
    await world.erp.payments.create(aPayment(invoice, '4.00', 'ch_2'), other);
    await press(world, 'action_validate', five);
    const left = { status: 'partially-paid', due: { amount: (total - 9).toFixed(2) } };
    expect(await world.erp.invoices.get(invoice)).toMatchObject(left);
    await matchWithBank(world, invoice, 4);
    expect(await world.erp.invoices.get(invoice)).toMatchObject(left);
    await matchWithBank(world, invoice, 5);
    expect(await world.erp.invoices.get(invoice)).toMatchObject(left);
    const rest = aPayment(invoice, left.due.amount, 'ch_3');
    await world.erp.payments.create(rest, { idempotencyKey: 'rest' });
    expect(await world.erp.invoices.get(invoice)).toMatchObject({ status: 'paid' });
  });

  it('is uncertain when it is asked for again after a part of the bill was given back: who paid twice looks the same', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } }, { modules: ['accountant'] });
    const order = await aShippedOrder(world);
    const bill = { idempotencyKey: 'bill' };
    const invoice = await world.erp.invoices.create({ order }, bill);
    await world.erp.invoices.confirm(invoice, bill);
    const pay = (amount: string, reference: string) =>
      world.connect().payments.create(aPayment(invoice, amount, reference), { idempotencyKey: reference });
    await pay('8.00', 'gift');
    await pay('12.00', 'card');
    const line = world.state.saleOrders[0]?.lines[0];
    const share = aShare(String(line?.id), { tax: eur('0.00') });
    await world.erp.refunds.create(aRefund(order, [share], '10.00'), { idempotencyKey: 'refund' });
    await expect(pay('12.00', 'card')).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(world.state.records('account.payment')).toHaveLength(2);
  });

  it('is uncertain under either key where a bill was paid twice, however often it is asked for', async () => {
    const world = aWorld(version, { paymentJournals: { stripe: 6 } }, { modules: ['accountant'] });
    const { invoice, total } = await aBill(world);
    const pay = (reference: string) =>
      world.connect().payments.create(aPayment(invoice, total.toFixed(2), reference), { idempotencyKey: reference });
    world.platform.faults.next('account.payment.action_post', { kind: 'answer', status: 403 });
    await expect(pay('first')).rejects.toMatchObject({ code: expect.any(String) });
    const draft = String(Number(world.state.records('account.payment')[0]?.['id']));
    await pay('second');
    // A person posts what was left as a draft.
    const first = { system: 'odoo', kind: 'payment', id: draft } as const;
    await press(world, 'action_post', first);
    await expect(pay('first')).rejects.toMatchObject({ code: 'write.uncertain' });
    await expect(pay('second')).rejects.toMatchObject({ code: 'write.uncertain' });
  });
});
