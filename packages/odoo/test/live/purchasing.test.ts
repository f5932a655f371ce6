import type { PurchaseDraft, ReceiptDraft } from '@crossdock/core';
import { expect, it } from 'vitest';
import { describeLive } from './describe-live.ts';
import type { LiveWorld } from './live-world.ts';

function aPurchase({ cap, money, run, supplier, tee }: LiveWorld, number: number): PurchaseDraft {
  return {
    number: `PO-${run}-${number}`,
    supplier,
    lines: [
      { id: '1', sku: tee.sku, quantity: 10, unitPrice: money('3.50') },
      { id: '2', sku: cap.sku, quantity: 4, unitPrice: money('2.00') },
    ],
  };
}

describeLive('purchasing', (world) => {
  it('orders once, by eight callers, and its goods are expected', async () => {
    const { connect, count, erp, supplier } = world();
    const draft = aPurchase(world(), 1);
    const made = () => count('purchase.order', ['partner_id', '=', Number(supplier.id)]);
    const before = await made();
    const key = { idempotencyKey: draft.number };
    const ended = await Promise.allSettled(Array.from({ length: 8 }, () => connect().purchases.create(draft, key)));
    const ref = await erp.purchases.create(draft, key);
    expect(ended.filter((one) => one.status === 'fulfilled' && one.value.id !== ref.id)).toEqual([]);
    expect(await made()).toBe(before + 1);
    expect(await erp.purchases.get(ref)).toMatchObject({ status: 'confirmed', total: { amount: '43.00' } });
    const edited = erp.purchases.create({ ...draft, note: 'by lorry' }, key);
    await expect(edited).rejects.toMatchObject({ code: 'key.reused' });
  });

  it('books an arrival once, with what is damaged aside, and takes no more than is open', async () => {
    const { connect, erp, lose, run, tee, cap } = world();
    const draft = aPurchase(world(), 2);
    const purchase = await erp.purchases.create(draft, { idempotencyKey: draft.number });
    const onHand = async () => (await erp.inventory.get([tee.sku]))[0]?.buckets?.['on-hand'] ?? 0;
    const before = await onHand();
    const arrival = (number: string, lines: ReceiptDraft['lines']): ReceiptDraft => ({
      purchase,
      number: `${run}-${number}`,
      lines,
      receivedAt: '2026-11-26T08:00:00Z',
    });
    const first = arrival('A-1', [{ sku: tee.sku, received: 6, damaged: 1 }]);
    lose({ operation: 'stock.picking.button_validate', how: 'hung-up' });
    const book = () => connect().receipts.confirm(first, { idempotencyKey: first.number });
    await Promise.allSettled(Array.from({ length: 4 }, book));
    const ref = await book();
    expect(await book()).toEqual(ref);
    expect(await onHand()).toBe(before + 5);
    const over = arrival('A-2', [{ sku: tee.sku, received: 5, damaged: 0 }]);
    await expect(erp.receipts.confirm(over, { idempotencyKey: over.number })).rejects.toMatchObject({
      code: 'record.rejected',
    });
    const rest = arrival('A-3', [
      { sku: tee.sku, received: 4, damaged: 0 },
      { sku: cap.sku, received: 4, damaged: 0 },
    ]);
    await erp.receipts.confirm(rest, { idempotencyKey: rest.number });
    expect(await erp.purchases.get(purchase)).toMatchObject({ status: 'received' });
    expect(await onHand()).toBe(before + 9);
    const answer = await erp.purchases.cancel(purchase, { idempotencyKey: `cancel-${purchase.id}` });
    expect(answer.outcome).toBe('refused');
  });

  it('is canceled as long as nothing arrived', async () => {
    const { erp } = world();
    const draft = aPurchase(world(), 3);
    const ref = await erp.purchases.create(draft, { idempotencyKey: draft.number });
    for (const idempotencyKey of ['cancel', 'cancel'])
      expect(await erp.purchases.cancel(ref, { idempotencyKey })).toEqual({ outcome: 'canceled' });
    expect(await erp.purchases.get(ref)).toMatchObject({ status: 'canceled' });
  });
});
