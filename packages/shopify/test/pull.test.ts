import { describe, expect, it } from 'vitest';
import { firstPage, pullAll, refOf, shopWithGoods } from './shop.ts';

// Hundreds of orders are made and read here; a busy machine takes its time.
describe('pulling orders', { timeout: 30_000 }, () => {
  it('gives every order once, oldest change first, over several pages', async () => {
    const { shop, place, clock } = shopWithGoods();
    const placed: string[] = [];
    for (let count = 0; count < 600; count += 1) {
      placed.push(place().id);
      if (count % 7 === 0) await clock.advance(1000);
    }
    const { orders } = await pullAll(shop.orders.pull({}));
    expect(orders.map(({ ref }) => ref.id).toSorted()).toEqual(placed.toSorted());
    const changes = orders.map(({ updatedAt }) => updatedAt);
    expect(changes).toEqual(changes.toSorted());
  });

  it('loses none of 700 orders that changed in the same second, also when it stops after every page', async () => {
    const { connect, place } = shopWithGoods();
    const placed = new Set(Array.from({ length: 700 }, () => place().id));
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let turn = 0; turn < 10 && seen.size < 700; turn += 1) {
      const page = await firstPage(connect(), { cursor });
      for (const { ref } of page.items) seen.add(ref.id);
      ({ cursor } = page);
    }
    expect(seen).toEqual(placed);
  });

  it('loses no order that moves while pages are read, and gives it in its last state', async () => {
    const { shop, state, place, clock } = shopWithGoods();
    const placed: string[] = [];
    for (let count = 0; count < 500; count += 1) placed.push(place().id);
    await clock.advance(5000);
    let pages = 0;
    const { orders } = await pullAll(shop.orders.pull({}), () => {
      pages += 1;
      if (pages > 1) return;
      // Orders from both pages change between them.
      for (const id of [placed[3], placed[499]]) if (id !== undefined) state.editOrder(id, { note: 'changed' });
    });
    const last = new Map(orders.map((order) => [order.ref.id, order]));
    expect(last.size).toBe(500);
    expect(last.get(placed[3] ?? '')?.note).toBe('changed');
    expect(last.get(placed[499] ?? '')?.note).toBe('changed');
  });

  it('goes on behind the saved cursor, with an overlap', async () => {
    const { shop, place, clock } = shopWithGoods();
    const old = place().id;
    await clock.advance(3_600_000);
    const recent = place().id;
    const { cursor } = await pullAll(shop.orders.pull({}));
    await clock.advance(30_000);
    const fresh = place().id;
    const again = await pullAll(shop.orders.pull({ cursor }));
    const ids = again.orders.map(({ ref }) => ref.id);
    expect(ids).toEqual([recent, fresh]);
    expect(ids).not.toContain(old);
  });

  it('finds a change that became visible two minutes late', async () => {
    const { fake, connect, place, clock, state } = shopWithGoods();
    place();
    await clock.advance(60_000);
    const late = place().id;
    await clock.advance(60_000);
    place();
    const hidden = hiding(fake.fetch, late);
    const first = await pullAll(connect({ fetch: hidden }).orders.pull({}));
    expect(first.orders.map(({ ref }) => ref.id)).not.toContain(late);
    const second = await pullAll(connect().orders.pull({ cursor: first.cursor }));
    expect(second.orders.map(({ ref }) => ref.id)).toContain(late);
    expect(state.orders).toHaveLength(3);
  });

  it('finds it also when the pull it was hidden from took an hour', async () => {
    const { fake, connect, place, clock } = shopWithGoods();
    const late = place().id;
    for (let count = 0; count < 251; count += 1) place();
    let pages = 0;
    const first = await pullAll(connect({ fetch: hiding(fake.fetch, late) }).orders.pull({}), async () => {
      pages += 1;
      if (pages > 1) return;
      // The first page takes an hour to handle, and the shop goes on selling.
      await clock.advance(3_600_000);
      place();
    });
    expect(pages).toBe(2);
    expect(first.orders.map(({ ref }) => ref.id)).not.toContain(late);
    const second = await pullAll(connect().orders.pull({ cursor: first.cursor }));
    expect(second.orders.map(({ ref }) => ref.id)).toContain(late);
  });

  it('does not trust a clock that runs ahead', async () => {
    const { connect, place, clock } = shopWithGoods();
    place();
    const ahead = { ...clock, now: () => clock.now() + 3_600_000 };
    const { cursor } = await pullAll(connect({ clock: ahead }).orders.pull({}));
    await clock.advance(60_000);
    const fresh = place().id;
    const again = await pullAll(connect({ clock: ahead }).orders.pull({ cursor }));
    expect(again.orders.map(({ ref }) => ref.id)).toContain(fresh);
  });

  it('starts at a moment, and refuses what is none', async () => {
    const { shop, place, clock } = shopWithGoods();
    place();
    await clock.advance(60_000);
    const updatedAfter = new Date(clock.now()).toISOString();
    const fresh = place().id;
    const { orders } = await pullAll(shop.orders.pull({ updatedAfter }));
    expect(orders.map(({ ref }) => ref.id)).toEqual([fresh]);
    await expect(firstPage(shop, { updatedAfter: 'yesterday' })).rejects.toMatchObject({ code: 'options.invalid' });
    await expect(firstPage(shop, { cursor: '{"from":7}' })).rejects.toMatchObject({ code: 'options.invalid' });
  });

  it('goes on past an order with a word that nobody mapped, and says which', async () => {
    const { shop, state, place } = shopWithGoods();
    const before = place().id;
    const strange = place().id;
    const after = place().id;
    state.useStatusWords(strange, { financial: 'BARTERED' });
    const { orders, problems } = await pullAll(shop.orders.pull({}));
    expect(orders.map(({ ref }) => ref.id)).toEqual(expect.arrayContaining([before, after]));
    expect(problems).toMatchObject([
      { ref: refOf(strange), error: { code: 'status.unmapped' }, version: expect.any(String) },
    ]);
  });

  it('costs 13 points for 250 ids, and three calls for the orders', async () => {
    const { fake, shop, place } = shopWithGoods();
    for (let count = 0; count < 250; count += 1) place();
    fake.journal.clear();
    await pullAll(shop.orders.pull({}));
    const documents = fake.journal.all.map(({ requestBody }) => /query (\w+)/.exec(requestBody)?.[1]);
    expect(documents.filter((name) => name === 'OrderIds')).toHaveLength(1);
    expect(documents.filter((name) => name === 'OrdersById')).toHaveLength(3);
  });
});

describe('pulling under load', { timeout: 30_000 }, () => {
  it('is never told that it asks too much, and leaves little of the allowance unused', async () => {
    const { fake, shop, place, clock } = shopWithGoods();
    for (let count = 0; count < 51; count += 1) place();
    // As far away as Shopify is; without it a simulated clock has no time in which answers arrive.
    fake.faults.always('*', { kind: 'slow', ms: 150 });
    const startedAt = clock.now();
    await Promise.all(Array.from({ length: 40 }, () => pullAll(shop.orders.pull({}))));
    const seconds = (clock.now() - startedAt) / 1000;
    const [points] = shop.usage();
    expect(points?.throttled).toBe(0);
    expect(fake.journal.all.some(({ status }) => status === 429)).toBe(false);
    // The full allowance at the start, and what flowed in since. https://shopify.dev/docs/api/usage/limits
    const published = 2000 + 100 * seconds;
    const spent = points?.spent ?? 0;
    expect(spent).toBeGreaterThan(4000);
    expect(spent).toBeLessThanOrEqual(published);
    expect(spent / published).toBeGreaterThan(0.95);
  });

  it('waits as long as a drained allowance takes to fill, and then goes on', async () => {
    const { fake, shop, place } = shopWithGoods();
    const placed = place().id;
    await shop.check();
    fake.state.drainBucket(0);
    const order = await shop.orders.get(refOf(placed));
    expect(order?.ref.id).toBe(placed);
    expect(shop.usage()[0]?.throttled).toBe(1);
  });
});

/** A shop whose search does not know one order yet. */
function hiding(fetch: typeof globalThis.fetch, id: string): typeof globalThis.fetch {
  const row = new RegExp(`\\{"id":"${id}","updatedAt":"[^"]*"\\},?`, 'g');
  return async (input, init) => {
    const response = await fetch(input, init);
    const text = await response.text();
    return new Response(text.replaceAll(row, '').replaceAll(',]', ']'), response);
  };
}
