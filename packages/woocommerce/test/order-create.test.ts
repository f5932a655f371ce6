import { isCommerceError, type OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aDraftLine, euros } from './drafts.ts';
import { wooKey } from '@crossdock/testing';
import { shopWithGoods } from './world.ts';

type World = ReturnType<typeof shopWithGoods>;

const create = (shop: World['shop'], draft: OrderDraft, idempotencyKey = 'k') =>
  shop.orders.create(draft, { idempotencyKey });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (isCommerceError(error) ? error.code : 'no CommerceError'),
  );
const posts = ({ asked }: World) => asked().filter((one) => one === 'POST /orders').length;
const statuses = ({ state }: World) => state.orders.map(({ status }) => status);
const minute = 60_000;

/** A connector between whose calls something happens: just before the first one that `when` means. */
function shopBeside(world: World, method: string, path: string, what: () => unknown) {
  let isDone = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!isDone && request.method === method && new URL(request.url).pathname.includes(path)) {
      isDone = true;
      await what();
    }
    return world.fake.fetch(request);
  };
  return world.connect({ fetch });
}

describe('an order of another channel', () => {
  it('stands in the shop as it was bought, and took its goods once', async () => {
    const world = shopWithGoods();
    const wrap = { id: 'f-1', title: 'Gift wrap', price: euros('2.00'), taxes: [], total: euros('2.00') };
    const engraved = aDraftLine('MUG', 2, '5.00', { attributes: { engraving: 'Hi', _billing_email: 'x' } });
    const draft = aDraft(7, {
      lines: [aDraftLine('TEE', 3, '10.00'), engraved],
      feeLines: [wrap],
      note: 'Ring twice.',
      attributes: { gift: 'yes' },
      purchaseNumber: 'PO-9',
    });
    const { id } = await create(world.shop, draft);
    const order = world.state.order(Number(id));
    expect(order).toMatchObject({
      status: 'processing',
      createdVia: 'crossdock',
      customerId: 0,
      customerNote: 'Ring twice.',
    });
    expect(order?.shipping).toMatchObject({
      first_name: 'Jane',
      last_name: 'Roe',
      address_1: 'Elmstr. 12',
      country: 'DE',
    });
    expect(order?.lines[1]?.meta.map(({ key }) => key)).toContain('engraving');
    expect(order?.lines[1]?.meta.map(({ key }) => key)).not.toContain('_billing_email');
    expect([world.state.stockOf('TEE'), world.state.stockOf('MUG')]).toEqual([997, 998]);
    const read = await world.shop.orders.get({ system: 'woocommerce', kind: 'order', id });
    expect(read).toMatchObject({ paymentStatus: 'paid', attributes: { gift: 'yes' }, purchaseNumber: 'PO-9' });
    expect(read?.totals.total).toEqual(draft.totals.total);
    // The reference is what the order is found by, and no number of a gateway.
    expect(read?.transactions.map((transaction) => transaction.id)).toEqual([`payment-${id}`]);
  });

  it('waits on hold with its goods while nobody paid, unless the team ships such orders', async () => {
    const world = shopWithGoods();
    const unpaid = aDraft(1, { paymentStatus: 'authorized', transactions: [] });
    const { id } = await create(world.shop, unpaid);
    expect(world.state.order(Number(id))).toMatchObject({ status: 'on-hold', paidAt: undefined });
    expect(world.state.stockOf('TEE')).toBe(999);
    const other = aDraft(2, { paymentStatus: 'pending', transactions: [] });
    const made = await create(world.connect({ unpaidStatus: 'processing' }), other, 'k2');
    expect(world.statusOf(Number(made.id))).toBe('processing');
  });

  it('is sent without tax where the channel states its prices with it', async () => {
    const world = shopWithGoods();
    const tax = [{ title: 'MwSt', rate: '0.19', amount: euros('3.80'), owedBy: 'seller' as const }];
    const line = aDraftLine('TEE', 2, '11.90', { taxes: tax, total: euros('23.80') });
    const { id } = await create(world.shop, aDraft(1, { taxesIncluded: true, lines: [line], shippingLines: [] }));
    expect(world.state.order(Number(id))?.total).toBe(23_800_000n);
    expect(world.state.order(Number(id))?.lines[0]).toMatchObject({ subtotal: 20_000_000n, total: 20_000_000n });
  });

  it('shows a reduction as the difference of two prices', async () => {
    const world = shopWithGoods();
    const discounts = [{ kind: 'code' as const, title: 'SUMMER', code: 'SUMMER', amount: euros('3.00') }];
    const taxes = [{ title: 'MwSt', rate: '0.19', amount: euros('5.13'), owedBy: 'seller' as const }];
    const line = aDraftLine('TEE', 3, '10.00', { discounts, taxes, total: euros('27.00') });
    const { id } = await create(world.shop, aDraft(1, { lines: [line] }));
    expect(world.state.order(Number(id))?.lines[0]).toMatchObject({ subtotal: 30_000_000n, total: 27_000_000n });
  });
});

const taxed = (amount: string) => [{ title: 'MwSt', rate: '0.19', amount: euros(amount), owedBy: 'seller' as const }];

describe('amounts that the shop makes otherwise', () => {
  it.each([
    ['another tax', aDraft(1, { lines: [aDraftLine('TEE', 1, '10.00', { taxes: taxed('0.70') })] })],
    [
      'the tax of one line on another',
      aDraft(1, {
        lines: [
          aDraftLine('TEE', 1, '10.00', { taxes: taxed('2.40') }),
          aDraftLine('MUG', 1, '5.00', { taxes: taxed('0.45') }),
        ],
      }),
    ],
    ['no tax at all', aDraft(1, { lines: [aDraftLine('TEE', 1, '10.00', { taxes: [] })], shippingLines: [] })],
    [
      'two cents too many',
      aDraft(1, { lines: [aDraftLine('TEE', 1, '10.00', { taxes: taxed('1.92') })], shippingLines: [] }),
    ],
  ])('leave nothing behind that ships: %s', async (_what, draft) => {
    const world = shopWithGoods();
    for (const shop of [world.shop, world.connect()]) {
      const seen = expect.stringMatching(/WooCommerce reckons .* of tax on .*, and the channel says/);
      await expect(create(shop, draft)).rejects.toMatchObject({ code: 'totals.mismatch', message: seen });
      expect([statuses(world), world.state.stockOf('TEE')]).toEqual([[], 1000]);
    }
    expect(world.state.orders).toEqual([]);
  });

  it('may be off by the cent that each tax is rounded by', async () => {
    const world = shopWithGoods();
    const lines = [aDraftLine('TEE', 1, '10.00', { taxes: taxed('1.91') })];
    await create(world.shop, aDraft(1, { lines, shippingLines: [] }));
    expect(statuses(world)).toEqual(['processing']);
  });

  it('are told of an order that an earlier call left, and a person corrects it', async () => {
    const world = shopWithGoods();
    const draft = aDraft(1, { lines: [aDraftLine('TEE', 1, '10.00')] });
    world.fake.faults.next('POST /orders', { kind: 'late', ms: 20_000 });
    expect(await codeOf(create(world.shop, draft))).toBe('write.uncertain');
    await world.clock.advance(2 * minute);
    const [order] = world.state.orders;
    world.state.addTaxRate({ country: 'DE', rate: '7', name: 'Other' });
    const response = await world.fake.fetch(`https://shop.example/wp-json/wc/v3/orders/${order?.id}`, {
      method: 'PUT',
      headers: { authorization: `Basic ${btoa(credentials)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ line_items: [{ id: order?.lines[0]?.id, total: '9.00' }] }),
    });
    expect(response.status).toBe(200);
    await world.clock.advance(2 * minute);
    await expect(create(world.connect(), draft)).rejects.toThrow(`Order "${order?.id}" stays pending there`);
    expect([statuses(world), world.state.stockOf('TEE')]).toEqual([['pending'], 1000]);
  });

  it('are taken for wrong where a product goes away before the order is sent', async () => {
    const world = shopWithGoods();
    const id = world.state.product('MUG')?.id;
    const shop = shopBeside(world, 'POST', '/orders', () =>
      world.fake.fetch(`https://shop.example/wp-json/wc/v3/products/${id}?force=true`, {
        method: 'DELETE',
        headers: { authorization: `Basic ${btoa(credentials)}` },
      }),
    );
    expect(await codeOf(create(shop, aDraft(1, { lines: [aDraftLine('MUG', 2, '5.00')] })))).toBe('totals.mismatch');
    expect(world.state.orders).toEqual([]);
  });
});

describe('what is refused before anything is sent', () => {
  const comma = { amount: '12,50', currency: 'EUR' };

  it.each<[string, OrderDraft, string]>([
    ['a comma in a price', { ...aDraft(1), lines: [aDraftLine('TEE', 1, '10.00', { total: comma })] }, 'money.invalid'],
    [
      'sums that do not add up',
      aDraft(1, { totals: { ...aDraft(1).totals, total: euros('99.00') } }),
      'totals.mismatch',
    ],
    ['a line without SKU', aDraft(1, { lines: [withoutSku()] }), 'sku.missing'],
    [
      'half a unit',
      aDraft(1, { lines: [aDraftLine('TEE', 1, '10.00', { quantity: 0.5, total: euros('5.00') })] }),
      'record.rejected',
    ],
    ['an order of nothing', aDraft(1, { lines: [aDraftLine('TEE', 0, '10.00')] }), 'record.rejected'],
    [
      'a customer of another system',
      aDraft(1, { customer: { system: 'erp', kind: 'customer', id: '7' } }),
      'customer.missing',
    ],
  ])('%s', async (_what, draft, code) => {
    const world = shopWithGoods();
    expect(await codeOf(create(world.shop, draft))).toBe(code);
    expect(world.asked()).toEqual([]);
  });

  it.each(['NOBODY-KNOWS-THIS', 'tee'])('a SKU that the shop does not have to the letter: %s', async (sku) => {
    const world = shopWithGoods();
    expect(await codeOf(create(world.shop, aDraft(1, { lines: [aDraftLine(sku, 1, '10.00')] })))).toBe('sku.unknown');
    expect(posts(world)).toBe(0);
  });

  it('the parent of variations, which is no goods', async () => {
    const world = shopWithGoods();
    const { id } = world.state.addProduct({ sku: 'SHIRT', type: 'variable' });
    world.state.addVariation(id, { sku: 'SHIRT-RED', price: '10.00', stock: 5, option: 'Red' });
    expect(await codeOf(create(world.shop, aDraft(1, { lines: [aDraftLine('SHIRT', 1, '10.00')] })))).toBe(
      'record.rejected',
    );
    expect(posts(world)).toBe(0);
    await create(world.shop, aDraft(1, { lines: [aDraftLine('SHIRT-RED', 1, '10.00')] }));
    expect(world.state.stockOf('SHIRT-RED')).toBe(4);
  });

  it('a customer that the shop does not have', async () => {
    const world = shopWithGoods();
    const draft = aDraft(1, { customer: { system: 'woocommerce', kind: 'customer', id: '4711' } });
    expect(await codeOf(create(world.shop, draft))).toBe('customer.missing');
    expect(world.state.orders).toEqual([]);
  });
});

describe('an order that is sent again', () => {
  it.each(['cancelled', 'completed', 'refunded', 'pending'])(
    'stays as somebody set it meanwhile: %s',
    async (status) => {
      const world = shopWithGoods();
      const made = await create(world.shop, aDraft(1));
      world.state.setStatus(Number(made.id), status);
      const stock = world.state.stockOf('TEE');
      await world.clock.advance(2 * minute);
      expect(await create(world.connect(), aDraft(1))).toEqual(made);
      expect([statuses(world), world.state.stockOf('TEE')]).toEqual([[status], stock]);
    },
  );

  it('is not made anew where somebody put it into the trash, or deleted its product', async () => {
    const world = shopWithGoods();
    const made = await create(world.shop, aDraft(1));
    world.state.trash(Number(made.id));
    expect(await create(world.connect(), aDraft(1))).toEqual(made);
    expect(world.state.orders).toHaveLength(1);
  });

  it('is told from another one under its key, and from one of another key', async () => {
    const world = shopWithGoods();
    const made = await create(world.shop, aDraft(1));
    const edited = aDraft(1, { note: 'Another one.' });
    expect(await codeOf(create(world.connect(), edited))).toBe('key.reused');
    expect(await codeOf(create(world.connect(), edited, 'k2'))).toBe('record.duplicate');
    // Who paid how may have changed, and a number is of one order whatever the key.
    expect(await create(world.connect(), aDraft(1, { paymentStatus: 'partially-refunded' }))).toEqual(made);
    expect(await create(world.connect(), aDraft(1), 'k3')).toEqual(made);
    expect(world.state.orders).toHaveLength(1);
    world.state.setStatus(Number(made.id), 'cancelled');
    const next = await create(world.connect(), edited, 'k2');
    expect(next.id).not.toBe(made.id);
    expect(statuses(world)).toEqual(['cancelled', 'processing']);
  });
});

describe('two processes that make the same order at one moment', () => {
  it('make one: the second finds the first, and takes its own back', async () => {
    const world = shopWithGoods();
    let first = '';
    const shop = shopBeside(world, 'POST', '/orders', async () => {
      ({ id: first } = await create(world.connect(), aDraft(1)));
    });
    expect((await create(shop, aDraft(1))).id).toBe(first);
    expect([statuses(world), world.state.stockOf('TEE')]).toEqual([['processing'], 999]);
  });

  it('do not both set its status: the second waits until the first has had its time', async () => {
    const world = shopWithGoods();
    let code = '';
    const shop = shopBeside(world, 'PUT', '/orders/', async () => {
      code = await codeOf(create(world.connect(), aDraft(1)));
    });
    await create(shop, aDraft(1));
    expect(code).toBe('write.in-flight');
    expect([statuses(world), world.state.stockOf('TEE')]).toEqual([['processing'], 999]);
  });

  it('have a person look where one came so late that it was made twice, and nothing is deleted', async () => {
    const world = shopWithGoods();
    let late: Request | undefined;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method !== 'POST') return world.fake.fetch(request);
      late = new Request(request, { signal: null });
      throw new TypeError('fetch failed');
    };
    expect(await codeOf(create(world.connect({ fetch }), aDraft(1)))).toBe('write.uncertain');
    await world.clock.advance(minute);
    const made = await create(world.connect(), aDraft(1));
    if (late) await world.fake.fetch(late);
    const [, double] = world.state.orders;
    expect([statuses(world), world.state.stockOf('TEE')]).toEqual([['processing', 'pending'], 999]);
    const told = create(world.connect(), aDraft(1));
    await expect(told).rejects.toMatchObject({
      code: 'record.duplicate',
      message: expect.stringContaining(`"${double?.id}"`),
    });
    expect(world.state.orders).toHaveLength(2);
    world.state.setStatus(double?.id ?? 0, 'cancelled');
    expect(await create(world.connect(), aDraft(1))).toEqual(made);
  });

  it('are told that a shop does not find its orders, and nothing is left there', async () => {
    const world = shopWithGoods();
    world.state.settings.searchesTransactionIds = false;
    expect(await codeOf(create(world.shop, aDraft(1)))).toBe('options.invalid');
    expect(world.state.orders).toEqual([]);
  });
});

const credentials = `${wooKey.key}:${wooKey.secret}`;

function withoutSku() {
  const { sku: _none, ...line } = aDraftLine('TEE', 1, '10.00');
  return line;
}
