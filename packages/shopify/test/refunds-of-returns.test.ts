import { money, type Refund, type RefundDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { between, noted } from './calls.ts';
import { cameBack, dollars, returnRef } from './came-back.ts';
import { refOf, shopWithGoods } from './shop.ts';

describe('a refund of a booked return', () => {
  it('is money alone: the units are off the order and on the shelf already', async () => {
    const { give, draft, paid, state, stock, placed } = await cameBack();
    await give(draft('R-1', 1));
    expect(paid()).toEqual(['10.00']);
    expect(state.available('TEE')).toBe(stock + 1);
    expect(state.order(placed.id).lines[0]?.currentQuantity).toBe(3);
  });

  it('is given once, under whichever number and key', async () => {
    const { give, draft, paid, state, stock } = await cameBack({ back: 2 });
    await give(draft('R-1', 1));
    await give(draft('R-2', 1));
    await expect(give(draft('R-3', 1))).rejects.toMatchObject({
      code: 'record.duplicate',
      message: expect.stringContaining('the money of 2 was given back by') as string,
    });
    expect(paid()).toEqual(['10.00', '10.00']);
    expect(state.available('TEE')).toBe(stock + 2);
  });

  it('is not given where the shop paid as it booked the return', async () => {
    const { give, draft, paid, byHand, state, placed, opened } = await cameBack({ booked: 0 });
    const [sale] = state.transactionsOf(placed.id);
    const amount = { amount: '10.00', currencyCode: 'USD' };
    const orderTransactions = [{ parentId: sale?.id, transactionAmount: amount }];
    await byHand('mutation($input: ReturnProcessInput!) { returnProcess(input: $input) { userErrors { message } } }', {
      input: {
        returnId: opened.id,
        returnLineItems: [{ id: opened.lines[0]?.id, quantity: 1 }],
        financialTransfer: { issueRefund: { orderTransactions } },
      },
    });
    await expect(give(draft('R-1', 1))).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(paid()).toEqual(['10.00']);
  });

  it('is not given where the shop paid by money alone', async () => {
    const { give, draft, paid, byHand, state, placed } = await cameBack();
    const [sale] = state.transactionsOf(placed.id);
    const said = await byHand(
      'mutation($input: RefundInput!) { refundCreate(input: $input) @idempotent(key: "hand") { userErrors { message } } }',
      {
        input: {
          orderId: placed.id,
          transactions: [
            { orderId: placed.id, parentId: sale?.id, gateway: sale?.gateway, kind: 'REFUND', amount: '10.00' },
          ],
        },
      },
    );
    expect(
      z.object({ data: z.object({ refundCreate: z.object({ userErrors: z.tuple([]) }) }) }).parse(said),
    ).toBeTruthy();
    await expect(give(draft('R-1', 1))).rejects.toMatchObject({ code: 'record.rejected' });
    expect(paid()).toEqual(['10.00']);
  });

  it('is not given for a unit whose money went back before it was booked, and is for the others', async () => {
    const { state, shop, place } = shopWithGoods();
    const placed = place({
      lines: [
        { sku: 'TEE', quantity: 2 },
        { sku: 'MUG', quantity: 2 },
      ],
    });
    state.shipOrder(placed.id);
    const lines = [
      { sku: 'TEE', quantity: 2 },
      { sku: 'MUG', quantity: 2 },
    ];
    const opened = state.openReturn(placed.id, { lines });
    state.refundOrder(placed.id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    const arrived = { condition: 'sellable', disposition: 'restock' } as const;
    const receipt = {
      return: returnRef(opened.id),
      receivedAt: '2026-11-02T10:00:00Z',
      lines: lines.map(({ sku, quantity }) => ({ sku, received: quantity, ...arrived })),
    };
    await shop.returns.confirm(receipt, { idempotencyKey: 'arrival' });
    const give = (number: string, line: number, quantity: number, amount: string) => {
      const orderLineId = placed.lines[line]?.id ?? '';
      const each = { orderLineId, quantity, amount: dollars(amount), tax: dollars('0.00'), restocked: true };
      const draft: RefundDraft = {
        number,
        order: refOf(placed.id),
        return: returnRef(opened.id),
        lines: [each],
        total: dollars(amount),
        refundedAt: '2026-11-03T10:00:00Z',
      };
      return shop.refunds.create(draft, { idempotencyKey: number });
    };
    await expect(give('R-1', 0, 2, '20.00')).rejects.toMatchObject({
      code: 'record.duplicate',
      message: expect.stringContaining('the money of 1 was given back before they were booked') as string,
    });
    await give('R-2', 0, 1, '10.00');
    await give('R-3', 1, 2, '10.00');
    const paid = state.transactionsOf(placed.id).filter(({ kind }) => kind === 'REFUND');
    expect(paid.map(({ amount }) => amount)).toEqual(['10.00', '10.00', '10.00']);
  });

  it('takes nothing off that is still to be shipped', async () => {
    const { give, draft, paid, toShip } = await cameBack({ shipped: 2 });
    await give(draft('R-1', 1));
    expect([paid(), toShip()]).toEqual([['10.00'], 2]);
  });

  it('waits for the return to be booked', async () => {
    const { give, draft, paid, toShip } = await cameBack({ shipped: 2, back: 2, booked: 1 });
    await expect(give(draft('R-1', 2))).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('has booked 1 of line') as string,
    });
    expect([paid(), toShip()]).toEqual([[], 2]);
  });

  it('never takes what has not left for a return that Shopify does not know', async () => {
    const { give, draft, toShip, connect, placed } = await cameBack({ shipped: 2, back: 1, booked: 0 });
    const elsewhere = { system: 'warehouse', kind: 'return', id: 'RMA-1' } as const;
    await expect(give(draft('R-1', 3, { return: elsewhere }))).rejects.toMatchObject({ code: 'record.rejected' });
    await give(draft('R-2', 2, { return: elsewhere }));
    expect(toShip()).toBe(2);
    expect((await connect().orders.get(refOf(placed.id)))?.lines[0]?.quantity).toBe(2);
  });

  it('is not guessed for a return of another system while Shopify owes money for what came back', async () => {
    const { give, draft, paid } = await cameBack();
    const elsewhere = { system: 'warehouse', kind: 'return', id: 'RMA-1' } as const;
    await expect(give(draft('R-1', 1, { return: elsewhere }))).rejects.toMatchObject({ code: 'record.rejected' });
    expect(paid()).toEqual([]);
  });

  it.each([2, 4])('pays all of it for %i of 4, also when nothing of the order is left', async (back) => {
    const payments = [{ gateway: 'gift_card', amount: '5.00' }, { gateway: 'shopify_payments' }];
    const { give, draft, paid } = await cameBack({ back, order: { payments } });
    await give(draft('R-1', back));
    expect(paid().reduce((sum, amount) => sum + Number(amount), 0)).toBe(back * 10);
  });

  it('is read with its return, its units and the note that people wrote', async () => {
    const { shop, give, draft, opened, placed } = await cameBack({ back: 2 });
    const tax = { amount: dollars('16.81'), tax: dollars('3.19') };
    const wanted = draft('R-1', 2, { note: 'Torn' });
    const { id } = await give({ ...wanted, lines: wanted.lines.map((line) => ({ ...line, ...tax })) });
    const pulled: Refund[] = [];
    for await (const { items } of shop.refunds.pull({})) pulled.push(...items);
    expect(pulled).toMatchObject([
      {
        ref: { id },
        return: returnRef(opened.id),
        lines: [{ orderLineId: placed.lines[0]?.id, quantity: 2, ...tax, restocked: true }],
        total: dollars('20.00'),
        note: 'Torn',
      },
    ]);
  });
});

describe('two processes with one refund', () => {
  it.each([
    ['the same refund under two keys', 'R-1', 1, { kind: 'refund' }],
    ['another content under the number', 'R-1', 2, { code: 'record.duplicate' }],
    ['another number for the same return', 'R-2', 1, { code: 'record.duplicate' }],
  ])('give it once: %s', async (_what, number, quantity, ends) => {
    const idempotencyKey = 'key of B';
    const { fake, connect, draft, paid, clock } = await cameBack({ back: 2, booked: quantity });
    const outcomes: unknown[] = [];
    let isFirst = true;
    const fetch = between(fake.fetch, async ({ operationName }) => {
      if (operationName !== 'RefundCreate' || !isFirst) return undefined;
      isFirst = false;
      const other = connect().refunds.create(draft(number, quantity), { idempotencyKey });
      outcomes.push(await other.catch((error: unknown) => error));
      return undefined;
    });
    await connect({ fetch }).refunds.create(draft('R-1', 1), { idempotencyKey: 'key of A' });
    expect(outcomes).toMatchObject([{ code: 'write.in-flight' }]);
    await clock.advance(3 * 60_000);
    const later = connect().refunds.create(draft(number, quantity), { idempotencyKey });
    expect(await later.catch((error: unknown) => error)).toMatchObject(ends);
    expect(paid()).toEqual(['10.00']);
  });
});

describe('a key', () => {
  it('is of one number for ever', async () => {
    const { connect, draft, paid, clock, state, placed } = await cameBack({ back: 2 });
    await connect().refunds.create(draft('R-1', 1), { idempotencyKey: 'key' });
    await clock.advance(2 * 86_400_000);
    const other = connect().refunds.create(draft('R-2', 1), { idempotencyKey: 'key' });
    await expect(other).rejects.toMatchObject({ code: 'key.reused' });
    expect([paid(), state.refundsOf(placed.id).length]).toEqual([['10.00'], 2]);
  });

  it('is known by the notes of refunds too, once the order’s own list of writes forgot it', async () => {
    const { fake, connect, draft, paid } = await cameBack({ back: 2 });
    await connect().refunds.create(draft('R-1', 1), { idempotencyKey: 'key' });
    const fetch = between(fake.fetch, ({ operationName }) =>
      operationName === 'OrderWrites' ? { order: { metafield: null } } : undefined,
    );
    const other = connect({ fetch }).refunds.create(draft('R-2', 1), { idempotencyKey: 'key' });
    await expect(other).rejects.toMatchObject({
      code: 'key.reused',
      message: expect.stringContaining('of another number') as string,
    });
    expect(paid()).toEqual(['10.00']);
  });
});

describe('what is paid', () => {
  it('is the total to the coin, or nothing: rounding between two currencies may make it another sum', async () => {
    const scene = shopWithGoods();
    const { calls, fetch } = noted(scene.fake.fetch);
    const placed = scene.place({
      lines: [
        { title: 'Coat', unitPrice: '30.00', quantity: 1 },
        { title: 'Button', unitPrice: '0.59', quantity: 4 },
      ],
      presentment: { currency: 'GBP', rate: '0.8517' },
    });
    const shop = scene.connect({ fetch });
    const coat = (amount: string, currency: string): RefundDraft => ({
      number: 'R-1',
      order: refOf(placed.id),
      lines: [
        {
          orderLineId: placed.lines[0]?.id ?? '',
          quantity: 1,
          amount: money(amount, currency),
          tax: money('0.00', currency),
          restocked: false,
        },
      ],
      total: money(amount, currency),
      refundedAt: '2026-11-03T10:00:00Z',
    });
    await expect(shop.refunds.create(coat('30.00', 'USD'), { idempotencyKey: 'key' })).rejects.toMatchObject({
      code: 'totals.mismatch',
      message: expect.stringContaining('25.55 GBP go back, which is not 30.00 USD to the coin') as string,
    });
    expect(calls.filter(({ operationName }) => operationName === 'RefundCreate')).toEqual([]);
    await shop.refunds.create(coat('25.55', 'GBP'), { idempotencyKey: 'other' });
    expect(scene.state.transactionsOf(placed.id).at(-1)).toMatchObject({ kind: 'REFUND', presented: '25.55' });
  });
});
