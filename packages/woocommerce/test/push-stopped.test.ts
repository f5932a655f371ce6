import { describe, expect, it } from 'vitest';
import { shopWithGoods } from './world.ts';

type World = ReturnType<typeof shopWithGoods>;

const key = { idempotencyKey: 'push-1' };

const eur = (amount: string) => ({ amount, currency: 'EUR' });

describe('a push that is stopped', () => {
  const skus = Array.from({ length: 120 }, (_, index) => `S${index}`);
  const ways = [
    {
      port: 'stock',
      push: ({ shop }: World, signal: AbortSignal) =>
        shop.inventory.push(
          skus.map((sku) => ({ sku, available: 7 })),
          { ...key, signal },
        ),
      isWritten: ({ state }: World, sku: string) => state.stockOf(sku) === 7,
    },
    {
      port: 'prices',
      push: ({ shop }: World, signal: AbortSignal) =>
        shop.prices.push(
          skus.map((sku) => ({ sku, amount: eur('7.00') })),
          { ...key, signal },
        ),
      isWritten: ({ state }: World, sku: string) => state.product(sku)?.regularPrice === '7.00',
    },
  ] as const;

  /** A shop with 120 products, and a connector to it whose caller stops at a moment. */
  function stoppable(at: 'before a batch' | 'under way' | 'behind a batch') {
    const stop = new AbortController();
    const world = shopWithGoods();
    for (const sku of skus) world.state.addProduct({ sku, stock: 1, price: '1.00' });
    let lookups = 0;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes('/products?')) lookups += 1;
      if (at === 'behind a batch' && lookups === 2) stop.abort();
      const answer = await world.fake.fetch(request);
      if (at === 'before a batch' && lookups === 1) stop.abort();
      if (at === 'under way' && request.method === 'POST') stop.abort();
      return answer;
    };
    return { world: { ...world, shop: world.connect({ fetch }) }, signal: stop.signal };
  }

  it.each(ways)('behind its first batch answers for every item: $port', async ({ push, isWritten }) => {
    const { world, signal } = stoppable('behind a batch');
    const outcomes = await push(world, signal);
    const written = skus.filter((sku) => isWritten(world, sku));
    expect(written).toHaveLength(50);
    expect(outcomes.flatMap(({ item, ok }) => (ok ? [item.sku] : []))).toEqual(written);
    expect(outcomes.filter((one) => !one.ok && one.error.code !== 'call.aborted')).toEqual([]);
  });

  it.each(ways)('while a batch is under way leaves only that one in doubt: $port', async ({ push, isWritten }) => {
    const { world, signal } = stoppable('under way');
    const outcomes = await push(world, signal);
    const written = skus.filter((sku) => isWritten(world, sku));
    expect(written).toHaveLength(50);
    expect(outcomes.map((one) => (one.ok ? 'ok' : one.error.code))).toEqual(
      skus.map((sku) => (written.includes(sku) ? 'write.uncertain' : 'call.aborted')),
    );
  });

  it.each(ways)('before anything was sent says so: $port', async ({ push, isWritten }) => {
    const { world, signal } = stoppable('before a batch');
    await expect(push(world, signal)).rejects.toMatchObject({ code: 'call.aborted' });
    expect(skus.filter((sku) => isWritten(world, sku))).toEqual([]);
  });

  it('while it waits for its turn between products and variations answers for both', async () => {
    const stop = new AbortController();
    const { fake, clock, state, connect } = shopWithGoods();
    const parent = state.addProduct({ sku: 'SHIRT', type: 'variable' });
    state.addVariation(parent.id, { sku: 'SHIRT-RED', stock: 1, option: 'Red' });
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'POST') void clock.sleep(1000).then(() => stop.abort());
      return fake.fetch(request);
    };
    // The lookup and the batch of products are all that the host allows for a minute.
    const shop = connect({ fetch, rate: { requests: 2, perMs: 60_000 } });
    const outcomes = await shop.inventory.push(
      ['TEE', 'SHIRT-RED'].map((sku) => ({ sku, available: 7 })),
      { ...key, signal: stop.signal },
    );
    expect(outcomes.map((one) => (one.ok ? 'ok' : one.error.code))).toEqual(['ok', 'call.aborted']);
    expect([state.stockOf('TEE'), state.stockOf('SHIRT-RED')]).toEqual([7, 1]);
  });
});
