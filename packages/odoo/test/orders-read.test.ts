import { orderSchema, type Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aTax, eur } from './drafts.ts';
import { aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'cancel' };
type World = ReturnType<typeof aWorld>;

function anOrder(world: World): Promise<Ref<'order'>> {
  const lines = [aLine({ sku: 'TEE', quantity: 4, price: '20.00', total: '72.00', taxes: [aTax('0.2', '14.40')] })];
  const shippingLines = [{ id: 's', title: 'UPS', price: eur('5.00'), discounts: [], taxes: [], total: eur('5.00') }];
  return world.erp.orders.create(aDraft({ lines, shippingLines, customer: world.customer }), { idempotencyKey: 'a' });
}

describe.each(versions)('an order read back from Odoo %s', (version) => {
  it('says what was ordered, with the same sums', async () => {
    const world = aWorld(version);
    const order = await world.erp.orders.get(await anOrder(world));
    expect(() => orderSchema.parse(order)).not.toThrow();
    expect(order).toMatchObject({
      status: 'confirmed',
      paymentStatus: 'pending',
      currency: 'EUR',
      taxesIncluded: false,
      placedAt: '2026-11-20T09:15:00Z',
      buyer: { name: 'Zoë Doe, Ltd.', accountNumber: 'C-1001' },
      lines: [
        {
          sku: 'TEE',
          quantity: 4,
          unitPrice: { amount: '20.00' },
          total: { amount: '72.00' },
          discounts: [{ amount: { amount: '8.00' } }],
          taxes: [{ title: 'VAT 20', rate: '0.2', amount: { amount: '14.40' } }],
        },
      ],
      shippingLines: [{ title: 'UPS', total: { amount: '5.00' } }],
      totals: {
        goods: { amount: '72.00' },
        shipping: { amount: '5.00' },
        tax: { amount: '14.40' },
        total: { amount: '91.40' },
      },
    });
  });

  it('says how much of it left', async () => {
    const world = aWorld(version);
    const ref = await anOrder(world);
    const name = world.state.saleOrders[0]?.name ?? '';
    world.state.ship(name, { quantities: { TEE: 1 } });
    expect(await world.erp.orders.get(ref)).toMatchObject({ status: 'partially-shipped' });
    world.state.ship(name);
    expect(await world.erp.orders.get(ref)).toMatchObject({ status: 'fulfilled' });
  });

  it('is not there when it is not there', async () => {
    expect(await aWorld(version).erp.orders.get({ system: 'odoo', kind: 'order', id: '4711' })).toBeUndefined();
  });
});

describe.each(versions)('canceling in Odoo %s', (version) => {
  it('is done at once and frees the stock, and again changes nothing', async () => {
    const world = aWorld(version);
    const ref = await anOrder(world);
    expect(world.state.stockOf('TEE').free).toBe(96);
    expect(await world.erp.orders.cancel(ref, 'customer', key)).toEqual({ outcome: 'canceled' });
    expect(await world.erp.orders.cancel(ref, 'customer', key)).toEqual({ outcome: 'canceled' });
    expect(world.state.saleOrders).toMatchObject([{ state: 'cancel' }]);
    expect(world.state.stockOf('TEE').free).toBe(100);
    expect(await world.erp.orders.get(ref)).toMatchObject({ status: 'canceled' });
  });

  it('is refused once a part has left', async () => {
    const world = aWorld(version);
    const ref = await anOrder(world);
    world.state.ship(world.state.saleOrders[0]?.name ?? '', { quantities: { TEE: 1 } });
    expect(await world.erp.orders.cancel(ref, 'customer', key)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('WH/OUT') as string,
    });
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale' }]);
  });

  it('is done once when the answer is lost', async () => {
    const world = aWorld(version);
    const ref = await anOrder(world);
    world.platform.faults.next('sale.order.action_cancel', { kind: 'drop', when: 'after' });
    expect(await world.erp.orders.cancel(ref, 'customer', key)).toEqual({ outcome: 'canceled' });
  });

  it('of an order that is not there is said', async () => {
    const ref = { system: 'odoo', kind: 'order', id: '4711' } as const;
    await expect(aWorld(version).erp.orders.cancel(ref, 'other', key)).rejects.toMatchObject({
      code: 'record.missing',
    });
  });
});

describe('a reference to no order of this Odoo', () => {
  it.each([
    ['another system’s', { system: 'shop', id: '1' }],
    ['a text', { system: 'odoo', id: 'gid://shopify/Order/1' }],
    ['zero', { system: 'odoo', id: '0' }],
    ['a number with an exponent', { system: 'odoo', id: '1e0' }],
    ['more than an id can be', { system: 'odoo', id: '9999999999' }],
    ['nothing', { system: 'odoo', id: '' }],
  ])('finds none: %s', async (_, { system, id }) => {
    const world = aWorld();
    await anOrder(world);
    expect(await world.erp.orders.get({ system, kind: 'order', id })).toBeUndefined();
  });
});
