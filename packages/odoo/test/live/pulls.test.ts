import type { Page, Ref, Since } from '@crossdock/core';
import { expect, it } from 'vitest';
import { describeLive } from './describe-live.ts';
import type { LiveWorld } from './live-world.ts';

type Pull = (since: Since) => AsyncIterable<Page<{ readonly ref: Ref }>>;

/** Everything since then, as ids, and from where to go on. */
async function read(pull: Pull, since: Since) {
  const ids: string[] = [];
  let { cursor } = since;
  let problems = 0;
  for await (const page of pull(since)) {
    ids.push(...page.items.map(({ ref }) => ref.id));
    problems += page.problems?.length ?? 0;
    ({ cursor } = page);
  }
  return { ids: new Set(ids), cursor, problems };
}

/** A moment before this run made anything: what was in Odoo before is none of its business. */
async function beforeTheRun({ client, customer }: LiveWorld): Promise<string> {
  const [made] = await client.read('res.partner', [Number(customer.id)], ['create_date'] as const);
  const at = Date.parse(`${String(made?.create_date).replace(' ', 'T')}Z`);
  return new Date(at - 1000).toISOString();
}

describeLive('a pull', (world) => {
  it('brings an order by each change of it, from the cursor that was saved before', async () => {
    const { connect, erp, place, shipmentOf, tee } = world();
    const order = await place();
    const pull: Pull = (since) => connect().orders.pull(since);
    const first = await read(pull, { updatedAfter: await beforeTheRun(world()) });
    expect(first.ids).toContain(order.id);
    const shipment = shipmentOf(`${order.id}-pull`, [{ sku: tee.sku, quantity: 2 }]);
    const shipped = await erp.shipments.confirm({ order, shipment }, { idempotencyKey: `pull-${order.id}` });
    const later = await place();
    const next = await read(pull, { cursor: first.cursor });
    expect([...next.ids]).toEqual(expect.arrayContaining([order.id, later.id]));
    const left = await read((since) => connect().shipments.pull(since), { updatedAfter: await beforeTheRun(world()) });
    expect(left.ids).toContain(shipped.id);
    const toLeave = await read((since) => connect().fulfillments.pull(since), {
      updatedAfter: await beforeTheRun(world()),
    });
    expect(toLeave.ids).toContain(shipped.id);
  });

  it('brings a product after it was renamed, and a customer after an address was changed', async () => {
    const { client, connect, customer, goods, run } = world();
    const [tee] = goods;
    const updatedAfter = await beforeTheRun(world());
    const products: Pull = (since) => connect().products.pull(since);
    const customers: Pull = (since) => connect().customers.pull(since);
    const [product, buyer] = [await read(products, { updatedAfter }), await read(customers, { updatedAfter })];
    expect(product.ids).toContain(String(tee?.template));
    expect(buyer.ids).toContain(customer.id);
    await client.write('product.template', [tee?.template ?? 0], { name: `Renamed ${run}` });
    await client.write('res.partner', [Number(customer.id)], { city: 'Boston' });
    expect((await read(products, { cursor: product.cursor })).ids).toContain(String(tee?.template));
    expect((await read(customers, { cursor: buyer.cursor })).ids).toContain(customer.id);
  });

  it('brings the stock of a SKU after it moved', async () => {
    const { connect, hand, goods, warehouse, cap } = world();
    const updatedAfter = await beforeTheRun(world());
    const [, product] = goods;
    async function levels(since: Since) {
      const found: number[] = [];
      let { cursor } = since;
      for await (const page of connect().inventory.pull(since)) {
        found.push(...page.items.filter(({ sku }) => sku === cap.sku).map(({ available }) => available));
        ({ cursor } = page);
      }
      return { last: found.at(-1), cursor };
    }
    const before = await levels({ updatedAfter });
    expect(before.last).toBeGreaterThan(0);
    await hand.setStock([product?.id ?? 0], warehouse.stock, 41);
    expect(await levels({ cursor: before.cursor })).toMatchObject({ last: 41 });
  });
});
