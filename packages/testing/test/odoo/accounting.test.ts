import type { Json } from '@crossdock/core';
import { fakeOdoo } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { at, call, type Odoo } from './client.ts';

// Everything here was asked of a real Odoo 19.0 on 2026-11-26 first.

async function ask(odoo: Odoo, operation: string, body: Json = {}): Promise<Json> {
  const { status, body: answer } = await call(odoo, operation, body);
  if (status !== 200) throw new Error(`${operation}: ${JSON.stringify(answer)}`);
  return answer;
}

async function refusal(odoo: Odoo, operation: string, body: Json): Promise<Json> {
  return at((await call(odoo, operation, body)).body, 'message');
}

async function billed(odoo: Odoo, quantity: number, post = true) {
  const partner_id = odoo.state.addPartner({ name: 'Ada', country: 'US' });
  const product_id = odoo.state.addProduct({ sku: `SKU-${partner_id}`, price: 100 });
  const line = { product_id, product_uom_qty: quantity, price_unit: 100, discount: 0 };
  const [order] = (await ask(odoo, 'sale.order.create', {
    vals_list: [{ partner_id, order_line: [[0, 0, line]] }],
  })) as readonly number[]; // Records are ids.
  await ask(odoo, 'sale.order.action_confirm', { ids: [order] });
  const wizard = await ask(odoo, 'sale.advance.payment.inv.create', {
    vals_list: [{ sale_order_ids: [[6, 0, [order]]] }],
  });
  const made = await ask(odoo, 'sale.advance.payment.inv.create_invoices', { ids: wizard });
  const invoice = Number(at(made, 'res_id'));
  if (post) await ask(odoo, 'account.move.action_post', { ids: [invoice] });
  return { invoice, order: Number(order), partner_id, product_id };
}

async function read(odoo: Odoo, model: string, id: number, ...fields: readonly string[]): Promise<Json> {
  return at(await ask(odoo, `${model}.read`, { ids: [id], fields }), 0);
}

async function pay(odoo: Odoo, invoices: readonly number[], vals: Json): Promise<Json> {
  const context = { active_model: 'account.move', active_ids: invoices };
  const wizard = await ask(odoo, 'account.payment.register.create', { vals_list: [vals], context });
  return ask(odoo, 'account.payment.register.action_create_payments', { ids: wizard, context });
}

const due = (odoo: Odoo, invoice: number) => read(odoo, 'account.move', invoice, 'amount_residual', 'payment_state');

describe('the books of the fake Odoo', () => {
  it('pays an invoice in parts, and knows of a payment that it is done when the invoice is', async () => {
    const odoo = fakeOdoo();
    const { invoice } = await billed(odoo, 2);
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 230, payment_state: 'not_paid' });
    const first = Number(at(await pay(odoo, [invoice], { amount: 50, communication: 'gw-1' }), 'res_id'));
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 180, payment_state: 'partial' });
    expect(await read(odoo, 'account.payment', first, 'state')).toMatchObject({ state: 'in_process' });
    await pay(odoo, [invoice], { amount: 500, communication: 'gw-2' });
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 0, payment_state: 'paid' });
    expect(
      await read(odoo, 'account.payment', first, 'state', 'is_reconciled', 'reconciled_invoice_ids'),
    ).toMatchObject({
      state: 'paid',
      is_reconciled: true,
      reconciled_invoice_ids: [invoice],
    });
    const over = odoo.state.records('account.payment').find(({ memo }) => memo === 'gw-2');
    expect(await read(odoo, 'account.payment', Number(over?.['id']), 'is_reconciled')).toMatchObject({
      is_reconciled: false,
    });
  });

  it('settles an invoice with an edited credit note as soon as that is posted', async () => {
    const odoo = fakeOdoo();
    const { invoice, order } = await billed(odoo, 3);
    const context = { active_model: 'account.move', active_ids: [invoice] };
    const wizard = await ask(odoo, 'account.move.reversal.create', { vals_list: [{ journal_id: 1 }], context });
    const note = Number(at(await ask(odoo, 'account.move.reversal.refund_moves', { ids: wizard, context }), 'res_id'));
    const line = at(await read(odoo, 'account.move', note, 'invoice_line_ids'), 'invoice_line_ids', 0);
    const edit = { invoice_line_ids: [[1, line, { quantity: 1, price_unit: 90 }]] };
    await ask(odoo, 'account.move.write', { ids: [note], vals: edit });
    await ask(odoo, 'account.move.action_post', { ids: [note] });
    expect(await due(odoo, note)).toMatchObject({ amount_residual: 0, payment_state: 'paid' });
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 241.5, payment_state: 'partial' });
    const sold = odoo.state.records('sale.order.line').find((row) => row['order_id'] === order);
    expect(sold).toMatchObject({ qty_invoiced: 2 });
  });

  it('calls an invoice reversed when nothing but its credit note settled it', async () => {
    const odoo = fakeOdoo();
    const { invoice } = await billed(odoo, 1);
    const context = { active_model: 'account.move', active_ids: [invoice] };
    const wizard = await ask(odoo, 'account.move.reversal.create', { vals_list: [{ journal_id: 1 }], context });
    const note = at(await ask(odoo, 'account.move.reversal.refund_moves', { ids: wizard, context }), 'res_id');
    await ask(odoo, 'account.move.action_post', { ids: [note ?? 0] });
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 0, payment_state: 'reversed' });
  });

  it('calls an invoice paid by any part of it where payments wait for the bank, and leaves its sum due', async () => {
    const odoo = fakeOdoo({ modules: ['accountant'] });
    const { invoice } = await billed(odoo, 2);
    const first = Number(at(await pay(odoo, [invoice], { amount: 60 }), 'res_id'));
    const written = await read(odoo, 'account.move', invoice, 'write_date');
    const second = Number(at(await pay(odoo, [invoice], { amount: 60 }), 'res_id'));
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 230, payment_state: 'in_payment' });
    expect(await read(odoo, 'account.move', invoice, 'write_date')).toEqual(written);
    const fields = ['state', 'move_id', 'reconciled_invoice_ids', 'is_matched'];
    expect(await read(odoo, 'account.payment', first, ...fields)).toMatchObject({
      state: 'in_process',
      move_id: false,
      reconciled_invoice_ids: [invoice],
      is_matched: false,
    });
    await ask(odoo, 'account.payment.action_validate', { ids: [first] });
    await ask(odoo, 'account.payment.action_cancel', { ids: [second] });
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 230, payment_state: 'in_payment' });
    expect(await read(odoo, 'account.move', invoice, 'matched_payment_ids')).toMatchObject({
      matched_payment_ids: [second, first],
    });
    await ask(odoo, 'account.payment.action_draft', { ids: [first] });
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 230, payment_state: 'not_paid' });
  });

  it('counts a payment that waits for the bank as paid when its invoice is matched with the same sum', async () => {
    const odoo = fakeOdoo({ modules: ['accountant'] });
    const { invoice, partner_id } = await billed(odoo, 1);
    const payment = Number(at(await pay(odoo, [invoice], { amount: 40 }), 'res_id'));
    const account = async (type: string) =>
      Number(at(await ask(odoo, 'account.account.search', { domain: [['account_type', '=', type]] }), 0));
    const owed = await account('asset_receivable');
    const lines = [
      [0, 0, { account_id: await account('asset_cash'), debit: 40 }],
      [0, 0, { account_id: owed, credit: 40, partner_id }],
    ];
    const entry = await ask(odoo, 'account.move.create', { vals_list: [{ move_type: 'entry', line_ids: lines }] });
    await ask(odoo, 'account.move.action_post', { ids: entry });
    const domain: Json = [
      ['account_id', '=', owed],
      ['move_id', 'in', [invoice, Number(at(entry, 0))]],
    ];
    await ask(odoo, 'account.move.line.reconcile', { ids: await ask(odoo, 'account.move.line.search', { domain }) });
    expect(await read(odoo, 'account.payment', payment, 'state')).toMatchObject({ state: 'paid' });
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 75, payment_state: 'partial' });
  });

  it('imports a payment, posts it however often, and settles it with an invoice once', async () => {
    const odoo = fakeOdoo();
    const { invoice, partner_id } = await billed(odoo, 1);
    const fields = ['id', 'payment_type', 'partner_type', 'partner_id/.id', 'amount', 'journal_id/.id', 'memo'];
    const data = [['crossdock.pay_1', 'inbound', 'customer', String(partner_id), '20', '6', 'gw-9']];
    const ids = at(await ask(odoo, 'account.payment.load', { fields, data }), 'ids');
    expect(await ask(odoo, 'account.payment.load', { fields, data })).toMatchObject({ ids });
    for (let time = 0; time < 3; time++) expect(await ask(odoo, 'account.payment.action_post', { ids })).toBeNull();
    const domain: Json = [
      ['account_type', '=', 'asset_receivable'],
      '|',
      ['move_id', '=', invoice],
      ['payment_id', 'in', ids],
    ];
    const items = await ask(odoo, 'account.move.line.search', { domain });
    expect(items).toHaveLength(2);
    for (let time = 0; time < 2; time++) await ask(odoo, 'account.move.line.reconcile', { ids: items });
    expect(await due(odoo, invoice)).toMatchObject({ amount_residual: 95, payment_state: 'partial' });
  });

  it('moves what is dated into closed books to an open day, and gives back nothing that is closed', async () => {
    const odoo = fakeOdoo();
    const { invoice } = await billed(odoo, 1, false);
    const today = new Date(odoo.clock.now()).toISOString().slice(0, 10);
    const before = new Date(odoo.clock.now() - 40 * 86_400_000).toISOString().slice(0, 10);
    odoo.state.change('res.company', 1, { fiscalyear_lock_date: before });
    await ask(odoo, 'account.move.write', { ids: [invoice], vals: { invoice_date: before } });
    await ask(odoo, 'account.move.action_post', { ids: [invoice] });
    expect(await read(odoo, 'account.move', invoice, 'date', 'invoice_date')).toMatchObject({
      date: today,
      invoice_date: before,
    });
    odoo.state.change('res.company', 1, { fiscalyear_lock_date: today });
    expect(await refusal(odoo, 'account.move.button_draft', { ids: [invoice] })).toContain('Global Lock Date');
  });

  it('refuses to post what has no lines, no customer or an inactive currency', async () => {
    const odoo = fakeOdoo();
    const partner_id = odoo.state.addPartner({ name: 'Ada' });
    const euro = odoo.state.records('res.currency').find(({ name }) => name === 'EUR')?.['id'];
    const line = [[0, 0, { name: 'x', quantity: 1, price_unit: 5, tax_ids: [] }]];
    const post = async (vals: Json) => {
      const ids = await ask(odoo, 'account.move.create', { vals_list: [vals] });
      return refusal(odoo, 'account.move.action_post', { ids });
    };
    expect(await post({ move_type: 'out_invoice', partner_id })).toBe("Even magicians can't post nothing!");
    expect(await post({ move_type: 'out_invoice', invoice_line_ids: line })).toContain(
      "The 'Customer' field is required",
    );
    expect(await post({ move_type: 'out_invoice', partner_id, currency_id: euro, invoice_line_ids: line })).toBe(
      'You cannot validate a document with an inactive currency: EUR',
    );
  });
});
