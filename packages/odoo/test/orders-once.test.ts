import { isCommerceError, type CommerceError, type OrderDraft } from '@crossdock/core';
import { describe, expect, it, vi } from 'vitest';
import { aDraft, aLine, eur } from './drafts.ts';
import { aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'shop/order 5001#create' };
const otherKey = { idempotencyKey: 'shop/order 5001#create again' };
type World = ReturnType<typeof aWorld>;

function draftFor(world: World, change: Partial<OrderDraft> = {}): OrderDraft {
  return aDraft({ lines: [aLine({ sku: 'TEE', quantity: 2, price: '19.99' })], customer: world.customer, ...change });
}

/** The code that a write ended with; "made" when it made something. */
async function endOf(write: Promise<unknown>): Promise<CommerceError['code'] | 'made'> {
  try {
    await write;
    return 'made';
  } catch (error) {
    if (isCommerceError(error)) return error.code;
    throw error;
  }
}

describe.each(versions)('one order of the shop in Odoo %s', (version) => {
  it('is one order, however many processes bring it under keys of their own at the same moment', async () => {
    const world = aWorld(version);
    const ends = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        endOf(world.connect().orders.create(draftFor(world), { idempotencyKey: `process-${index}` })),
      ),
    );
    expect(ends.toSorted()).toEqual(['made', ...Array.from({ length: 7 }, () => 'record.duplicate')]);
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale', amountTotal: 39.98, lines: [{ quantity: 2 }] }]);
    expect(world.state.pickings).toHaveLength(1);
  });

  it('keeps the goods of who came first, when others bring other goods for it at the same moment', async () => {
    const world = aWorld(version);
    const drafts = [1, 3, 4, 5].map((quantity) =>
      draftFor(world, { number: `#1042-${quantity}`, lines: [aLine({ sku: 'TEE', quantity, price: '19.99' })] }),
    );
    const ends = await Promise.all(
      drafts.map((draft, index) => endOf(world.connect().orders.create(draft, { idempotencyKey: `process-${index}` }))),
    );
    const [order, ...more] = world.state.saleOrders;
    expect(more).toEqual([]);
    const winner = drafts[ends.indexOf('made')];
    expect(order).toMatchObject({
      state: 'sale',
      clientOrderRef: winner?.number,
      amountTotal: Number(winner?.totals.total.amount),
    });
    expect(order?.lines.map(({ quantity }) => quantity)).toEqual(winner?.lines.map(({ quantity }) => quantity));
    expect(ends.filter((end) => end === 'record.duplicate')).toHaveLength(3);
  });

  it('is left alone by a slow process that comes with other goods after it was confirmed', async () => {
    const world = aWorld(version);
    // It finds no order, then waits so long for the products that another one is quicker, however slow this machine is.
    const { clock } = world.platform;
    const release = clock.hold();
    world.platform.faults.next('product.product.search_read', { kind: 'slow', ms: 40_000 });
    const late = draftFor(world, { lines: [aLine({ sku: 'CAP', quantity: 7, price: '5.00' })] });
    const slow = endOf(world.connect().orders.create(late, otherKey));
    await vi.waitFor(() => expect(clock.sleepers).toBeGreaterThan(0));
    await world.erp.orders.create(draftFor(world), key);
    release();
    expect(await slow).toBe('record.duplicate');
    expect(world.state.saleOrders).toMatchObject([{ amountTotal: 39.98, lines: [{ sku: 'TEE', quantity: 2 }] }]);
  });

  it('may have a replacement after it was canceled, and each key keeps its own', async () => {
    const world = aWorld(version);
    const { erp } = world;
    const first = await erp.orders.create(draftFor(world), key);
    const rest = draftFor(world, { number: '#1042-2', lines: [aLine({ sku: 'CAP', price: '5.00' })] });
    expect(await endOf(erp.orders.create(rest, otherKey))).toBe('record.duplicate');
    await erp.orders.cancel(first, 'customer', { idempotencyKey: 'cancel' });
    const ends = await Promise.all([1, 2, 3].map(() => world.connect().orders.create(rest, otherKey)));
    const [second] = ends;
    expect(new Set(ends.map(({ id }) => id)).size).toBe(1);
    expect(await erp.orders.create(draftFor(world), key)).toEqual(first);
    expect(await erp.orders.create(rest, otherKey)).toEqual(second);
    expect(await endOf(erp.orders.create(rest, { idempotencyKey: 'a third' }))).toBe('record.duplicate');
    expect(world.state.saleOrders.map(({ clientOrderRef, state }) => [clientOrderRef, state])).toEqual([
      ['#1042', 'cancel'],
      ['#1042-2', 'sale'],
    ]);
  });

  it('has one replacement, when two processes book one at the same moment', async () => {
    const world = aWorld(version);
    const first = await world.erp.orders.create(draftFor(world), key);
    await world.erp.orders.cancel(first, 'customer', { idempotencyKey: 'cancel' });
    const rest = (number: string) => draftFor(world, { number, lines: [aLine({ sku: 'CAP', price: '5.00' })] });
    const ends = await Promise.all(
      ['#1042-2', '#1042-3'].map((number) =>
        endOf(world.connect().orders.create(rest(number), { idempotencyKey: number })),
      ),
    );
    expect(ends.toSorted()).toEqual(['made', 'record.duplicate']);
    expect(world.state.saleOrders.map(({ state }) => state).toSorted()).toEqual(['cancel', 'sale']);
  });
});

describe('a key', () => {
  it('says that it is used up for a draft with other goods of the same sum, and leaves the order as it is', async () => {
    const world = aWorld();
    await world.erp.orders.create(draftFor(world), key);
    const edited = draftFor(world, { lines: [aLine({ sku: 'CAP', quantity: 2, price: '19.99' })] });
    expect(await endOf(world.erp.orders.create(edited, key))).toBe('key.reused');
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale', lines: [{ sku: 'TEE' }] }]);
  });

  it('does not confirm old goods for an edited draft', async () => {
    const world = aWorld();
    const revive = world.platform.faults.always('sale.order.action_confirm', { kind: 'drop', when: 'before' });
    expect(await endOf(world.erp.orders.create(draftFor(world), key))).not.toBe('made');
    revive();
    const edited = draftFor(world, { lines: [aLine({ sku: 'CAP', quantity: 2, price: '19.99' })] });
    expect(await endOf(world.erp.orders.create(edited, key))).toBe('key.reused');
    expect(world.state.saleOrders).toMatchObject([{ state: 'draft' }]);
  });

  it.each<[string, Partial<OrderDraft>]>([
    ['another address', { shippingAddress: { lines: ['9 Elm St'], city: 'Boston', countryCode: 'US' } }],
    ['another number', { number: '#1043' }],
    ['another source', { source: { system: 'shop', kind: 'order', id: '5002' } }],
  ])('is refused for %s', async (_, change) => {
    const world = aWorld();
    await world.erp.orders.create(draftFor(world), key);
    expect(await endOf(world.erp.orders.create(draftFor(world, change), key))).toBe('key.reused');
    expect(world.state.saleOrders).toHaveLength(1);
  });

  it('goes on being good when only the payment or the tags changed, which Odoo is not told', async () => {
    const world = aWorld();
    const ref = await world.erp.orders.create(draftFor(world, { paymentStatus: 'authorized' }), key);
    const paid = draftFor(world, { paymentStatus: 'paid', tags: ['vip'] });
    expect(await world.erp.orders.create(paid, key)).toEqual(ref);
  });

  it('is known by its mark beside what people add to the source document', async () => {
    const world = aWorld();
    const ref = await world.erp.orders.create(draftFor(world), key);
    const [{ origin } = { origin: '' }] = world.state.saleOrders;
    await world.client().write('sale.order', [Number(ref.id)], { origin: `${origin}, S00099` });
    expect(await world.erp.orders.create(draftFor(world), key)).toEqual(ref);
  });

  it('keeps two systems apart that number their orders alike', async () => {
    const world = aWorld();
    const of = (system: string, id: string) =>
      draftFor(world, { source: { system, kind: 'order', id }, totals: { ...draftFor(world).totals, tax: eur('0') } });
    await world.erp.orders.create(of('shop', '1'), { idempotencyKey: 'a' });
    await world.erp.orders.create(of('shop:order', '1'), { idempotencyKey: 'b' });
    await world.erp.orders.create(of('shop', 'order:1'), { idempotencyKey: 'c' });
    expect(world.state.saleOrders).toHaveLength(3);
  });
});
