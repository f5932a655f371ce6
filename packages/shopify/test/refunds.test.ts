import { money, type Refund, type RefundDraft } from '@crossdock/core';
import type { OrderInput } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { between, noted } from './calls.ts';
import { refOf, shopWithGoods } from './shop.ts';

const vat = { title: 'VAT', rate: '0.19' };
const key = { idempotencyKey: 'key' };
const dayMs = 86_400_000;

/** An order of 3 TEE and 2 MUG with tax and carriage of 6.00, and a refund of what it is given. */
function sold(order: Partial<OrderInput> = {}) {
  const scene = shopWithGoods();
  const placed = scene.place({ taxLines: [vat], shippingLines: [{ title: 'Ground', price: '6.00' }], ...order });
  const [tee, mug] = placed.lines;
  const draft = (parts: Partial<RefundDraft>): RefundDraft => ({
    number: 'R-1',
    order: refOf(placed.id),
    lines: [],
    total: money('0.00', 'USD'),
    refundedAt: '2026-11-01T10:00:00Z',
    ...parts,
  });
  const units = (quantity: number, amount: string, tax: string, restocked = false) => ({
    orderLineId: tee?.id ?? '',
    quantity,
    amount: money(amount, 'USD'),
    tax: money(tax, 'USD'),
    restocked,
  });
  const { calls, fetch } = noted(scene.fake.fetch);
  const refunds = () => scene.state.refundsOf(placed.id);
  const sent = () => calls.filter(({ operationName }) => operationName === 'RefundCreate');
  return { ...scene, shop: scene.connect({ fetch }), placed, tee, mug, draft, units, refunds, sent };
}

describe('money that is given back', () => {
  it('goes to the payment it came from, with the units and our number in the note', async () => {
    const { shop, draft, units, refunds, state, placed } = sold();
    const wanted = draft({ lines: [units(2, '20.00', '3.80')], total: money('23.80', 'USD'), note: 'Torn' });
    const { id } = await shop.refunds.create(wanted, key);
    expect(refunds()).toMatchObject([
      { id, total: '23.80', lines: [{ sku: 'TEE', quantity: 2, restockType: 'NO_RESTOCK' }] },
    ]);
    expect(refunds()[0]?.note).toMatch(/^Torn \[crossdock\/R-1 [0-9a-f]{16}-[0-9a-f]{16}\]$/);
    const [sale, back] = state.transactionsOf(placed.id);
    expect(back).toMatchObject({ kind: 'REFUND', parentId: sale?.id, amount: '23.80' });
    const pulled: Refund[] = [];
    for await (const { items } of shop.refunds.pull({})) pulled.push(...items);
    expect(pulled[0]).toMatchObject({ ref: { id }, note: 'Torn', total: { amount: '23.80' } });
  });

  it('is given only where Shopify reckons the same sum, and else nothing is sent', async () => {
    const { shop, draft, units, sent, refunds } = sold();
    const tooMuch = draft({ lines: [units(1, '10.00', '2.00')], total: money('12.00', 'USD') });
    await expect(shop.refunds.create(tooMuch, key)).rejects.toMatchObject({
      code: 'totals.mismatch',
      message: expect.stringContaining('Shopify reckons 11.90 USD for it, and its total is 12.00') as string,
    });
    const unsound = draft({ lines: [units(1, '10.00', '1.90')], total: money('11.00', 'USD') });
    await expect(shop.refunds.create(unsound, key)).rejects.toMatchObject({ code: 'totals.mismatch' });
    expect([sent().length, refunds().length]).toEqual([0, 0]);
  });

  it('takes back what was shipped and cancels what was not, at the place of the connector', async () => {
    const { shop, state, draft, units, refunds, placed } = sold();
    state.shipOrder(placed.id, { lines: [{ sku: 'TEE', quantity: 2 }] });
    const before = state.available('TEE');
    await shop.refunds.create(draft({ lines: [units(3, '30.00', '5.70', true)], total: money('35.70', 'USD') }), key);
    const [location] = state.locations;
    expect(refunds()[0]?.lines).toMatchObject([
      { restockType: 'CANCEL', quantity: 1, locationId: location?.id },
      { restockType: 'RETURN', quantity: 2, locationId: location?.id },
    ]);
    expect(state.available('TEE')).toBe(before + 3);
  });

  it('may be a part of the carriage, with the tax in it', async () => {
    const { shop, draft, refunds } = sold();
    const half = draft({ shipping: money('3.57', 'USD'), total: money('3.57', 'USD') });
    await shop.refunds.create(half, key);
    await shop.refunds.create({ ...half, number: 'R-2' }, { idempotencyKey: 'other' });
    expect(refunds().map(({ total }) => total)).toEqual(['3.57', '3.57']);
    const more = shop.refunds.create({ ...half, number: 'R-3' }, { idempotencyKey: 'more' });
    await expect(more).rejects.toMatchObject({ code: 'record.rejected' });
  });

  it('may be money alone, from every payment that has some of it', async () => {
    const { shop, draft, units, state, placed } = sold({
      payments: [{ gateway: 'gift_card', amount: '20.00' }, { gateway: 'shopify_payments' }],
    });
    await shop.refunds.create(draft({ lines: [units(0, '40.00', '0.00')], total: money('40.00', 'USD') }), key);
    const back = state.transactionsOf(placed.id).filter(({ kind }) => kind === 'REFUND');
    expect(back.map(({ gateway, amount }) => [gateway, amount])).toEqual([
      ['shopify_payments', '34.74'],
      ['gift_card', '5.26'],
    ]);
  });

  it('is never more than can be given back, and never of another order’s line', async () => {
    const { shop, draft, units, place, sent } = sold();
    const four = draft({ lines: [units(4, '40.00', '7.60')], total: money('47.60', 'USD') });
    await expect(shop.refunds.create(four, key)).rejects.toMatchObject({ code: 'record.rejected' });
    const unpaid = place({ financialStatus: 'pending' });
    const other = { ...units(1, '10.00', '0.00'), orderLineId: unpaid.lines[0]?.id ?? '' };
    const ofUnpaid = draft({ order: refOf(unpaid.id), lines: [other], total: money('10.00', 'USD') });
    await expect(shop.refunds.create(ofUnpaid, key)).rejects.toMatchObject({ code: 'record.rejected' });
    expect(sent()).toEqual([]);
  });
});

describe('a refund that is asked for again', () => {
  it('is found by its number when Shopify has forgotten the key', async () => {
    const { shop, connect, clock, draft, units, refunds, sent } = sold();
    const wanted = draft({ lines: [units(1, '10.00', '1.90')], total: money('11.90', 'USD') });
    const first = await shop.refunds.create(wanted, key);
    await clock.advance(2 * dayMs);
    expect(await connect().refunds.create(wanted, key)).toEqual(first);
    expect([sent().length, refunds().length]).toEqual([1, 1]);
  });

  it('is refused as reused for another content, and as a duplicate for another content under another key', async () => {
    const { shop, draft, units, refunds } = sold();
    const wanted = draft({ lines: [units(1, '10.00', '1.90')], total: money('11.90', 'USD') });
    await shop.refunds.create(wanted, key);
    const two = { ...wanted, lines: [units(2, '20.00', '3.80')], total: money('23.80', 'USD') };
    await expect(shop.refunds.create(two, key)).rejects.toMatchObject({ code: 'key.reused' });
    await expect(shop.refunds.create({ ...two, number: 'R-2' }, key)).rejects.toMatchObject({ code: 'key.reused' });
    const other = shop.refunds.create(two, { idempotencyKey: 'other' });
    await expect(other).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(refunds()).toHaveLength(1);
  });

  it('waits for the one that is under way, and then takes its result', async () => {
    const { fake, connect, draft, units, refunds } = sold();
    let answers = 0;
    const fetch = between(fake.fetch, ({ operationName }) => {
      if (operationName !== 'RefundCreate') return undefined;
      answers += 1;
      const message = 'This request is currently in progress, please try again.';
      return answers > 2 ? undefined : { refundCreate: { refund: null, userErrors: [{ field: null, message }] } };
    });
    const wanted = draft({ lines: [units(1, '10.00', '1.90')], total: money('11.90', 'USD') });
    const { id } = await connect({ fetch }).refunds.create(wanted, key);
    expect(refunds()).toMatchObject([{ id }]);
    expect(answers).toBe(3);
  });
});

describe('a refund in two currencies', () => {
  it('is stated in the shop’s, and paid in the buyer’s', async () => {
    const { shop, draft, units, state, placed } = sold({ presentment: { currency: 'GBP', rate: '0.8' } });
    const wanted = draft({ lines: [units(1, '10.00', '1.90')], total: money('11.90', 'USD') });
    await shop.refunds.create(wanted, key);
    expect(state.transactionsOf(placed.id).at(-1)).toMatchObject({
      kind: 'REFUND',
      amount: '11.90',
      presented: '9.52',
    });
    const alone = draft({ number: 'R-2', lines: [units(0, '1.00', '0.00')], total: money('1.00', 'USD') });
    const refused = shop.refunds.create(alone, { idempotencyKey: 'other' });
    await expect(refused).rejects.toMatchObject({ code: 'record.rejected' });
  });
});
