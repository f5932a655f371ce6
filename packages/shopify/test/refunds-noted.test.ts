import { type Refund, type RefundDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { cameBack, dollars, returnRef } from './came-back.ts';
import { returnMarkIn, returnMarkText } from '../src/refund-mark.ts';
import { refOf, shopWithGoods } from './shop.ts';

async function pulled(shop: ReturnType<typeof shopWithGoods>['shop']): Promise<readonly Refund[]> {
  const all: Refund[] = [];
  for await (const { items } of shop.refunds.pull({})) all.push(...items);
  return all;
}

describe('what a refund’s note says of the return that it pays', () => {
  it.each(['duties', 'tip', 'shipping-1', 'gid://shopify/Duty/77', 'x1:2+3 [a]', 'gid://shopify/LineItem/9'])(
    'is read again where it names a charge besides the goods ("%s"), and no unit is paid twice',
    async (orderLineId) => {
      const { give, draft, paid, shop, opened, placed } = await cameBack({ back: 1 });
      const { lines } = draft('R-1', 1);
      const fee = { orderLineId, quantity: 0, amount: dollars('1.00'), tax: dollars('0.00'), restocked: false };
      await give(draft('R-1', 1, { lines: [...lines, fee], total: dollars('11.00'), note: 'Torn' }));
      await expect(give(draft('R-2', 1))).rejects.toMatchObject({ code: 'record.duplicate' });
      expect(paid()).toEqual(['11.00']);
      expect(await pulled(shop)).toMatchObject([
        {
          return: returnRef(opened.id),
          note: 'Torn',
          lines: [
            { orderLineId: placed.lines[0]?.id, quantity: 1, amount: dollars('10.00') },
            { orderLineId, quantity: 0, amount: dollars('1.00') },
          ],
        },
      ]);
    },
  );

  it('is stated to the coin of the shop, also where buyer and shop count in different digits', async () => {
    const { state, shop } = shopWithGoods({}, { currency: 'JPY' });
    const goods = [
      { sku: 'A', unitPrice: '222' },
      { sku: 'B', unitPrice: '224' },
      { sku: 'C', unitPrice: '70' },
    ];
    const placed = state.placeOrder({
      lines: goods.map((each) => ({ ...each, title: each.sku, quantity: 1 })),
      presentment: { currency: 'USD', rate: '0.00671' },
    });
    state.shipOrder(placed.id);
    const opened = state.openReturn(placed.id, { lines: goods.map(({ sku }) => ({ sku, quantity: 1 })) });
    const lines = goods.map(({ sku }) => {
      return { sku, received: 1, condition: 'sellable' as const, disposition: 'restock' as const };
    });
    const receipt = { return: returnRef(opened.id), receivedAt: '2026-11-02T10:00:00Z', lines };
    await shop.returns.confirm(receipt, { idempotencyKey: 'arrival' });
    const draft: RefundDraft = {
      number: 'R-1',
      order: refOf(placed.id),
      return: returnRef(opened.id),
      lines: ['1.49', '1.50', '0.47'].map((amount, index) => ({
        orderLineId: placed.lines[index]?.id ?? '',
        quantity: 1,
        amount: dollars(amount),
        tax: dollars('0.00'),
        restocked: true,
      })),
      total: dollars('3.46'),
      refundedAt: '2026-11-03T10:00:00Z',
    };
    await shop.refunds.create(draft, { idempotencyKey: 'key' });
    const [refund] = await pulled(shop);
    expect(refund?.lines.map(({ amount }) => amount.amount)).toEqual(['222', '224', '70']);
  });

  it('is not made where it could not be read again', () => {
    const line = { orderLineId: 'duties', quantity: 1, amount: dollars('1.00'), tax: dollars('0.00'), restocked: true };
    const id = 'gid://shopify/Return/7';
    const text = returnMarkText(id, { lines: [line], total: dollars('1.00') }) ?? '';
    expect(returnMarkIn(`Torn ${text}`)).toMatchObject({ returnId: id, lines: [{ orderLineId: 'duties' }] });
    const broken = [
      [id, { ...line, quantity: 0.5 }],
      [id, { ...line, amount: { amount: '1e1', currency: 'USD' } }],
      ['gid://shopify/Return/of/7', line],
    ] as const;
    for (const [returnId, each] of broken)
      expect(returnMarkText(returnId, { lines: [each], total: dollars('1.00') })).toBeUndefined();
  });
});

describe('a number', () => {
  it.each([
    ['RE 2026 1', 'RE 2026'],
    ['RE 2026', 'RE 2026 1'],
    ['RE]', 'RE)'],
    ['RE]', 'RE%5D'],
  ])('is not taken for another one that only looks alike ("%s", "%s")', async (one, other) => {
    const { give, draft, paid } = await cameBack({ back: 2 });
    await give(draft(one, 1));
    await give(draft(other, 1));
    await give(draft(one, 1));
    expect(paid()).toEqual(['10.00', '10.00']);
  });

  it('of a return is not taken for another one that only begins alike', async () => {
    const { shop, state, place } = shopWithGoods();
    const { id } = place();
    state.shipOrder(id);
    const draft = (number: string) => ({ number, order: refOf(id), lines: [{ id: '1', sku: 'MUG', quantity: 1 }] });
    await shop.returns.create(draft('RMA 7 B'), { idempotencyKey: 'one' });
    await shop.returns.create(draft('RMA 7'), { idempotencyKey: 'other' });
    expect(state.returnsOf(id)).toHaveLength(2);
  });
});

describe('an amount with more digits than its currency', () => {
  it('is not given back, because Shopify would give another one', async () => {
    const { give, draft, paid } = await cameBack();
    const { lines } = draft('R-1', 1);
    const amount = dollars('9.995');
    const broken = draft('R-1', 1, { lines: lines.map((line) => ({ ...line, amount })), total: amount });
    await expect(give(broken)).rejects.toMatchObject({ code: 'money.invalid' });
    expect(paid()).toEqual([]);
  });
});
