import { checkTotals } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { refOf } from './shop.ts';
import { pullAll, shopWithGoods } from './world.ts';
import type { WooCommerceOptions } from '../src/index.ts';

const price = (sku: string, cents: number, quantity: number) => ({
  sku,
  quantity,
  unitPrice: (cents / 100).toFixed(2),
});

const one = { lines: [{ sku: 'TEE', quantity: 1 }] };

describe('a pull', () => {
  it('loses none of hundreds that were changed in one second, though some change while it reads', async () => {
    const { shop, state, clock, place } = shopWithGoods();
    const before = Array.from({ length: 30 }, () => place(one));
    await clock.advance(10_000);
    const atOnce = Array.from({ length: 450 }, () => place(one));
    await clock.advance(10_000);
    const after = Array.from({ length: 30 }, () => place(one));
    await clock.advance(60_000);
    let moved = 0;
    const { orders } = await pullAll(shop.orders.pull({}), async () => {
      // One of the second leaves it behind every page, whichever page it stood on.
      const id = atOnce[moved * 37];
      moved += 1;
      if (id !== undefined) state.touch(id);
      await clock.advance(1000);
    });
    const seen = new Set(orders.map(({ ref }) => Number(ref.id)));
    expect([...before, ...atOnce, ...after].filter((id) => !seen.has(id))).toEqual([]);
  });

  it.each([
    ['a plugin that hides a row of a page', 0, (world: World, ids: readonly number[]) => hiding(world, [ids[5] ?? 0])],
    [
      'a plugin that hides a row of a page, over the days',
      1000,
      (world: World, ids: readonly number[]) => hiding(world, [ids[5] ?? 0]),
    ],
    ['a host that allows 50 a page', 1000, capping],
    ['a host that allows 50 a page, in one second', 0, capping],
    ['a host that takes the headers away', 1000, withoutHeaders],
    ['a host that takes the headers away, in one second', 0, withoutHeaders],
  ])('loses none behind %s', async (_what, apartMs, behind) => {
    const world = shopWithGoods();
    const ids: number[] = [];
    for (let count = 0; count < 230; count += 1) {
      ids.push(world.place(one));
      if (apartMs > 0) await world.clock.advance(apartMs);
    }
    await world.clock.advance(600_000);
    const { orders } = await pullAll(world.connect({ fetch: behind(world, ids) }).orders.pull({}));
    const seen = new Set(orders.map(({ ref }) => Number(ref.id)));
    // What is hidden from every list is hidden from a pull as well.
    expect(ids.filter((id) => !seen.has(id))).toEqual(behind === capping || behind === withoutHeaders ? [] : [ids[5]]);
  });

  it('says so where a whole page is hidden, instead of ending before the others', async () => {
    const world = shopWithGoods();
    const ids = Array.from({ length: 130 }, () => world.place(one));
    const shop = world.connect({ fetch: hiding(world, ids.slice(0, 100)) });
    await expect(pullAll(shop.orders.pull({}))).rejects.toMatchObject({ code: 'response.unexpected' });
  });

  it('says so where the shop shows the same page whatever is asked for', async () => {
    const world = shopWithGoods();
    world.place(one);
    const fetch = answering(
      world,
      (url) => url.searchParams.delete('page'),
      () => ({ headers: {} }),
    );
    await expect(pullAll(world.connect({ fetch }).orders.pull({}))).rejects.toMatchObject({
      code: 'response.unexpected',
    });
  });

  it('reads all refunds of an order behind a host that allows fewer a page', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const [line] = world.state.order(id)?.lines ?? [];
    for (let count = 0; count < 3; count += 1) world.state.refund(id, { lines: [{ id: line?.id ?? 0, quantity: 1 }] });
    const fetch = answering(world, (url) => url.searchParams.set('per_page', '2'));
    const order = await world.connect({ fetch }).orders.get(refOf(id));
    expect(order?.lines.map(({ quantity }) => quantity)).toEqual([2]);
  });

  it('reads refunds once where neither headers nor pages come through', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const [line] = world.state.order(id)?.lines ?? [];
    world.state.refund(id, { lines: [{ id: line?.id ?? 0, quantity: 1 }] });
    let asked = 0;
    const fetch = answering(
      world,
      (url) => {
        asked += 1;
        if (asked > 20) throw new Error('It asks without an end.');
        url.searchParams.delete('page');
      },
      () => ({ headers: {} }),
    );
    const order = await world.connect({ fetch }).orders.get(refOf(id));
    expect(order?.lines.map(({ quantity }) => quantity)).toEqual([2, 2]);
    expect(order?.transactions.filter(({ kind }) => kind === 'refund')).toHaveLength(1);
  });

  it('passes over an order that is deleted for good between the list and its refunds', async () => {
    const world = shopWithGoods();
    const [id, other] = [world.place(), world.place()];
    world.state.refund(id, { lines: [{ id: world.state.order(id)?.lines[0]?.id ?? 0, quantity: 1 }] });
    const fetch = answering(world, (url) => {
      if (url.pathname.endsWith('/refunds')) world.state.forceDelete(id);
    });
    const { orders, problems } = await pullAll(world.connect({ fetch }).orders.pull({}));
    expect([orders.map(({ ref }) => Number(ref.id)), problems]).toEqual([[other], []]);
  });

  it('goes back behind its own start, and not behind a change that was made while it read', async () => {
    const { shop, state, clock, place } = shopWithGoods({ overlapMs: 5000 });
    const ids: number[] = [];
    for (let count = 0; count < 130; count += 1) {
      ids.push(place(one));
      await clock.advance(1000);
    }
    const startedAt = clock.now();
    const { cursors } = await pullAll(shop.orders.pull({}), async (page) => {
      if (page > 1) return;
      await clock.advance(3_600_000);
      state.touch(ids[129] ?? 0);
    });
    const { from } = JSON.parse(cursors.at(-1) ?? '') as { readonly from: string };
    expect(Date.parse(from)).toBeLessThanOrEqual(startedAt - 5000);
    expect(Date.parse(from)).toBeGreaterThan(startedAt - 7000);
  });

  it('goes on in another process in the middle of such a second', async () => {
    const { connect, clock, place } = shopWithGoods();
    const ids = Array.from({ length: 250 }, () => place(one));
    await clock.advance(600_000);
    // A process for every page.
    const seen = new Set<number>();
    let cursor: string | undefined;
    for (let process = 0; process < 8; process += 1) {
      for await (const page of connect().orders.pull({ cursor })) {
        for (const { ref } of page.items) seen.add(Number(ref.id));
        ({ cursor } = page);
        break;
      }
    }
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
  });

  it('that was finished is short the next time, and goes back as far as it was told', async () => {
    const { shop, clock, place, asked, fake } = shopWithGoods({ overlapMs: 5000 });
    place(one);
    await clock.advance(3_600_000);
    place(one);
    await clock.advance(60_000);
    const { cursors } = await pullAll(shop.orders.pull({}));
    const since = fake.journal.all.length;
    const { orders } = await pullAll(shop.orders.pull({ cursor: cursors.at(-1) }));
    expect(orders).toHaveLength(1);
    expect(asked(since)).toEqual(['GET /orders']);
  });

  it('brings canceled orders, and no carts and nothing from the trash', async () => {
    const { shop, state, place } = shopWithGoods();
    const [canceled, cart, trashed] = [place(one), place({ ...one, status: 'checkout-draft' }), place(one)];
    state.setStatus(canceled, 'cancelled');
    state.trash(trashed);
    const { orders } = await pullAll(shop.orders.pull({}));
    expect(orders.map(({ ref, status }) => [Number(ref.id), status])).toEqual([[canceled, 'canceled']]);
    expect(await shop.orders.get(refOf(cart))).toBeUndefined();
  });

  it('takes the hour from UTC, and not from the wall of a shop in Berlin', async () => {
    const { shop, clock, place } = shopWithGoods();
    place(one);
    await clock.advance(60_000);
    const updatedAfter = new Date(clock.now()).toISOString();
    await clock.advance(60_000);
    const id = place(one);
    const { orders } = await pullAll(shop.orders.pull({ updatedAfter }));
    expect(orders.map(({ ref }) => Number(ref.id))).toEqual([id]);
    expect(orders[0]?.placedAt).toBe(new Date(Math.floor(clock.now() / 1000) * 1000).toISOString().replace('.000', ''));
  });

  it('refuses a cursor and a moment of somebody else in words', async () => {
    const { shop, asked } = shopWithGoods();
    for (const since of [{ cursor: 'x' }, { updatedAfter: 'yesterday' }]) {
      await expect(pullAll(shop.orders.pull(since))).rejects.toMatchObject({ code: 'options.invalid' });
    }
    expect(asked()).toEqual([]);
  });

  it('reads the refunds of orders that have some, and leaves out what is not to leave', async () => {
    const { shop, state, place } = shopWithGoods();
    const id = place();
    const line = state.order(id)?.lines[0];
    state.refund(id, { lines: [{ id: line?.id ?? 0, quantity: 1 }] });
    const { orders } = await pullAll(shop.orders.pull({}));
    expect(orders[0]).toMatchObject({ paymentStatus: 'partially-refunded', lines: [{ quantity: 2 }, { quantity: 2 }] });
    expect(orders.flatMap((order) => checkTotals(order))).toEqual([]);
  });

  it.each([
    ['every line', false, false],
    ['the sum', true, false],
    ['every line, with prices that include tax', false, true],
    ['the sum, with prices that include tax', true, true],
  ])('of a shop that rounds %s adds up to the cent', async (_what, roundTaxAtSubtotal, pricesIncludeTax) => {
    const { shop, state, place } = shopWithGoods({}, { pricesIncludeTax });
    state.settings.roundTaxAtSubtotal = roundTaxAtSubtotal;
    for (let cents = 1; cents <= 60; cents += 1) {
      place({
        lines: [price('TEE', 97 * cents, 3), price('MUG', 13 * cents + 7, 1), price('TEE', cents, 7)],
        shippingLines: [{ total: (cents / 7).toFixed(2) }],
        feeLines: [{ name: 'Gift wrap', total: (cents / 9).toFixed(2) }],
        ...(cents % 3 === 0 && { couponLines: [{ code: `c${cents}`, amount: (cents / 11).toFixed(2) }] }),
      });
    }
    await expectToAddUp(shop, 60);
  });

  it.each([
    ['every line', false],
    ['the sum', true],
  ])(
    'of a shop whose prices include tax and that rounds %s has half a cent of tax as the shop has it',
    async (_what, atSubtotal) => {
      const { shop, state, place } = shopWithGoods({}, { pricesIncludeTax: true });
      state.settings.roundTaxAtSubtotal = atSubtotal;
      for (let count = 0; count < 60; count += 1) {
        place({
          lines: [price('TEE', 101 + 137 * count, 1 + (count % 4))],
          shippingLines: [{ total: `${1 + (count % 9)}.50` }],
          feeLines: [{ name: 'Gift wrap', total: `${count % 5}.50` }],
        });
      }
      await expectToAddUp(shop, 60);
    },
  );

  it.each([
    ['without', false],
    ['with', true],
  ])('of a shop that rounds goods and carriage as two sums, prices %s tax', async (_what, pricesIncludeTax) => {
    const { shop, state, place } = shopWithGoods({}, { pricesIncludeTax });
    state.settings.roundTaxAtSubtotal = true;
    for (let count = 0; count < 60; count += 1) {
      place({
        lines: [price('TEE', 1003 + 100 * count, 1), price('MUG', 77 * count + 5, 3)],
        shippingLines: [
          { total: '3.71', title: 'Parcel', methodId: 'a' },
          { total: '9.53', title: 'Freight', methodId: 'b' },
        ],
        feeLines: [{ name: 'Gift wrap', total: (count / 7).toFixed(2) }],
      });
    }
    await expectToAddUp(shop, 60);
  });
});

describe('one order', () => {
  it('in the trash is canceled, and deleted for good it is not there', async () => {
    const { shop, state, place } = shopWithGoods();
    const id = place();
    state.trash(id);
    expect(await shop.orders.get(refOf(id))).toMatchObject({ status: 'canceled', wireStatus: { status: 'trash' } });
    state.forceDelete(id);
    expect(await shop.orders.get(refOf(id))).toBeUndefined();
  });

  it.each([
    ['another system', { system: 'erp', kind: 'order', id: '1' }],
    ['a text', { system: 'woocommerce', kind: 'order', id: '1/notes' }],
    ['nothing', { system: 'woocommerce', kind: 'order', id: '0' }],
  ] as const)('of %s is not asked for', async (_what, ref) => {
    const { shop, asked } = shopWithGoods();
    expect(await shop.orders.get(ref)).toBeUndefined();
    expect(asked()).toEqual([]);
  });
});

describe('the way to the shop', () => {
  it('over http goes with signatures', async () => {
    const { shop, place } = shopWithGoods({ allowHttp: true }, { https: false, origin: 'http://shop.example' });
    place();
    expect(await shop.check()).toEqual({ ok: true });
    expect((await pullAll(shop.orders.pull({ updatedAfter: '2020-01-01T00:00:00Z' }))).orders).toHaveLength(1);
  });

  it('over a proxy that does not say https is named as the likely trouble', async () => {
    const { connect } = shopWithGoods({ allowHttp: true }, { https: false });
    const answer = await connect({ url: 'https://shop.example' }).check();
    expect(answer).toMatchObject({ ok: false, error: { code: 'auth.rejected' } });
    expect(!answer.ok && answer.error.message).toContain('does not see the request as https');
  });

  it('never has more calls on it than the host may serve, and keeps to what the host allows', async () => {
    const rate = { requests: 30, perMs: 60_000 };
    const { fake, shop, place } = shopWithGoods({ rate, concurrency: 2 }, { hostLimit: rate });
    const ids = Array.from({ length: 100 }, () => place(one));
    let [now, most] = [0, 0];
    const counted = shopWithGoods();
    const watching = counted.connect({
      fetch: async (...given) => {
        most = Math.max(most, ++now);
        await counted.clock.sleep(50);
        const response = await counted.fake.fetch(...given);
        now -= 1;
        return response;
      },
      concurrency: 2,
    });
    await Promise.all(ids.map((id) => watching.orders.get(refOf(id))));
    expect(most).toBe(2);
    const orders = await Promise.all(ids.map((id) => shop.orders.get(refOf(id))));
    expect(orders.every((order) => order !== undefined)).toBe(true);
    expect(fake.journal.all.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('during maintenance ends at once and says when to come back', async () => {
    const { shop, state, clock } = shopWithGoods();
    state.maintenance();
    const before = clock.now();
    expect(await shop.check()).toMatchObject({
      ok: false,
      error: { code: 'platform.unavailable', retryAfterMs: 600_000 },
    });
    expect(clock.now() - before).toBeLessThan(60_000);
  });
});

async function expectToAddUp(shop: World['shop'], count: number): Promise<void> {
  const { orders, problems } = await pullAll(shop.orders.pull({}));
  expect(problems).toEqual([]);
  expect(orders).toHaveLength(count);
  expect(orders.flatMap((order) => checkTotals(order).map(({ path, message }) => `${path}: ${message}`))).toEqual([]);
}

type World = ReturnType<typeof shopWithGoods>;
type Fetch = NonNullable<WooCommerceOptions['fetch']>;

/** The shop behind something that changes what is asked and what it answers. */
function answering(
  { fake }: World,
  ask: (url: URL) => void,
  change: (rows: readonly { readonly id: number }[]) => {
    readonly rows?: readonly unknown[];
    readonly headers?: Record<string, string>;
  } = () => ({}),
): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    ask(url);
    const response = await fake.fetch(new Request(url, request));
    const body: unknown = await response.json();
    if (!Array.isArray(body)) return Response.json(body, response);
    const { rows = body, headers = response.headers } = change(body);
    return Response.json(rows, { status: response.status, headers });
  };
}

function hiding(world: World, hidden: readonly number[]): Fetch {
  return answering(
    world,
    () => undefined,
    (rows) => ({ rows: rows.filter(({ id }) => !hidden.includes(id)) }),
  );
}

function capping(world: World): Fetch {
  return answering(world, ({ searchParams }) => {
    if (Number(searchParams.get('per_page')) > 50) searchParams.set('per_page', '50');
  });
}

function withoutHeaders(world: World): Fetch {
  return answering(
    world,
    () => undefined,
    () => ({ headers: {} }),
  );
}
