import type { CustomerDraft, OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooImport, type OdooImportOptions, type OrderImport } from '../src/index.ts';
import { aDraft, aLine, aTax } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;

const address = { name: 'Ann Buyer', lines: ['1 Main St'], city: 'Boston', subdivision: 'US-MA', countryCode: 'US' };

function aBuyer(number: number): CustomerDraft {
  const email = `buyer-${number}@example.com`;
  return {
    name: `Buyer ${number}`,
    email,
    billingAddress: address,
    shippingAddresses: [{ ...address, city: 'Salem' }],
  };
}

function anItem(world: World, number: number, change: Partial<OrderDraft> = {}, customer?: CustomerDraft): OrderImport {
  const draft = aDraft({
    number: `#${number}`,
    source: { system: 'shop', kind: 'order', id: String(number) },
    lines: [aLine({ sku: 'TEE', quantity: 1, price: '10.00' }), aLine({ id: '2', sku: 'CAP', price: '5.00' })],
    billingAddress: address,
    shippingAddress: { ...address, city: 'Salem' },
    customer: world.customer,
    placedAt: `2026-11-${String((number % 20) + 1).padStart(2, '0')}T09:15:00Z`,
    ...change,
  });
  return { draft, customer: customer ?? world.customer, idempotencyKey: `import-${number}` };
}

const many = (world: World, count: number) =>
  Array.from({ length: count }, (_, number) => anItem(world, number + 1, {}, aBuyer(number + 1)));

/** An importer as another process would have it. */
function importer(world: World, change: Partial<OdooImportOptions> = {}) {
  return odooImport({ ...world.options, ...change });
}

function buyersIn({ state }: World) {
  return state.partners.filter(({ email }) => typeof email === 'string' && email.startsWith('buyer-'));
}

function callsOf(world: World): number {
  return world.platform.journal.all.filter(({ operation }) => !/version|authenticate/.test(operation)).length;
}

describe.each(versions)('a list of orders for Odoo %s', (version) => {
  it('is there, each order once, confirmed, with its day, its customer and addresses', async () => {
    const world = aWorld(version);
    const outcomes = await importer(world).orders(many(world, 12));
    expect(outcomes.map(({ ok }) => ok)).toEqual(Array.from({ length: 12 }, () => true));
    const { saleOrders, pickings } = world.state;
    expect(saleOrders).toHaveLength(12);
    expect(pickings).toHaveLength(12);
    expect(new Set(saleOrders.map(({ state }) => state))).toEqual(new Set(['sale']));
    expect(saleOrders.map(({ dateOrder }) => dateOrder)).toEqual(
      many(world, 12).map(({ draft }) => draft.placedAt.replace('T', ' ').replace('Z', '')),
    );
    expect(buyersIn(world).length).toBe(12);
    expect(outcomes.map((one) => (one.ok ? Number(one.order.id) : 0))).toEqual(saleOrders.map(({ id }) => id));
  });

  it('takes as many calls for forty orders as for ten', async () => {
    const counts = [];
    for (const count of [10, 40]) {
      const world = aWorld(version);
      const before = callsOf(world);
      await importer(world, { firstBatch: 40 }).orders(many(world, count));
      counts.push(callsOf(world) - before);
    }
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeLessThanOrEqual(16);
  });

  it('writes nothing the second time, and asks hardly anything', async () => {
    const world = aWorld(version);
    const first = await importer(world).orders(many(world, 10));
    const before = callsOf(world);
    const written = world.state.saleOrders.map(({ id, dateOrder }) => [id, dateOrder]);
    const second = await importer(world).orders(many(world, 10));
    expect(second).toEqual(first);
    expect(callsOf(world) - before).toBeLessThanOrEqual(3);
    expect(world.state.saleOrders.map(({ id, dateOrder }) => [id, dateOrder])).toEqual(written);
  });

  it.each(['res.partner.load', 'sale.order.load', 'sale.order.action_confirm', 'sale.order.search_read'])(
    'is made once when an answer to %s is lost',
    async (operation) => {
      const world = aWorld(version);
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      const outcomes = await importer(world).orders(many(world, 6));
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(world.state.saleOrders).toHaveLength(6);
      expect(world.state.pickings).toHaveLength(6);
    },
  );

  it.each(['res.partner.load', 'sale.order.load', 'sale.order.search_read', 'sale.order.action_confirm'])(
    'goes on where the process died before %s',
    async (operation) => {
      const world = aWorld(version);
      const revive = world.platform.faults.always(operation, { kind: 'drop', when: 'before' });
      const broken = await importer(world).orders(many(world, 6));
      expect(broken.every(({ ok }) => !ok)).toBe(true);
      revive();
      const outcomes = await importer(world).orders(many(world, 6));
      expect(outcomes.every(({ ok }) => ok)).toBe(true);
      expect(world.state.saleOrders.map(({ state }) => state)).toEqual(Array.from({ length: 6 }, () => 'sale'));
    },
  );

  it('is made once by eight importers at the same moment', async () => {
    const world = aWorld(version);
    const all = await Promise.all(Array.from({ length: 8 }, () => importer(world).orders(many(world, 5))));
    expect(all.flat().every(({ ok }) => ok)).toBe(true);
    expect(world.state.saleOrders).toHaveLength(5);
    expect(world.state.pickings).toHaveLength(5);
    expect(buyersIn(world)).toHaveLength(5);
  });

  it('finds what orders.create made, and is found by it', async () => {
    const world = aWorld(version);
    const [one, two] = [anItem(world, 1), anItem(world, 2)];
    const draftOf = ({ draft }: OrderImport) => ({ ...draft, customer: world.customer });
    const made = await world.erp.orders.create(draftOf(one), one);
    const [outcome, other] = await importer(world).orders([one, two]);
    expect(outcome).toMatchObject({ ok: true, order: made });
    expect(other).toMatchObject({ ok: true, order: await world.erp.orders.create(draftOf(two), two) });
    expect(world.state.saleOrders).toHaveLength(2);
  });

  it('answers for each: a bad SKU, a refused confirmation and an edited draft stop no other', async () => {
    const world = aWorld(version);
    const good = anItem(world, 1);
    await importer(world).orders([good]);
    const edited = { ...anItem(world, 1, { lines: [aLine({ sku: 'CAP', price: '6.00' })] }) };
    const unknown = anItem(world, 2, { lines: [aLine({ sku: 'NOPE' })] });
    const twice = { ...anItem(world, 3), idempotencyKey: 'another key' };
    const outcomes = await importer(world).orders([edited, unknown, anItem(world, 3), twice, anItem(world, 4)]);
    expect(outcomes.map((one) => (one.ok ? 'ok' : one.error.code))).toEqual([
      'key.reused',
      'sku.unknown',
      'ok',
      'record.duplicate',
      'ok',
    ]);
    expect(world.state.saleOrders).toHaveLength(3);
  });

  it('names an archived product as one, in a list and alone', async () => {
    const world = aWorld(version);
    const cap = world.state.records('product.product').find((one) => one['default_code'] === 'CAP');
    await world.client().write('product.product', [Number(cap?.['id'])], { active: false });
    const [outcome] = await importer(world).orders([anItem(world, 1)]);
    const refusal = { code: 'sku.unknown', message: expect.stringContaining('SKU "CAP" is archived') };
    expect(outcome).toMatchObject({ ok: false, error: refusal });
    const draft = { ...anItem(world, 1).draft, customer: world.customer };
    await expect(world.erp.orders.create(draft, { idempotencyKey: 'alone' })).rejects.toMatchObject(refusal);
  });

  it('gives cents of rounding a line of their own, for all orders at once', async () => {
    const world = aWorld(version, { roundingProduct: 'ROUND' });
    const taxed = (number: number) =>
      anItem(world, number, {
        lines: [
          aLine({ sku: 'TEE', price: '0.12', taxes: [aTax('0.2', '0.02')] }),
          aLine({ id: '2', sku: 'CAP', price: '0.12', taxes: [aTax('0.2', '0.02')] }),
        ],
      });
    const outcomes = await importer(world).orders([taxed(1), taxed(2), taxed(3)]);
    expect(outcomes.map((one) => (one.ok ? 'ok' : one.error.message))).toEqual(['ok', 'ok', 'ok']);
    expect(world.state.saleOrders.map(({ amountTotal, state }) => [amountTotal, state])).toEqual([
      [0.28, 'sale'],
      [0.28, 'sale'],
      [0.28, 'sale'],
    ]);
  });

  it('makes one customer of one new buyer’s orders, and leaves quotations where that is wanted', async () => {
    const world = aWorld(version);
    const items = [1, 2, 3].map((number) => anItem(world, number, {}, { ...aBuyer(7), name: `Spelt ${number}` }));
    const outcomes = await importer(world, { confirmOrders: false, firstBatch: 2 }).orders(items);
    expect(new Set(outcomes.map((one) => (one.ok ? one.customer.id : 'refused'))).size).toBe(1);
    expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['draft', 'draft', 'draft']);
  });
});

describe('the size of a batch', () => {
  it('shrinks when the server is slow', async () => {
    const world = aWorld();
    world.platform.faults.always('sale.order.action_confirm', { kind: 'slow', ms: 30_000 });
    await importer(world, { firstBatch: 8, batchMs: 1000 }).orders(many(world, 14));
    const sizes = world.platform.journal.all.filter(({ operation }) => operation === 'sale.order.action_confirm');
    // 8, 4 and 2 orders.
    expect(sizes).toHaveLength(3);
    expect(world.state.saleOrders).toHaveLength(14);
  });
});
