import { describe, expect, it } from 'vitest';
import { committedThenDropped, fakeOdoo } from '@crossdock/testing';
import { at, call, confirmedOrder, importFields, rpc, type Odoo } from './client.ts';

function shop(): { odoo: Odoo; product: number; partner: number } {
  const odoo = fakeOdoo();
  const product = odoo.state.addProduct({ sku: 'TEE', price: 10, onHand: 100 });
  return { odoo, product, partner: odoo.state.addPartner({ name: 'Jane' }) };
}

const loadOrder = ({ odoo, product, partner }: ReturnType<typeof shop>, quantity = '1') =>
  call(odoo, 'sale.order.load', {
    fields: importFields,
    data: [['shop.order_1', String(partner), '1001', 'shop.order_1_line_1', String(product), quantity, '10', '0']],
  });

describe('fake Odoo transactions', () => {
  it('undoes everything when one of several records is wrong', async () => {
    const { odoo, partner } = shop();
    const before = odoo.state.records('sale.order').length;

    const answer = await call(odoo, 'sale.order.create', {
      vals_list: [{ partner_id: partner }, { partner_id: 99_999 }],
    });

    expect(answer.status).toBe(404);
    expect(odoo.state.records('sale.order')).toHaveLength(before);
  });

  it('leaves stock, orders and transfers alone when a confirmation fails for one of the orders', async () => {
    const { odoo, product, partner } = shop();
    const line = [0, 0, { product_id: product, product_uom_qty: 3, price_unit: 10, discount: 0 }];
    const { body } = await call(odoo, 'sale.order.create', {
      vals_list: [
        { partner_id: partner, order_line: [line] },
        { partner_id: partner, state: 'cancel' },
      ],
    });

    const answer = await call(odoo, 'sale.order.action_confirm', { ids: body });

    expect(answer.status).toBe(422);
    expect(odoo.state.saleOrders.map(({ state }) => state)).toEqual(['draft', 'cancel']);
    expect(odoo.state.stockOf('TEE').reserved).toBe(0);
    expect(odoo.state.pickings).toEqual([]);
  });

  it('leaves a record and its lines alone that an import in the mode "update" made not to be updated', async () => {
    const { odoo, product, partner } = shop();
    const load = (quantity: string, context: { readonly mode?: string; readonly noupdate?: boolean }) =>
      call(odoo, 'sale.order.load', {
        fields: importFields,
        data: [['shop.order_1', String(partner), '1001', 'shop.order_1_line_1', String(product), quantity, '10', '0']],
        context,
      });
    const quantity = () => odoo.state.saleOrders.flatMap(({ lines }) => lines.map((line) => line.quantity));

    const made = await load('1', { mode: 'update', noupdate: true });
    expect(await load('2', { mode: 'update', noupdate: true })).toMatchObject({ body: made.body });
    expect(quantity()).toEqual([1]);

    // The mark alone does not protect it: the mode has to be "update" too.
    await load('3', {});
    expect(quantity()).toEqual([3]);
  });

  it('rolls back all rows of an import with one bad row, and still says 200', async () => {
    const { odoo } = shop();

    const answer = await call(odoo, 'res.partner.load', {
      fields: ['id', 'name', 'country_id'],
      data: [
        ['shop.c1', 'Good', 'United States'],
        ['shop.c2', 'Bad', 'Nowhereland'],
      ],
    });

    expect(answer).toMatchObject({ status: 200, body: { ids: false, messages: [{ record: 1, field: 'country_id' }] } });
    expect(odoo.state.partners.some(({ name }) => name === 'Good')).toBe(false);
  });

  it('makes one order of eight parallel imports with one external id, and hides the conflicts in a 200', async () => {
    const world = shop();

    const answers = await Promise.all(Array.from({ length: 8 }, () => loadOrder(world)));

    expect(world.odoo.state.saleOrders).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(
      answers.filter(({ body }) => at(body, 'ids') === false).map(({ body }) => at(body, 'messages', 0, 'message')),
    ).toEqual(Array.from({ length: 7 }, () => 'could not serialize access due to concurrent update\n'));
  });

  it('makes eight orders of eight parallel creates with one reference', async () => {
    const { odoo, partner } = shop();

    await Promise.all(
      Array.from({ length: 8 }, () =>
        call(odoo, 'sale.order.create', { vals_list: { partner_id: partner, client_order_ref: '1001' } }),
      ),
    );

    expect(odoo.state.saleOrders.map(({ clientOrderRef }) => clientOrderRef)).toEqual(
      Array.from({ length: 8 }, () => '1001'),
    );
  });

  it('takes a second import for a change, even of an order that is confirmed', async () => {
    const world = shop();
    const { body } = await loadOrder(world);
    await call(world.odoo, 'sale.order.action_confirm', { ids: at(body, 'ids') });

    await loadOrder(world, '5');

    expect(world.odoo.state.saleOrders).toMatchObject([
      { state: 'sale', externalId: 'shop.order_1', lines: [{ quantity: 5 }] },
    ]);
    expect(world.odoo.state.pickings).toMatchObject([{ moves: [{ demand: 5, quantity: 5 }] }]);
  });

  it('makes a new record for an external id whose record was deleted', async () => {
    const world = shop();
    const first = await loadOrder(world);
    await call(world.odoo, 'sale.order.unlink', { ids: at(first.body, 'ids') });

    const second = await loadOrder(world);

    expect(at(second.body, 'ids', 0)).not.toBe(at(first.body, 'ids', 0));
    expect(world.odoo.state.saleOrders).toHaveLength(1);
  });

  it('takes an empty cell of an import for an empty value: no taxes instead of the usual ones', async () => {
    const { odoo, product, partner } = shop();
    const data = [['shop.order_2', String(partner), '2', '', String(product), '1', '10', '0', '']];

    await call(odoo, 'sale.order.load', { fields: [...importFields, 'order_line/tax_ids/.id'], data });

    expect(odoo.state.saleOrders).toMatchObject([{ amountTax: 0, amountTotal: 10 }]);
  });

  it('commits what it was asked although nobody hears the answer', async () => {
    const { odoo, partner } = shop();
    odoo.faults.next('sale.order.create', committedThenDropped);

    await expect(call(odoo, 'sale.order.create', { vals_list: { partner_id: partner } })).rejects.toThrow(
      'fetch failed',
    );

    expect(odoo.state.saleOrders).toHaveLength(1);
  });

  it('says what a concurrent update did in the words of each transport, and has done nothing', async () => {
    const world = shop();
    const { odoo, partner } = world;
    odoo.state.conflictNext('sale.order.create', { times: 2, afterMs: 24_000 });
    odoo.state.conflictNext('sale.order.load');
    const startedAt = odoo.clock.now();

    const json2 = await call(odoo, 'sale.order.create', { vals_list: { partner_id: partner } });
    const legacy = await rpc(odoo, 'sale.order.create', [{ partner_id: partner }]);
    const loaded = await loadOrder(world);

    expect(json2).toMatchObject({ status: 500, body: { name: 'psycopg2.errors.SerializationFailure' } });
    expect(at(legacy, 'error', 'data', 'name')).toBe('psycopg2.errors.SerializationFailure');
    expect(loaded).toMatchObject({ status: 200, body: { ids: false } });
    expect(odoo.clock.now() - startedAt).toBe(48_000);
    expect(odoo.state.saleOrders).toEqual([]);
  });

  it('commits a slow transaction behind a poll that has passed its write_date already', async () => {
    const { odoo } = shop();
    odoo.state.commitLate('res.partner.create', 4000);
    const slow = call(odoo, 'res.partner.create', { vals_list: { name: 'SLOW' } });
    await odoo.clock.advance(2000);
    await call(odoo, 'res.partner.create', { vals_list: { name: 'FAST' } });
    const read = () =>
      call(odoo, 'res.partner.search_read', {
        domain: [['name', 'in', ['SLOW', 'FAST']]],
        fields: ['name', 'write_date'],
        order: 'write_date, id',
      });

    const during = await read();
    await slow;
    const after = await read();

    expect(during.body).toMatchObject([{ name: 'FAST' }]);
    expect(after.body).toMatchObject([{ name: 'SLOW' }, { name: 'FAST' }]);
    expect(Number(at(after.body, 0, 'id'))).toBeLessThan(Number(at(after.body, 1, 'id')));
    expect([at(after.body, 0, 'write_date'), at(after.body, 1, 'write_date')]).toEqual([
      '2026-11-01 00:00:00',
      '2026-11-01 00:00:02',
    ]);
  });

  it('does not take the goods of one order for two', async () => {
    const odoo = fakeOdoo();
    odoo.state.addProduct({ sku: 'LAST', onHand: 1 });

    await Promise.all([confirmedOrder(odoo, { LAST: 1 }), confirmedOrder(odoo, { LAST: 1 })]);

    expect(odoo.state.stockOf('LAST')).toEqual({ onHand: 1, reserved: 1, free: 0 });
    expect(odoo.state.pickings.map(({ state }) => state).toSorted()).toEqual(['assigned', 'confirmed']);
  });
});
