import { describe, expect, it } from 'vitest';
import { draft, shipBobWithGoods } from './caller.ts';

describe('who may call', () => {
  it('says nothing to a stranger, nor to a token that may not', async () => {
    const { call } = shipBobWithGoods({ scopes: ['orders_read'] });
    expect(await call('GET', '/order', undefined, { authorization: 'Bearer other' })).toMatchObject({
      status: 401,
      body: null,
    });
    expect(await call('POST', '/order', draft('1'))).toMatchObject({ status: 403, body: null });
    expect((await call('GET', '/order')).status).toBe(200);
  });
});

describe('how often', () => {
  it('lets 150 requests through in any minute, and says when the next may come', async () => {
    const { call, clock, state } = shipBobWithGoods();
    for (let count = 1; count <= 100; count += 1) await call('GET', '/order');
    await clock.advance(30_000);
    for (let count = 1; count <= 50; count += 1) await call('GET', '/order');
    const refused = await call('GET', '/order');
    expect(refused).toMatchObject({
      status: 429,
      body: { statusCode: 429, message: expect.stringContaining('30 seconds') },
    });
    expect(refused.headers.get('x-retry-after')).toBe('30');
    await clock.advance(30_000);
    const allowed = await call('GET', '/order');
    expect(allowed.status).toBe(200);
    // The first hundred are out of the window, the fifty are still in it.
    expect(allowed.headers.get('x-remaining-calls')).toBe('99');
    expect(state.counts.throttled).toBe(1);
  });

  it('does not count what it refused', async () => {
    const { call, clock } = shipBobWithGoods({ requestsPerMinute: 1 });
    await call('GET', '/order');
    for (let count = 0; count < 5; count += 1) expect((await call('GET', '/order')).status).toBe(429);
    await clock.advance(60_000);
    expect((await call('GET', '/order')).status).toBe(200);
  });
});

describe('stock levels', () => {
  it('says where the next page is in the body', async () => {
    const { shipBob, call } = shipBobWithGoods();
    const { body } = await call('GET', '/inventory-level?PageSize=1');
    expect(body).toMatchObject({ items: [{ sku: 'TEE', total_fulfillable_quantity: 10 }], prev: null });
    const { next } = body as { next: string };
    expect(new URL(next).origin).toBe(shipBob.origin);
    const second = await call('GET', next.slice(`${shipBob.origin}/2026-01`.length));
    expect(second.body).toMatchObject({ items: [{ sku: 'MUG' }], next: null });
  });

  it('gives the same by place, without the word total', async () => {
    const { call } = shipBobWithGoods();
    expect((await call('GET', '/inventory-level/locations')).body).toMatchObject({
      items: [{ sku: 'TEE', locations: [{ on_hand_quantity: 10 }] }, {}],
    });
  });
});
