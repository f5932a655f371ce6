import { describe, expect, it } from 'vitest';
import { pullAll, refOf, shopWithGoods } from './shop.ts';

const manyLines = Array.from({ length: 120 }, (_, index) => ({
  sku: `SKU-${index}`,
  title: `Item ${index}`,
  quantity: 1,
  unitPrice: '1.00',
}));

type Asked = { readonly query: string; readonly variables: { readonly id?: string; readonly ids?: readonly string[] } };
type Answer = (asked: Asked, honest: () => Promise<string>) => Promise<string>;

/** A shop behind which somebody changes answers. */
function changing(fetch: typeof globalThis.fetch, change: Answer): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const asked: Asked = JSON.parse(await request.clone().text());
    const honest = async () => (await fetch(request)).text();
    return new Response(await change(asked, honest), { headers: { 'content-type': 'application/json' } });
  };
}

/** The shop breaks on one order: the answer lacks its node and says so, as recorded on API 2026-04. */
function brokenAt(asked: Asked, ids: readonly string[]): string | undefined {
  const wanted = asked.variables.ids ?? [];
  const at = wanted.findIndex((id) => ids.includes(id));
  if (at < 0 || !asked.query.includes('OrdersById')) return undefined;
  return JSON.stringify({
    data: { nodes: wanted.map(() => null) },
    errors: [
      {
        message: 'Internal error. Looks like something went wrong on our end.',
        path: ['nodes', at],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: '1' },
      },
    ],
  });
}

describe('a pull past one order that cannot be read', { timeout: 30_000 }, () => {
  it('gives the others when a line of its second page is malformed, and says where', async () => {
    const { fake, connect, place } = shopWithGoods();
    const before = place().id;
    const large = place({ lines: manyLines });
    const after = place().id;
    const fetch = changing(fake.fetch, async (asked, honest) => {
      const text = await honest();
      return asked.query.includes('query OrderLines') ? text.replace('"sku":"SKU-60"', '"sku":60') : text;
    });
    const { orders, problems } = await pullAll(connect({ fetch }).orders.pull({}));
    expect(orders.map(({ ref }) => ref.id)).toEqual([before, after]);
    expect(problems).toMatchObject([
      {
        ref: refOf(large.id),
        version: expect.any(String),
        error: { code: 'response.unexpected', message: expect.stringContaining('sku') },
      },
    ]);
  });

  it('gives the others when it became unreadable while its pages were read', async () => {
    const { fake, state, connect, place } = shopWithGoods();
    const large = place({ lines: manyLines });
    const after = place().id;
    await fake.clock.advance(60_000);
    let isChanged = false;
    const fetch = changing(fake.fetch, async (asked, honest) => {
      if (asked.query.includes('query OrderLines') && !isChanged) {
        isChanged = true;
        state.editOrder(large.id, { note: 'changed' });
      }
      const text = await honest();
      return isChanged ? text.replace('"note":"changed"', '"note":7') : text;
    });
    const { orders, problems } = await pullAll(connect({ fetch }).orders.pull({}));
    expect(orders.map(({ ref }) => ref.id)).toEqual([after]);
    expect(problems).toMatchObject([{ ref: refOf(large.id), error: { code: 'response.unexpected' } }]);
  });

  it('gives the others when Shopify itself breaks on it, on two of them in different calls too', async () => {
    const { fake, connect, place } = shopWithGoods();
    const placed = Array.from({ length: 120 }, () => place().id);
    const broken = placed.filter((_, index) => index === 17 || index === 80);
    const fetch = changing(fake.fetch, async (asked, honest) => brokenAt(asked, broken) ?? honest());
    const { orders, problems } = await pullAll(connect({ fetch }).orders.pull({}));
    expect(new Set(orders.map(({ ref }) => ref.id))).toEqual(new Set(placed.filter((id) => !broken.includes(id))));
    expect(orders).toHaveLength(118);
    expect(new Set(problems.map(({ ref }) => ref?.id))).toEqual(new Set(broken));
    expect(problems[0]).toMatchObject({
      version: expect.any(String),
      error: { code: 'platform.unavailable', message: expect.stringContaining('Internal error') },
    });
  });

  it('gives the others when Shopify breaks on its second page', async () => {
    const { fake, connect, place } = shopWithGoods();
    const large = place({ lines: manyLines });
    const after = place().id;
    const internal = JSON.stringify({
      data: { order: null },
      errors: [{ message: 'Internal error', path: ['order'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    const fetch = changing(fake.fetch, async (asked, honest) =>
      asked.query.includes('query OrderLines') ? internal : honest(),
    );
    const { orders, problems } = await pullAll(connect({ fetch }).orders.pull({}));
    expect(orders.map(({ ref }) => ref.id)).toEqual([after]);
    expect(problems).toMatchObject([{ ref: refOf(large.id), error: { code: 'platform.unavailable' } }]);
  });

  it('stops when Shopify breaks on everything: that is no order’s fault', async () => {
    const { fake, connect, place } = shopWithGoods();
    place();
    place();
    const internal = JSON.stringify({
      data: { nodes: null },
      errors: [{ message: 'Internal error', path: ['nodes'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    const fetch = changing(fake.fetch, async (asked, honest) =>
      asked.query.includes('nodes(ids') ? internal : honest(),
    );
    await expect(pullAll(connect({ fetch }).orders.pull({}))).rejects.toMatchObject({ kind: 'technical' });
  });
});
