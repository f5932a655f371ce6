import type { PurchaseDraft, ReceiptDraft, Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'planning/PO-7#create' };
type World = ReturnType<typeof aWorld>;

function aPurchase(world: World, change: Partial<PurchaseDraft> = {}): PurchaseDraft {
  return {
    number: 'PO-7',
    supplier: world.customer,
    lines: [
      { id: '1', sku: 'TEE', quantity: 10, unitPrice: { amount: '3.50', currency: 'USD' } },
      { id: '2', sku: 'CAP', quantity: 4, unitPrice: { amount: '2.00', currency: 'USD' } },
    ],
    ...change,
  };
}

function anArrival(purchase: Ref<'purchase'>, lines: ReceiptDraft['lines'], number = 'A-1'): ReceiptDraft {
  return { purchase, number, lines, receivedAt: '2026-11-26T08:00:00Z' };
}

describe.each(versions)('purchasing in Odoo %s', (version) => {
  it('orders once, however often and from how many processes it is asked for', async () => {
    const world = aWorld(version);
    const draft = aPurchase(world);
    const refs = await Promise.all(Array.from({ length: 8 }, () => world.connect().purchases.create(draft, key)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    const [ref] = refs;
    expect(ref && (await world.erp.purchases.get(ref))).toMatchObject({ status: 'confirmed' });
    const edited = aPurchase(world, { note: 'by lorry' });
    await expect(world.erp.purchases.create(edited, key)).rejects.toMatchObject({ code: 'key.reused' });
    const renamed = aPurchase(world, { number: 'PO-8' });
    await expect(world.erp.purchases.create(renamed, key)).rejects.toMatchObject({ code: 'key.reused' });
  });

  it.each(['purchase.order.load', 'purchase.order.button_confirm'])(
    'orders once when the answer to %s is lost',
    async (operation) => {
      const world = aWorld(version);
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      const ref = await world.erp.purchases.create(aPurchase(world), key);
      expect(await world.erp.purchases.create(aPurchase(world), key)).toEqual(ref);
      expect(await world.erp.purchases.get(ref)).toMatchObject({ status: 'confirmed' });
    },
  );

  it('books an arrival once, leaves the rest open, and takes no more than that', async () => {
    const world = aWorld(version);
    const purchase = await world.erp.purchases.create(aPurchase(world), key);
    const first = anArrival(purchase, [{ sku: 'TEE', received: 6, damaged: 0 }]);
    const book = () => world.connect().receipts.confirm(first, { idempotencyKey: 'A-1' });
    const refs = await Promise.all(Array.from({ length: 8 }, book));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(await book()).toEqual(refs[0]);
    expect(world.state.stockOf('TEE').onHand).toBe(106);
    const over = anArrival(purchase, [{ sku: 'TEE', received: 5, damaged: 0 }], 'A-2');
    await expect(world.erp.receipts.confirm(over, { idempotencyKey: 'A-2' })).rejects.toMatchObject({
      code: 'record.rejected',
    });
    const other = anArrival(purchase, [{ sku: 'CAP', received: 1, damaged: 0 }], 'A-3');
    await expect(world.erp.receipts.confirm(other, { idempotencyKey: 'A-1' })).rejects.toMatchObject({
      code: 'key.reused',
    });
    const rest = [
      { sku: 'TEE', received: 4, damaged: 0 },
      { sku: 'CAP', received: 4, damaged: 0 },
    ];
    await world.erp.receipts.confirm(anArrival(purchase, rest, 'A-4'), { idempotencyKey: 'A-4' });
    expect(await world.erp.purchases.get(purchase)).toMatchObject({ status: 'received' });
    expect(world.state.stockOf('TEE').onHand).toBe(110);
  });

  it.each(['stock.picking.write', 'stock.picking.button_validate'])(
    'books an arrival once when the answer to %s is lost',
    async (operation) => {
      const world = aWorld(version);
      const purchase = await world.erp.purchases.create(aPurchase(world), key);
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      const draft = anArrival(purchase, [{ sku: 'TEE', received: 6, damaged: 0 }]);
      await world.erp.receipts.confirm(draft, { idempotencyKey: 'A-1' });
      expect(world.state.stockOf('TEE').onHand).toBe(106);
    },
  );

  it('refuses damaged goods that have no place', async () => {
    const world = aWorld(version);
    const purchase = await world.erp.purchases.create(aPurchase(world), key);
    const draft = anArrival(purchase, [{ sku: 'TEE', received: 6, damaged: 1 }]);
    await expect(world.erp.receipts.confirm(draft, { idempotencyKey: 'A-1' })).rejects.toMatchObject({
      code: 'options.invalid',
    });
    expect(world.state.stockOf('TEE').onHand).toBe(100);
  });

  it('cancels what nothing arrived of, and nothing else', async () => {
    const world = aWorld(version);
    const purchase = await world.erp.purchases.create(aPurchase(world), key);
    const draft = anArrival(purchase, [{ sku: 'TEE', received: 1, damaged: 0 }]);
    await world.erp.receipts.confirm(draft, { idempotencyKey: 'A-1' });
    expect(await world.erp.purchases.cancel(purchase, { idempotencyKey: 'x' })).toMatchObject({ outcome: 'refused' });
    const another = await world.erp.purchases.create(aPurchase(world, { number: 'PO-8' }), { idempotencyKey: 'b' });
    expect(await world.erp.purchases.cancel(another, { idempotencyKey: 'x' })).toEqual({ outcome: 'canceled' });
    expect(await world.erp.purchases.get(another)).toMatchObject({ status: 'canceled' });
  });
});
