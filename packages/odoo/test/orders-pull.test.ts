import { describe, expect, it } from 'vitest';
import { isOwnOrder } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'place-1' };

function draftIn(world: ReturnType<typeof aWorld>) {
  return aDraft({ lines: [aLine({ sku: 'TEE', quantity: 2 })], customer: world.customer });
}

describe.each(versions)('orders of Odoo %s', (version) => {
  it('are pulled with what a look at each would show, and our own are told from a person’s', async () => {
    const world = aWorld(version);
    const ours = await world.erp.orders.create(draftIn(world), key);
    const [theirs] = await world.client().create('sale.order', [{ partner_id: Number(world.customer.id) }]);
    const pages = await all(world.erp.orders.pull({}));
    const orders = pages.flatMap(({ items }) => items);
    expect(orders.map(({ ref }) => ref.id).toSorted()).toEqual([ours.id, String(theirs)].toSorted());
    for (const order of orders) expect(await world.erp.orders.get(order.ref)).toEqual(order);
    expect(orders.filter(isOwnOrder).map(({ ref }) => ref)).toEqual([ours]);
    expect(pages.flatMap(({ problems = [] }) => problems)).toEqual([]);
  });

  it('waits as a quotation where that is wanted, and is confirmed once with its day', async () => {
    const world = aWorld(version, { confirmOrders: false });
    const ref = await world.erp.orders.create(draftIn(world), key);
    expect(world.state.saleOrders).toMatchObject([{ state: 'draft' }]);
    expect(await world.erp.orders.create(draftIn(world), key)).toEqual(ref);
    await Promise.all([world.erp, world.connect(), world.connect()].map((erp) => erp.orders.confirm(ref, key)));
    expect(await world.erp.orders.confirm(ref, key)).toEqual(ref);
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale', dateOrder: '2026-11-20 09:15:00' }]);
    expect(world.state.pickings).toHaveLength(1);
  });

  it('is confirmed once when the answer is lost', async () => {
    const world = aWorld(version, { confirmOrders: false });
    const ref = await world.erp.orders.create(draftIn(world), key);
    world.platform.faults.next('sale.order.action_confirm', { kind: 'drop', when: 'after' });
    await world.erp.orders.confirm(ref, key);
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale' }]);
    expect(world.state.pickings).toHaveLength(1);
  });

  it('is not confirmed when a person canceled the quotation, and a missing one is named', async () => {
    const world = aWorld(version, { confirmOrders: false });
    const ref = await world.erp.orders.create(draftIn(world), key);
    await world.erp.orders.cancel(ref, 'other', { idempotencyKey: 'cancel-1' });
    await expect(world.erp.orders.confirm(ref, key)).rejects.toMatchObject({ code: 'record.rejected', refs: [ref] });
    const gone = { ...ref, id: '987654' };
    await expect(world.erp.orders.confirm(gone, key)).rejects.toMatchObject({ code: 'record.missing', refs: [gone] });
  });
});

describe.each(versions)('customers of Odoo %s', (version) => {
  it('come when an address of theirs changed, and vendors do not', async () => {
    const world = aWorld(version);
    const client = world.client();
    const [buyer = 0] = await client.create('res.partner', [{ name: 'Hill & Co', is_company: true, ref: 'C-7' }]);
    const [depot = 0] = await client.create('res.partner', [{ name: 'Depot', parent_id: buyer, type: 'delivery' }]);
    await client.create('res.partner', [{ name: 'Mill', supplier_rank: 1 }]);
    const first = await all(world.erp.customers.pull({}));
    const names = first.flatMap(({ items }) => items.map(({ name }) => name));
    expect(names).toContain('Hill & Co');
    expect(names).not.toContain('Mill');
    expect(names).not.toContain('Depot');
    const since = new Date(world.platform.clock.now() + 10_000).toISOString();
    await world.platform.clock.advance(400_000);
    await client.write('res.partner', [depot], { street: '2 Hill St', city: 'Rye', country_id: 1 });
    const again = await all(
      world.erp.customers.pull({ updatedAfter: new Date(Date.parse(since) + 200_000).toISOString() }),
    );
    expect(again.flatMap(({ items }) => items)).toMatchObject([
      { name: 'Hill & Co', company: 'Hill & Co', accountNumber: 'C-7', shippingAddresses: [{ city: 'Rye' }] },
    ]);
  });
});
