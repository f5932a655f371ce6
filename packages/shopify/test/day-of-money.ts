import { money } from '@crossdock/core';
import type { OrderInput, ShopOrder, ShopifyState } from '@crossdock/testing';
import type { shopify } from '../src/index.ts';
import { refOf } from './shop.ts';

const dollars = (amount: string) => money(amount, 'USD');

/** A capture, refunds and returns, with every kind of input that they have. */
export async function dayOfMoney(
  shop: ReturnType<typeof shopify>,
  state: ShopifyState,
  place: (order?: Partial<OrderInput>) => ShopOrder,
): Promise<void> {
  const reserved = place({ payments: [{ kind: 'authorization', multiCapturable: true }] });
  const [authorization] = state.transactionsOf(reserved.id);
  const draft = { order: refOf(reserved.id), authorization: authorization?.id ?? '', amount: dollars('1.00') };
  await shop.payments.capture(draft, { idempotencyKey: 'capture-1' });
  await shop.payments.capture({ ...draft, isLast: true }, { idempotencyKey: 'capture-2' });

  const paid = place({
    lines: [{ sku: 'TEE', quantity: 3, unitPrice: '10.00' }],
    shippingLines: [{ title: 'Ground', price: '6.00' }],
  });
  const line = { orderLineId: paid.lines[0]?.id ?? '', quantity: 1, amount: dollars('10.00'), tax: dollars('0.00') };
  const refund = { order: refOf(paid.id), refundedAt: '2026-11-01T10:00:00Z' };
  const lines = [{ ...line, restocked: true }];
  const goods = { ...refund, number: 'R-1', lines, shipping: dollars('2.00'), total: dollars('12.00'), note: 'Torn' };
  await shop.refunds.create(goods, { idempotencyKey: 'refund-1' });
  const kept = { ...refund, number: 'R-2', lines: [{ ...line, restocked: false }], total: dollars('10.00') };
  await shop.refunds.create(kept, { idempotencyKey: 'refund-2' });

  const sent = place();
  state.shipOrder(sent.id);
  const back = {
    number: 'RMA-1',
    order: refOf(sent.id),
    lines: [{ id: '1', sku: 'TEE', quantity: 2, reason: 'small' }],
  };
  const opened = await shop.returns.create(back, { idempotencyKey: 'return-1' });
  const asked = state.openReturn(sent.id, { requested: true, lines: [{ sku: 'MUG', quantity: 1 }] });
  const count = { received: 1, condition: 'sellable' } as const;
  const receivedAt = '2026-11-02T10:00:00Z';
  const tees = [
    { ...count, sku: 'TEE', disposition: 'restock' as const },
    { ...count, sku: 'TEE', disposition: 'quarantine' as const },
  ];
  await shop.returns.confirm({ return: opened, lines: tees, receivedAt }, { idempotencyKey: 'arrival-1' });
  const mug = [{ ...count, sku: 'MUG', disposition: 'restock' as const }];
  const ref = { system: 'shopify', kind: 'return', id: asked.id } as const;
  await shop.returns.confirm({ return: ref, lines: mug, receivedAt }, { idempotencyKey: 'arrival-2' });
}
