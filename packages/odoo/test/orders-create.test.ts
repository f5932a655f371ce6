import { isCommerceError, type OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDiscount, aDraft, aLine, aTax, eur } from './drafts.ts';
import { aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'shop/order 5001#create' };

function draftFor(world: ReturnType<typeof aWorld>, change: Partial<OrderDraft> = {}): OrderDraft {
  return aDraft({
    lines: [aLine({ sku: 'TEE', quantity: 2, price: '19.99', title: 'Tee, “röd”' })],
    customer: world.customer,
    ...change,
  });
}

describe.each(versions)('an order for Odoo %s', (version) => {
  it('is there once, confirmed, with the day of the purchase and the channel’s total', async () => {
    const world = aWorld(version);
    const ref = await world.erp.orders.create(draftFor(world), key);
    const [order] = world.state.saleOrders;
    expect(world.state.saleOrders).toHaveLength(1);
    expect(order).toMatchObject({
      id: Number(ref.id),
      state: 'sale',
      clientOrderRef: '#1042',
      origin: expect.stringMatching(/^shop:gid:\/\/shopify\/Order\/5001, \[crossdock [0-9a-f/]+\]$/),
      currency: 'EUR',
      dateOrder: '2026-11-20 09:15:00',
      amountTotal: 39.98,
    });
    // The price list takes 10 % off whatever does not state its discount.
    expect(order?.lines).toMatchObject([
      { sku: 'TEE', quantity: 2, priceUnit: 19.99, discount: 0, taxes: [], name: 'Tee, “röd”' },
    ]);
  });

  it('is made once by the same key, however often and from whichever process', async () => {
    const world = aWorld(version);
    const one = await world.erp.orders.create(draftFor(world), key);
    const again = await world.erp.orders.create(draftFor(world), key);
    const elsewhere = await world.connect().orders.create(draftFor(world), key);
    expect([again, elsewhere]).toEqual([one, one]);
    expect(world.state.saleOrders).toHaveLength(1);
  });

  it('is made once by two processes at the same moment', async () => {
    const world = aWorld(version);
    const refs = await Promise.all(
      [world.erp, world.connect(), world.connect()].map((erp) => erp.orders.create(draftFor(world), key)),
    );
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(world.state.saleOrders).toHaveLength(1);
    expect(world.state.pickings).toHaveLength(1);
  });

  it('is its own, not a double, when another process made it in between', async () => {
    const world = aWorld(version);
    world.platform.faults.next('ir.model.data.check_object_reference', { kind: 'slow', ms: 30_000 });
    const slow = world.erp.orders.create(draftFor(world), key);
    const quick = await world.connect().orders.create(draftFor(world), key);
    expect(await slow).toEqual(quick);
    expect(world.state.saleOrders).toHaveLength(1);
  });

  it.each(['sale.order.load', 'sale.order.action_confirm', 'sale.order.write'])(
    'is made once when the answer to %s is lost',
    async (operation) => {
      const world = aWorld(version);
      world.platform.faults.next(operation, { kind: 'drop', when: 'after' });
      await world.erp.orders.create(draftFor(world), key);
      expect(world.state.saleOrders).toMatchObject([{ state: 'sale', dateOrder: '2026-11-20 09:15:00' }]);
      expect(world.state.pickings).toHaveLength(1);
    },
  );

  it.each(['sale.order.read', 'sale.order.action_confirm', 'sale.order.write'])(
    'goes on with its key when the process died before %s',
    async (operation) => {
      const world = aWorld(version);
      const revive = world.platform.faults.always(operation, { kind: 'drop', when: 'before' });
      await expect(world.erp.orders.create(draftFor(world), key)).rejects.toSatisfy((error) => isCommerceError(error));
      expect(world.state.saleOrders).toHaveLength(1);
      revive();
      await world.connect().orders.create(draftFor(world), key);
      expect(world.state.saleOrders).toMatchObject([
        { state: 'sale', dateOrder: '2026-11-20 09:15:00', amountTotal: 39.98 },
      ]);
    },
  );

  it('is not changed back by a repeat after a person changed it', async () => {
    const world = aWorld(version);
    const ref = await world.erp.orders.create(draftFor(world), key);
    const { state } = world;
    state.ship(state.saleOrders[0]?.name ?? '');
    await world.connect().orders.create(draftFor(world), key);
    expect(state.saleOrders).toMatchObject([{ id: Number(ref.id), deliveryStatus: 'full' }]);
  });

  it('has carriage, fees, reductions and taxes as lines that sum up to the cent', async () => {
    const world = aWorld(version);
    const draft = draftFor(world, {
      lines: [
        aLine({
          sku: 'TEE',
          quantity: 3,
          price: '19.99',
          total: '50.00',
          discounts: [aDiscount('9.97')],
          taxes: [aTax('0.20', '10.00')],
        }),
        aLine({ id: 'line-2', sku: 'CAP', price: '20.00', total: '18.00', taxes: [aTax('0.20', '3.60')] }),
      ],
      shippingLines: [
        {
          id: 's',
          title: 'UPS, Ground',
          price: eur('7.50'),
          discounts: [],
          taxes: [aTax('0.20', '1.50')],
          total: eur('7.50'),
        },
      ],
      feeLines: [{ id: 'f', title: 'Gift wrap', price: eur('2.00'), taxes: [], total: eur('2.00') }],
    });
    await world.erp.orders.create(draft, key);
    expect(world.state.saleOrders[0]).toMatchObject({ state: 'sale', amountTotal: 92.6, amountTax: 15.1 });
    expect(
      world.state.saleOrders[0]?.lines.map(({ sku, discount, priceUnit, isDelivery }) => [
        sku,
        priceUnit,
        discount,
        isDelivery,
      ]),
    ).toEqual([
      ['TEE', 19.99, 0, false],
      ['OFF', -9.97, 0, false],
      ['CAP', 20, 10, false],
      ['SHIP', 7.5, 0, true],
      ['FEE', 2, 0, false],
    ]);
  });

  it('may have prices that hold the tax', async () => {
    const world = aWorld(version);
    const lines = [aLine({ sku: 'TEE', quantity: 2, price: '12.00', taxes: [aTax('0.2', '4.00')] })];
    await world.erp.orders.create(draftFor(world, { lines, taxesIncluded: true }), key);
    expect(world.state.saleOrders).toMatchObject([{ amountTotal: 24, amountTax: 4, state: 'sale' }]);
  });
});

describe('an order that Odoo or the catalogue does not fit', () => {
  it('is not booked for nothing when its channel states no amounts', async () => {
    const world = aWorld();
    const unknown = draftFor(world, { lines: [aLine({ sku: 'TEE', price: '0.00' })], amounts: 'not-stated' });
    for (let time = 0; time < 2; time++) {
      await expect(world.erp.orders.create(unknown, key)).rejects.toMatchObject({
        code: 'money.invalid',
        refs: [unknown.source],
        message: expect.stringContaining('Wait until the channel states them'),
      });
    }
    expect(world.state.saleOrders).toEqual([]);
    // The zeros used the key for nothing: the order is made with it when its amounts are known.
    await world.erp.orders.create(draftFor(world), key);
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale', amountTotal: 39.98 }]);
  });

  it('is booked for nothing when nothing is what its channel states', async () => {
    const world = aWorld();
    await world.erp.orders.create(draftFor(world, { lines: [aLine({ sku: 'TEE', price: '0.00' })] }), key);
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale', amountTotal: 0 }]);
  });

  it('names every SKU that is unknown, and leaves nothing behind', async () => {
    const world = aWorld();
    const lines = [aLine({ sku: 'TEE' }), aLine({ id: '2', sku: 'NOPE-1' }), aLine({ id: '3', sku: 'NOPE-2' })];
    const made = world.erp.orders.create(draftFor(world, { lines }), key);
    await expect(made).rejects.toMatchObject({ code: 'sku.unknown', details: { skus: ['NOPE-1', 'NOPE-2'] } });
    expect(world.state.saleOrders).toEqual([]);
  });

  it('asks for the products of an order once', async () => {
    const world = aWorld();
    await world.erp.orders.create(
      draftFor(world, { lines: [aLine({ sku: 'TEE' }), aLine({ id: '2', sku: 'CAP' })] }),
      key,
    );
    expect(world.platform.journal.of('product.product.search_read')).toHaveLength(1);
  });

  it('stays a quotation when its total is another one, and goes on when a person corrected it', async () => {
    const world = aWorld();
    // 10.03 + 20 % is 12.04 in Odoo; the channel says 12.03.
    const lines = [aLine({ sku: 'TEE', price: '10.03', taxes: [aTax('0.2', '2.00')] })];
    const draft = draftFor(world, { lines });
    await expect(world.erp.orders.create(draft, key)).rejects.toMatchObject({
      code: 'totals.mismatch',
      message: expect.stringContaining('odoo({ roundingProduct })') as unknown,
    });
    expect(world.state.saleOrders).toMatchObject([{ state: 'draft' }]);
    await expect(world.erp.orders.create(draft, key)).rejects.toMatchObject({ code: 'totals.mismatch' });
    expect(world.state.saleOrders).toMatchObject([{ state: 'draft', amountTotal: 12.04 }]);
    expect(world.state.pickings).toEqual([]);
  });

  it('has a line for a cent of rounding where the options name a product for it', async () => {
    const world = aWorld('19.0', { roundingProduct: 'ROUND' });
    const lines = [aLine({ sku: 'TEE', price: '10.03', taxes: [aTax('0.2', '2.00')] })];
    const draft = draftFor(world, { lines });
    await world.erp.orders.create(draft, key);
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale', amountTotal: 12.03 }]);
    await world.connect({ roundingProduct: 'ROUND' }).orders.create(draft, key);
    expect(world.state.saleOrders[0]?.lines.map(({ sku, priceUnit }) => [sku, priceUnit])).toEqual([
      ['TEE', 10.03],
      ['ROUND', -0.01],
    ]);
  });

  it('is not evened out by more than rounding', async () => {
    const world = aWorld('19.0', { roundingProduct: 'ROUND' });
    const lines = [aLine({ sku: 'TEE', price: '10.00', taxes: [aTax('0.2', '1.90')] })];
    await expect(world.erp.orders.create(draftFor(world, { lines }), key)).rejects.toMatchObject({
      code: 'totals.mismatch',
    });
    // A difference that no rounding makes is not said to be one.
    const other = draftFor(aWorld(), { lines });
    await expect(aWorld().erp.orders.create(other, key)).rejects.toMatchObject({
      message: expect.not.stringContaining('roundingProduct') as unknown,
    });
  });

  it('is a double under another key, and a reused key with another source', async () => {
    const world = aWorld();
    await world.erp.orders.create(draftFor(world), key);
    const double = world.erp.orders.create(draftFor(world), { idempotencyKey: 'another' });
    await expect(double).rejects.toMatchObject({ code: 'record.duplicate' });
    const other = draftFor(world, { source: { system: 'shop', kind: 'order', id: '5002' } });
    await expect(world.erp.orders.create(other, key)).rejects.toMatchObject({ code: 'key.reused' });
    expect(world.state.saleOrders).toHaveLength(1);
  });

  it('is refused for a customer that is not there', async () => {
    const world = aWorld();
    const draft = draftFor(world, { customer: { system: 'odoo', kind: 'customer', id: '4711' } });
    await expect(world.erp.orders.create(draft, key)).rejects.toMatchObject({ code: 'customer.missing' });
  });

  it('is refused when its currency is another one there', async () => {
    const world = aWorld('19.0', { pricelists: {} });
    await expect(world.erp.orders.create(draftFor(world), key)).rejects.toMatchObject({ code: 'totals.mismatch' });
    expect(world.state.saleOrders).toMatchObject([{ state: 'draft' }]);
  });
});

describe('addresses of an order', () => {
  const shippingAddress = {
    name: 'Zoë (work)',
    lines: ['500 5th Ave', 'Fl 3', 'Door, left'],
    city: 'New York',
    subdivision: 'NY',
    postalCode: '10110',
    countryCode: 'US',
  };

  it('are kept once, however many orders go there', async () => {
    const world = aWorld();
    await world.erp.orders.create(draftFor(world, { shippingAddress }), key);
    const source = { system: 'shop', kind: 'order', id: '2' } as const;
    await world.erp.orders.create(draftFor(world, { shippingAddress, source }), { idempotencyKey: 'second' });
    const added = world.state.partners.filter(({ name }) => name === 'Zoë (work)');
    expect(added).toMatchObject([
      { street: '500 5th Ave', street2: 'Fl 3, Door, left', zip: '10110', type: 'delivery' },
    ]);
  });

  it('are kept once where an order names one for the bill and for the parcel, whatever attempt makes them', async () => {
    const world = aWorld();
    const billingAddress = { ...shippingAddress };
    await world.erp.orders.create(draftFor(world, { billingAddress, shippingAddress }), key);
    expect(world.state.partners.filter(({ name }) => name === 'Zoë (work)')).toHaveLength(1);
    const [order] = world.state.records('sale.order');
    expect(order?.['partner_shipping_id']).toEqual(order?.['partner_invoice_id']);
  });

  it('are the customer’s own where they are the same', async () => {
    const world = aWorld();
    const before = world.state.partners.length;
    const billingAddress = {
      name: 'Zoë Doe, Ltd.',
      lines: ['1 Main St'],
      city: 'Boston',
      postalCode: '02101',
      countryCode: 'US',
    };
    await world.erp.orders.create(draftFor(world, { billingAddress }), key);
    expect(world.state.partners).toHaveLength(before);
  });

  it('are new ones when only the street is another', async () => {
    const world = aWorld();
    const order = (street: string, id: string) =>
      world.erp.orders.create(
        draftFor(world, {
          shippingAddress: { ...shippingAddress, lines: [street] },
          source: { system: 'shop', kind: 'order', id },
        }),
        { idempotencyKey: id },
      );
    await order('1st Ave', '1');
    await order('2nd Ave', '2');
    const added = world.state.partners.filter(({ name }) => name === 'Zoë (work)');
    expect(added.map(({ street }) => street)).toEqual(['1st Ave', '2nd Ave']);
  });

  it('keep a subdivision that Odoo does not list', async () => {
    const world = aWorld();
    await world.erp.orders.create(
      draftFor(world, { shippingAddress: { ...shippingAddress, subdivision: 'Nowhereland' } }),
      key,
    );
    expect(world.state.partners.at(-1)).toMatchObject({ street2: 'Fl 3, Door, left, Nowhereland' });
  });

  it('need a country that Odoo knows', async () => {
    const world = aWorld();
    const made = world.erp.orders.create(
      draftFor(world, { shippingAddress: { ...shippingAddress, countryCode: 'ZZ' } }),
      key,
    );
    await expect(made).rejects.toMatchObject({ code: 'address.invalid' });
    expect(world.state.saleOrders).toEqual([]);
  });
});

describe('a server that stumbles', () => {
  it('is asked again after a conflict, and has one order', async () => {
    const world = aWorld();
    world.state.conflictNext('sale.order.load', { times: 2 });
    world.state.conflictNext('sale.order.action_confirm');
    await world.erp.orders.create(draftFor(world), key);
    expect(world.state.saleOrders).toMatchObject([{ state: 'sale' }]);
  });

  it('is not trusted when a proxy answers for it', async () => {
    const world = aWorld();
    world.platform.faults.next('sale.order.load', {
      kind: 'fail-after',
      status: 502,
      body: '<html><h1>Bad Gateway</h1></html>',
    });
    await world.erp.orders.create(draftFor(world), key);
    expect(world.state.saleOrders).toHaveLength(1);
  });

  it('is waited for longer than it takes to commit', async () => {
    const world = aWorld();
    world.platform.faults.next('sale.order.load', { kind: 'slow', ms: 50_000 });
    await world.erp.orders.create(draftFor(world), key);
    expect(world.platform.journal.of('sale.order.load')).toHaveLength(1);
  });

  it.each(versions)('says that a key has expired on %s, and keeps it to itself', async (version) => {
    const world = aWorld(version);
    world.state.expireKey();
    const error = await world.erp.orders.create(draftFor(world), key).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'auth.rejected' });
    expect(JSON.stringify([(error as Error).message, (error as Error).stack])).not.toContain('odoo-api-key');
    expect(await world.erp.check()).toMatchObject({ ok: false });
  });
});
