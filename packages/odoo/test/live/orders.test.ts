import { expect, it } from 'vitest';
import { describeLive } from './describe-live.ts';
import type { LiveWorld } from './live-world.ts';

/** How many orders there are of one draft. */
function ordersOf({ count, customer }: LiveWorld, number: string): Promise<number> {
  return count('sale.order', ['client_order_ref', '=', number], ['partner_id', '=', Number(customer.id)]);
}

describeLive('an order', (world) => {
  it('is made once by eight callers at one moment, and confirmed', async () => {
    const { anOrder, connect, erp } = world();
    const draft = anOrder();
    const key = { idempotencyKey: draft.source.id };
    const ended = await Promise.allSettled(Array.from({ length: 8 }, () => connect().orders.create(draft, key)));
    const refs = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value.id] : []));
    expect(new Set(refs).size).toBe(1);
    const again = await erp.orders.create(draft, key);
    expect(again.id).toBe(refs[0]);
    expect(await ordersOf(world(), draft.number)).toBe(1);
    expect(await erp.orders.get(again)).toMatchObject({ status: 'confirmed', totals: { total: { amount: '20.00' } } });
  });

  it.each(
    ['sale.order.load', 'sale.order.action_confirm'].flatMap((operation) =>
      (['unheard', 'hung-up'] as const).map((how) => ({ operation, how })),
    ),
  )('is made once when the answer to $operation is lost: $how', async (loss) => {
    const { anOrder, connect, erp, lose, lostAnswers } = world();
    const draft = anOrder();
    const key = { idempotencyKey: draft.source.id };
    const before = lostAnswers();
    lose(loss);
    const first = await connect()
      .orders.create(draft, key)
      .catch(() => undefined);
    expect(lostAnswers()).toBe(before + 1);
    const ref = await erp.orders.create(draft, key);
    expect(first ?? ref).toEqual(ref);
    expect(await ordersOf(world(), draft.number)).toBe(1);
    expect(await erp.orders.get(ref)).toMatchObject({ status: 'confirmed' });
  });

  it('of another content is refused under its key, and another key for its source too', async () => {
    const { anOrder, erp, cap } = world();
    const draft = anOrder();
    const key = { idempotencyKey: draft.source.id };
    await erp.orders.create(draft, key);
    const { source, number } = draft;
    const edited = anOrder([{ sku: cap.sku, quantity: 1 }], { source, number });
    await expect(erp.orders.create(edited, key)).rejects.toMatchObject({ code: 'key.reused' });
    const other = erp.orders.create(draft, { idempotencyKey: `${source.id}-other` });
    await expect(other).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(await ordersOf(world(), number)).toBe(1);
  });

  it('of a product that Odoo does not have is refused by its SKU, and nothing is made', async () => {
    const { anOrder, erp, run } = world();
    const sku = `NOBODY-${run}`;
    const draft = anOrder([{ sku, quantity: 1 }]);
    const error = await erp.orders
      .create(draft, { idempotencyKey: draft.source.id })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'sku.unknown' });
    expect(String(error)).toContain(sku);
    expect(await ordersOf(world(), draft.number)).toBe(0);
  });

  it('waits as a quotation until it is confirmed, once, however often', async () => {
    const { anOrder, connect } = world();
    const erp = connect({ confirmOrders: false });
    const draft = anOrder();
    const ref = await erp.orders.create(draft, { idempotencyKey: draft.source.id });
    expect(await erp.orders.get(ref)).toMatchObject({ status: 'pending' });
    const confirm = () => connect().orders.confirm(ref, { idempotencyKey: `confirm-${ref.id}` });
    await Promise.allSettled([confirm(), confirm(), confirm()]);
    expect(await confirm()).toEqual(ref);
    const there = await erp.orders.get(ref);
    expect(there).toMatchObject({ status: 'confirmed' });
    expect(Date.parse(there?.placedAt ?? '')).toBe(Date.parse(draft.placedAt));
    expect(await world().count('stock.picking', ['sale_id', '=', Number(ref.id)])).toBe(1);
  });

  it('is canceled, once and for all, and its stock is free again', async () => {
    const { erp, place, tee } = world();
    const free = async () => (await erp.inventory.get([tee.sku]))[0]?.available ?? 0;
    const before = await free();
    const ref = await place();
    expect(await free()).toBe(before - 2);
    for (const idempotencyKey of ['cancel-1', 'cancel-1', 'cancel-2'])
      expect(await erp.orders.cancel(ref, 'customer', { idempotencyKey })).toEqual({ outcome: 'canceled' });
    expect(await erp.orders.get(ref)).toMatchObject({ status: 'canceled' });
    expect(await free()).toBe(before);
  });

  it('that left is not canceled', async () => {
    const { erp, place, shipmentOf, tee } = world();
    const order = await place();
    const shipment = shipmentOf('late', [{ sku: tee.sku, quantity: 2 }]);
    await erp.shipments.confirm({ order, shipment }, { idempotencyKey: `late-${order.id}` });
    const answer = await erp.orders.cancel(order, 'customer', { idempotencyKey: `cancel-${order.id}` });
    expect(answer.outcome).toBe('refused');
    expect(await erp.orders.get(order)).toMatchObject({ status: 'fulfilled' });
  });
});
