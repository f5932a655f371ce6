import { expect, it } from 'vitest';
import { describeLive } from './describe-live.ts';
import { readPull, refOf, type LiveShop } from './live-shop.ts';

/** How many orders have this product. */
function ordersWith({ hand }: LiveShop, product: { readonly id: number }): Promise<number> {
  return hand.count(`/orders?status=any&product=${product.id}`);
}

describeLive('an order', (shop) => {
  it('of another channel is made once by eight callers at one moment, takes its goods once, and is found by its source', async () => {
    const { anOrder, connect, addProduct, stockOf } = shop();
    const product = await addProduct('ONCE', 100);
    const draft = anOrder('once', { sku: product.sku, quantity: 3 });
    const process = connect();
    const key = { idempotencyKey: draft.source.id };
    const refs = await Promise.all(Array.from({ length: 8 }, () => process.orders.create(draft, key)));
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(await connect().orders.create(draft, key)).toEqual(refs[0]);
    expect(await stockOf(product)).toBe(97);
    const [ref] = refs;
    expect(ref && (await process.orders.get(ref))).toMatchObject({
      status: 'confirmed',
      paymentStatus: 'paid',
      totals: { total: { amount: '30.00' } },
    });
    expect(await ordersWith(shop(), product)).toBe(1);
  });

  it.each(
    ['POST /orders', 'PUT /orders/{id}', 'GET /orders'].flatMap((operation) =>
      (['unheard', 'hung-up'] as const).map((how) => ({ operation, how })),
    ),
  )('is made once when the answer to $operation is lost: $how', async ({ operation, how }) => {
    const { anOrder, connect, addProduct, stockOf, lose, lostAnswers } = shop();
    const name = `LOST-${operation.replaceAll(/\W+/g, '')}-${how}`;
    const product = await addProduct(name, 100);
    const draft = anOrder(name, { sku: product.sku, quantity: 2 });
    const key = { idempotencyKey: draft.source.id };
    const before = lostAnswers();
    lose({ operation, how });
    const first = await connect()
      .orders.create(draft, key)
      .catch(() => undefined);
    expect(lostAnswers()).toBe(before + 1);
    const ref = await connect().orders.create(draft, key);
    expect(first ?? ref).toEqual(ref);
    expect(await ordersWith(shop(), product)).toBe(1);
    expect(await stockOf(product)).toBe(98);
  });

  it('of another content is refused under its key, and nothing is made', async () => {
    const { anOrder, connect, cap } = shop();
    const draft = anOrder('edited');
    const key = { idempotencyKey: draft.source.id };
    const ref = await connect().orders.create(draft, key);
    const edited = anOrder('edited', { sku: cap.sku, quantity: 1 });
    await expect(connect().orders.create(edited, key)).rejects.toMatchObject({ code: 'key.reused' });
    expect(await ordersWith(shop(), cap)).toBe(0);
    expect(await connect().orders.get(ref)).toMatchObject({ status: 'confirmed' });
  });

  it('of a SKU that the shop does not have is refused by its name, and nothing is made', async () => {
    const { anOrder, connect, run, hand } = shop();
    const sku = `NOBODY-${run}`;
    const all = () => hand.count(`/orders?status=any&search=${run}`);
    const before = await all();
    const draft = anOrder('nobody', { sku, quantity: 1 });
    const making = connect().orders.create(draft, { idempotencyKey: draft.source.id });
    await expect(making).rejects.toMatchObject({ code: 'sku.unknown', message: expect.stringContaining(sku) });
    expect(await all()).toBe(before);
  });

  it('is canceled once and for all, and its goods are free again', async () => {
    const { addProduct, place, stockOf, connect } = shop();
    const product = await addProduct('FREE', 10);
    const ref = refOf('order', await place({ line_items: [{ product_id: product.id, quantity: 4 }] }));
    expect(await stockOf(product)).toBe(6);
    for (const idempotencyKey of ['cancel-1', 'cancel-1', 'cancel-2'])
      expect(await connect().orders.cancel(ref, 'customer', { idempotencyKey })).toEqual({ outcome: 'canceled' });
    expect(await stockOf(product)).toBe(10);
    expect(await connect().orders.get(ref)).toMatchObject({ status: 'canceled' });
  });

  it('that left is completed, and not canceled any more', async () => {
    const { tee, place, shipmentOf, connect, order } = shop();
    const id = await place();
    const shipment = shipmentOf(`left-${id}`, { [tee.sku]: 2 });
    const key = { idempotencyKey: `left-${id}` };
    for (let time = 0; time < 2; time++)
      await connect().shipments.confirm({ order: refOf('order', id), shipment }, key);
    expect((await order(id)).status).toBe('completed');
    const canceled = await connect().orders.cancel(refOf('order', id), 'customer', { idempotencyKey: `late-${id}` });
    expect(canceled).toMatchObject({ outcome: 'refused' });
    expect(await connect().orders.get(refOf('order', id))).toMatchObject({ status: 'fulfilled' });
  });

  it('is brought by the next pull once somebody changed it, also in the second in which the last one ended', async () => {
    const { place, hand, connect, order } = shop();
    const id = await place();
    const { date_modified_gmt: moment } = await order(id);
    const updatedAfter = new Date(Date.parse(`${moment}Z`) - 1000).toISOString();
    const first = await readPull((since) => connect().orders.pull(since), { updatedAfter });
    expect(first.items.map(({ ref }) => ref.id)).toContain(String(id));
    await hand.ask('PUT', `/orders/${id}`, { customer_note: 'Ring twice' });
    const next = await readPull((since) => connect().orders.pull(since), { cursor: first.cursor });
    expect(next.items.find(({ ref }) => ref.id === String(id))).toMatchObject({ note: 'Ring twice' });
  });
});
