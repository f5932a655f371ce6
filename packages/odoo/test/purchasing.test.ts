import type { PurchaseDraft, ReceiptDraft, Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { all, aWorld, versions } from './world.ts';

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

  it('books two arrivals at the same moment, each whole', async () => {
    const world = aWorld(version);
    const purchase = await world.erp.purchases.create(aPurchase(world), key);
    const arrivals = [
      anArrival(purchase, [{ sku: 'TEE', received: 6, damaged: 0 }], 'A-1'),
      anArrival(purchase, [{ sku: 'TEE', received: 4, damaged: 0 }], 'A-2'),
      anArrival(purchase, [{ sku: 'CAP', received: 4, damaged: 0 }], 'A-3'),
    ];
    const book = (draft: ReceiptDraft) => world.connect().receipts.confirm(draft, { idempotencyKey: draft.number });
    const refs = await Promise.all(arrivals.flatMap((draft) => [book(draft), book(draft)]));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(3);
    for (const draft of arrivals) expect(refs).toContainEqual(await book(draft));
    expect(world.state.stockOf('TEE').onHand).toBe(110);
    expect(await world.erp.purchases.get(purchase)).toMatchObject({ status: 'received' });
  });

  it('does not write on what another arrival booked since it was planned', async () => {
    const world = aWorld(version);
    const purchase = await world.erp.purchases.create(aPurchase(world), key);
    const [first, second] = [
      anArrival(purchase, [{ sku: 'TEE', received: 6, damaged: 0 }], 'A-1'),
      anArrival(purchase, [{ sku: 'TEE', received: 4, damaged: 0 }], 'A-2'),
    ];
    let isHeld = true;
    const late = world.connect({
      async fetch(input, init) {
        const request = new Request(input, init);
        const isWrite = /"write"|stock\.picking\/write/.test(`${request.url} ${await request.clone().text()}`);
        if (isHeld && isWrite) {
          isHeld = false;
          await world.erp.receipts.confirm(first, { idempotencyKey: 'A-1' });
        }
        return world.platform.fetch(request);
      },
    });
    await late.receipts.confirm(second, { idempotencyKey: 'A-2' });
    expect(isHeld).toBe(false);
    expect(world.state.stockOf('TEE').onHand).toBe(110);
    const pages = await all(world.erp.receipts.pull({}));
    const arrived = pages.flatMap(({ items }) => items.flatMap(({ lines }) => lines));
    expect(arrived).toMatchObject([{ received: 6 }, { received: 4 }]);
  });

  it('books nothing of what somebody picks while it is written', async () => {
    const world = aWorld(version);
    const purchase = await world.erp.purchases.create(aPurchase(world), key);
    let isPicked = false;
    const connected = world.connect({
      async fetch(input, init) {
        const request = new Request(input, init);
        if (!isPicked && /"write"|stock\.picking\/write/.test(`${request.url} ${await request.clone().text()}`)) {
          isPicked = true;
          const [tee] = world.state.records('stock.move').filter((move) => move['product_uom_qty'] === 10);
          await world.client().write('stock.move', [Number(tee?.['id'])], { quantity: 6, picked: true });
        }
        return world.platform.fetch(request);
      },
    });
    await connected.receipts.confirm(anArrival(purchase, [{ sku: 'CAP', received: 4, damaged: 0 }]), key);
    expect(isPicked).toBe(true);
    expect([world.state.stockOf('TEE').onHand, world.state.stockOf('CAP').onHand]).toEqual([100, 54]);
  });

  it('makes the lots that arrive, and takes the ones that are known', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'JAM', price: 3, tracking: 'lot' });
    const lines = [{ id: '1', sku: 'JAM', quantity: 10, unitPrice: { amount: '1.20', currency: 'USD' } }];
    const purchase = await world.erp.purchases.create(aPurchase(world, { lines }), key);
    const parts = [
      [{ lot: 'L-1', quantity: 4 }],
      [
        { lot: 'L-1', quantity: 1 },
        { lot: 'L-2', quantity: 5 },
      ],
    ];
    const nameless = anArrival(purchase, [{ sku: 'JAM', received: 4, damaged: 0 }]);
    await expect(world.erp.receipts.confirm(nameless, key)).rejects.toMatchObject({ code: 'record.rejected' });
    for (const [index, lots] of parts.entries()) {
      const received = lots.reduce((sum, { quantity }) => sum + quantity, 0);
      const draft = anArrival(purchase, [{ sku: 'JAM', received, damaged: 0, lots }], `A-${index}`);
      await world.erp.receipts.confirm(draft, { idempotencyKey: `A-${index}` });
    }
    expect(world.state.records('stock.lot').map(({ name }) => name)).toEqual(['L-1', 'L-2']);
    const pages = await all(world.erp.receipts.pull({}));
    expect(pages.flatMap(({ items }) => items.flatMap((item) => item.lines))).toMatchObject([
      { sku: 'JAM', received: 4, lots: parts[0] },
      { sku: 'JAM', received: 6, lots: parts[1] },
    ]);
  });

  it('sets no damaged goods aside where they are for sale', async () => {
    const world = aWorld(version);
    const [shelf] = world.state.records('stock.warehouse').map((row) => Number(row['lot_stock_id']));
    const { purchases, receipts } = world.connect({ damagedLocation: shelf });
    const purchase = await purchases.create(aPurchase(world), { idempotencyKey: 'p' });
    const draft = anArrival(purchase, [{ sku: 'TEE', received: 6, damaged: 1 }]);
    const before = world.state.stockOf('TEE');
    await expect(receipts.confirm(draft, { idempotencyKey: 'r' })).rejects.toMatchObject({
      code: 'options.invalid',
      message: expect.stringMatching(/damagedLocation.*for sale/),
    });
    expect(world.state.stockOf('TEE')).toEqual(before);
  });

  it('puts damaged goods where they are not sold', async () => {
    const world = aWorld(version);
    const damagedLocation = world.state.add('stock.location', { name: 'Damaged' });
    const { purchases, receipts } = world.connect({ damagedLocation });
    const purchase = await purchases.create(aPurchase(world), key);
    await receipts.confirm(anArrival(purchase, [{ sku: 'TEE', received: 6, damaged: 1 }]), key);
    expect(world.state.stockOf('TEE').free).toBe(105);
    const [page] = await all(receipts.pull({}));
    expect(page?.items).toMatchObject([{ purchase, lines: [{ sku: 'TEE', received: 6, damaged: 1 }] }]);
  });

  it('names what cannot be ordered', async () => {
    const world = aWorld(version);
    world.state.addProduct({ sku: 'GONE', archived: true });
    const line = { id: '1', sku: 'TEE', quantity: 1, unitPrice: { amount: '3.50', currency: 'USD' } };
    const wrong = [
      [{ lines: [{ ...line, sku: 'NOBODY-KNOWS-THIS' }] }, 'sku.unknown', 'NOBODY-KNOWS-THIS'],
      [{ lines: [{ ...line, sku: 'GONE' }] }, 'sku.unknown', 'archived'],
      [{ lines: [{ ...line, unitPrice: { amount: '3.50', currency: 'GBP' } }] }, 'record.rejected', 'archived'],
      [{ location: { system: 'odoo', kind: 'location', id: '987654' } }, 'record.rejected', '987654'],
    ] as const;
    for (const [change, code, word] of wrong) {
      const made = world.erp.purchases.create(aPurchase(world, change), key);
      await expect(made).rejects.toMatchObject({ code, message: expect.stringContaining(word) });
    }
    expect(world.state.records('purchase.order')).toEqual([]);
  });

  it('does not cancel what is locked or billed', async () => {
    const world = aWorld(version);
    const client = world.client();
    const locked = await world.erp.purchases.create(aPurchase(world), key);
    const lock = version === '19.0' ? 'button_lock' : 'button_done';
    await client.call('purchase.order', lock, { ids: [Number(locked.id)], answer: z.unknown(), safety: 'repeatable' });
    expect(await world.erp.purchases.cancel(locked, key)).toEqual({
      outcome: 'refused',
      reason: expect.stringContaining('locked'),
    });
    const billed = await world.erp.purchases.create(aPurchase(world, { number: 'PO-8' }), { idempotencyKey: 'b' });
    const lines = world.state.records('purchase.order.line').filter((one) => one['order_id'] === Number(billed.id));
    const typed = {
      product_id: Number(lines[0]?.['product_id']),
      quantity: 1,
      purchase_line_id: Number(lines[0]?.['id']),
    };
    const invoice_line_ids = [[0, 0, { ...typed, price_unit: 3.5 }]];
    const partner_id = Number(world.customer.id);
    const head = { move_type: 'in_invoice', partner_id, invoice_date: '2026-11-20' };
    const ids = await client.create('account.move', [{ ...head, invoice_line_ids }]);
    await client.call('account.move', 'action_post', { ids, answer: z.unknown(), safety: 'repeatable' });
    expect(await world.erp.purchases.cancel(billed, key)).toEqual({
      outcome: 'refused',
      reason: expect.stringContaining('bill'),
    });
  });

  it('says which right its user lacks', async () => {
    const world = aWorld(version);
    world.state.addUser({ login: 'bare', apiKey: 'bare-api-key', kind: 'internal' });
    const bare = world.connect({ login: 'bare', apiKey: 'bare-api-key' });
    const made = bare.purchases.create(aPurchase(world), key);
    await expect(made).rejects.toMatchObject({ code: 'access.denied' });
  });
});
