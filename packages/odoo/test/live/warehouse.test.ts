import { returnSchema, type ReturnReceipt } from '@crossdock/core';
import { expect, it } from 'vitest';
import { describeLive } from './describe-live.ts';

describeLive('the warehouse', (world) => {
  it('ships a part with its tracking number, once, and the rest from the backorder', async () => {
    const { cap, client, connect, count, erp, lose, place, shipmentOf, tee } = world();
    const order = await place([
      { sku: tee.sku, quantity: 10 },
      { sku: cap.sku, quantity: 2 },
    ]);
    const first = shipmentOf(`${order.id}-1`, [{ sku: tee.sku, quantity: 4 }]);
    const key = { idempotencyKey: `ship-${order.id}-1` };
    lose({ operation: 'stock.picking.button_validate', how: 'unheard' });
    const confirm = () => connect().shipments.confirm({ order, shipment: first }, key);
    await confirm().catch(() => undefined);
    const ref = await confirm();
    expect(await confirm()).toEqual(ref);
    expect(await erp.orders.get(order)).toMatchObject({ status: 'partially-shipped' });
    const fields = ['carrier_tracking_ref', 'state'] as const;
    const [delivery] = await client.read('stock.picking', [Number(ref.id)], fields);
    expect(delivery).toMatchObject({ carrier_tracking_ref: `1Z-${first.number}`, state: 'done' });
    expect(await count('stock.picking', ['backorder_id', '=', Number(ref.id)])).toBe(1);
    const rest = shipmentOf(`${order.id}-2`, [
      { sku: tee.sku, quantity: 6 },
      { sku: cap.sku, quantity: 2 },
    ]);
    await erp.shipments.confirm({ order, shipment: rest }, { idempotencyKey: `ship-${order.id}-2` });
    // A late repeat of the first one must not be taken for something new.
    expect(await confirm()).toEqual(ref);
    expect(await erp.orders.get(order)).toMatchObject({ status: 'fulfilled' });
    expect(await count('stock.picking', ['sale_id', '=', Number(order.id)], ['state', '=', 'done'])).toBe(2);
  });

  it('ships no more than is open', async () => {
    const { erp, place, shipmentOf, tee } = world();
    const order = await place();
    const shipment = shipmentOf(`${order.id}-over`, [{ sku: tee.sku, quantity: 3 }]);
    const over = erp.shipments.confirm({ order, shipment }, { idempotencyKey: `over-${order.id}` });
    await expect(over).rejects.toMatchObject({ code: 'record.rejected' });
    expect(await erp.orders.get(order)).toMatchObject({ status: 'confirmed' });
  });

  it('opens a return once by eight callers, and books what arrived: a part back on sale, a part aside', async () => {
    const { connect, erp, place, run, shipmentOf, tee } = world();
    const order = await place([{ sku: tee.sku, quantity: 5 }]);
    const shipment = shipmentOf(`${order.id}-r`, [{ sku: tee.sku, quantity: 5 }]);
    await erp.shipments.confirm({ order, shipment }, { idempotencyKey: `ship-${order.id}` });
    const onHand = async () => (await erp.inventory.get([tee.sku]))[0]?.buckets?.['on-hand'] ?? 0;
    const before = await onHand();
    const draft = { number: `RMA-${run}-${order.id}`, order, lines: [{ id: '1', sku: tee.sku, quantity: 3 }] };
    const key = { idempotencyKey: draft.number };
    const ended = await Promise.allSettled(Array.from({ length: 8 }, () => connect().returns.create(draft, key)));
    const ref = await erp.returns.create(draft, key);
    expect(ended.filter((one) => one.status === 'fulfilled' && one.value.id !== ref.id)).toEqual([]);
    const open = await erp.returns.get(ref);
    expect(() => returnSchema.parse(open)).not.toThrow();
    expect(open).toMatchObject({ order, lines: [{ sku: tee.sku, expected: 3, received: 0 }] });
    const part = (received: number, disposition: ReturnReceipt['lines'][number]['disposition']) =>
      ({ sku: tee.sku, received, condition: 'opened', disposition }) as const;
    const receipt: ReturnReceipt = {
      return: ref,
      lines: [part(2, 'restock'), part(1, 'quarantine')],
      receivedAt: '2026-11-21T08:00:00Z',
    };
    for (const connector of [erp, connect()])
      expect(await connector.returns.confirm(receipt, { idempotencyKey: `back-${ref.id}` })).toEqual(ref);
    expect(await onHand()).toBe(before + 2);
    const more = { ...draft, number: `${draft.number}-more` };
    await expect(erp.returns.create(more, { idempotencyKey: more.number })).rejects.toMatchObject({
      code: 'record.rejected',
    });
  });

  it('counts each warehouse for itself, and what an order holds is not free', async ({ skip }) => {
    const { connect, goods, hand, otherWarehouses, place, tee, warehouse } = world();
    const [product] = goods;
    const [other] = otherWarehouses;
    if (other === undefined) return skip('This Odoo has one warehouse, and only an administrator may add another.');
    await hand.setStock([product?.id ?? 0], other.stock, 7);
    const everywhere = connect({ warehouse: undefined });
    const levels = async () =>
      new Map((await everywhere.inventory.get([tee.sku])).map((level) => [level.location.id, level]));
    const before = await levels();
    expect(before.get(String(other.id))).toMatchObject({ available: 7, buckets: { 'on-hand': 7 } });
    expect(before.get(String(warehouse.id))?.available).toBeGreaterThan(7);
    await place();
    const after = await levels();
    expect(after.get(String(other.id))).toMatchObject({ available: 7 });
    const free = (some: typeof before) => some.get(String(warehouse.id))?.available ?? 0;
    expect(free(after)).toBe(free(before) - 2);
    const one = await connect({ warehouse: other.code }).inventory.get([tee.sku]);
    expect(one).toMatchObject([{ available: 7, location: { id: String(other.id) } }]);
  });
});
