import { expect, it } from 'vitest';
import * as z from 'zod';
import { describeLive } from './describe-live.ts';
import { withId } from './shop-hand.ts';

/** What the connector takes for granted of orders. Where one of these fails, a newer WooCommerce behaves otherwise. */
describeLive('what the connector relies on of orders', (shop) => {
  const ids = z.array(withId);

  it('finds an order by its transaction and by who made it, and by neither of another', async () => {
    const { run, place, hand } = shop();
    const created_via = `live-${run}`;
    const first = await place({ transaction_id: `${run}:1`, created_via });
    const longer = await place({ transaction_id: `${run}:11`, created_via });
    const elsewhere = await place({ transaction_id: `${run}:1`, created_via: `${created_via}-b` });
    // A part of the transaction is enough, so the connector compares it to the letter.
    const oldestFirst = `created_via=${created_via}&orderby=id&order=asc&_fields=id`;
    expect(await hand.read(`/orders?search=${run}:1&${oldestFirst}`, ids)).toEqual([{ id: first }, { id: longer }]);
    expect(await hand.read(`/orders?created_via=${created_via}-b&search=${run}:1&_fields=id`, ids)).toEqual([
      { id: elsewhere },
    ]);
    expect(await hand.read(`/orders?created_via=${created_via}&search=${run}:2&_fields=id`, ids)).toEqual([]);
  });

  it('makes the order of a caller who hung up', async () => {
    const { run, hand, buyer, tee } = shop();
    const created_via = `gone-${run}`;
    const body = JSON.stringify({ ...buyer, created_via, line_items: [{ product_id: tee.id, quantity: 1 }] });
    const headers = { 'content-type': 'application/json' };
    const request = new Request(`${shop().access.url}/wp-json/wc/v3/orders`, { method: 'POST', headers, body });
    await fetch(await hand.signed(request), { signal: AbortSignal.timeout(30) }).catch(() => undefined);
    await expect.poll(() => hand.count(`/orders?created_via=${created_via}`), { timeout: 20_000 }).toBe(1);
  });

  it('leaves out the second that modified_after names, and takes no fraction of one', async () => {
    const { run, place, order, hand } = shop();
    const created_via = `moment-${run}`;
    const id = await place({ created_via });
    const { date_modified_gmt: moment } = await order(id);
    const since = (text: string) => hand.count(`/orders?created_via=${created_via}&modified_after=${text}`);
    const before = new Date(Date.parse(`${moment}Z`) - 1000).toISOString().slice(0, 19);
    expect(await since(`${before}Z`)).toBe(1);
    expect(await since(`${moment}Z`)).toBe(0);
    // A fraction takes the bound away instead of moving it.
    expect(await since(`${moment}.900Z`)).toBe(1);
  });

  it('moves its date with every write, also of nothing, and not with a note', async () => {
    const { place, order, hand } = shop();
    const id = await place();
    const dateAfter = async (write: () => Promise<unknown>) => {
      await passedSecond();
      await write();
      return (await order(id)).date_modified_gmt;
    };
    const { date_modified_gmt: made } = await order(id);
    const noted = await dateAfter(() => hand.write('POST', `/orders/${id}/notes`, withId, { note: 'Live' }));
    expect(noted).toBe(made);
    const saved = await dateAfter(() => hand.write('PUT', `/orders/${id}`, withId, {}));
    expect(saved > made).toBe(true);
    const refund = { amount: '1.00', api_refund: false };
    expect((await dateAfter(() => hand.write('POST', `/orders/${id}/refunds`, withId, refund))) > saved).toBe(true);
  });

  it.each([
    { from: 'pending', to: 'processing', takes: 2 },
    { from: 'pending', to: 'on-hold', takes: 2 },
    { from: 'processing', to: 'completed', takes: 0 },
    { from: 'processing', to: 'processing', takes: 0 },
    { from: 'processing', to: 'cancelled', takes: -2 },
    { from: 'completed', to: 'cancelled', takes: -2 },
    { from: 'processing', to: 'failed', takes: 0 },
    { from: 'processing', to: 'refunded', takes: 0 },
    { from: 'cancelled', to: 'completed', takes: 2 },
  ])('takes $takes from stock from $from to $to', async ({ from, to, takes }) => {
    const { addProduct, run, place, hand, stockOf } = shop();
    const product = await addProduct(`MOVE-${from}-${to}`, 100);
    const id = await place({ status: from, line_items: [{ product_id: product.id, quantity: 2 }] });
    const before = (await stockOf(product)) ?? 0;
    const { status } = await hand.ask('PUT', `/orders/${id}`, { status: to });
    expect({ run, status }).toEqual({ run, status: 200 });
    expect(await stockOf(product)).toBe(before - takes);
  });

  it('has an empty line for a SKU that the shop does not know', async () => {
    const { run, place, order } = shop();
    const id = await place({ line_items: [{ sku: `NOBODY-${run}`, quantity: 2 }] });
    expect(await order(id)).toMatchObject({ total: '0.00', line_items: [{ total: '0.00', quantity: 2 }] });
  });

  it('adds a line that is written without its id, each time', async () => {
    const { place, order, hand, cap } = shop();
    const id = await place();
    const change = { line_items: [{ product_id: cap.id, quantity: 1 }] };
    for (let time = 0; time < 2; time++) await hand.write('PUT', `/orders/${id}`, withId, change);
    expect((await order(id)).line_items).toHaveLength(3);
  });

  it('keeps the custom fields of a refund, gives back what it says, and refuses more than is left with a bare number', async () => {
    const { addProduct, place, order, hand, stockOf } = shop();
    const product = await addProduct('REFUND', 100);
    const id = await place({ line_items: [{ product_id: product.id, quantity: 3 }] });
    const [line] = (await order(id)).line_items;
    const meta = { key: '_live', value: 'one' };
    const line_items = [{ id: line?.id, quantity: 1, refund_total: 10 }];
    const made = await hand.write('POST', `/orders/${id}/refunds`, refundSchema, {
      api_refund: false,
      line_items,
      meta_data: [meta],
    });
    expect(made).toMatchObject({ amount: '10.00', line_items: [{ quantity: -1, total: '-10.00' }] });
    expect(made.meta_data).toContainEqual(expect.objectContaining(meta));
    expect(await stockOf(product)).toBe(98);
    const { refunds, status } = await order(id);
    expect({ refunds, status }).toMatchObject({ status: 'processing', refunds: [{ id: made.id, total: '-10.00' }] });
    const tooMuch = await hand.ask('POST', `/orders/${id}/refunds`, { api_refund: false, amount: '1000.00' });
    expect(tooMuch).toMatchObject({ status: 500, body: { data: 500 } });
  });
});

const refundSchema = z.object({
  id: z.int(),
  amount: z.string(),
  line_items: z.array(z.object({ quantity: z.number(), total: z.string() })),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
});

/** The shop keeps time in seconds. */
function passedSecond(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 1100);
  });
}
