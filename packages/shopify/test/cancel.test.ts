import { describe, expect, it } from 'vitest';
import { refOf, shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'run-1/cancel' };

describe('canceling an order', () => {
  it('is asked for first, and done a moment later, without money going back', async () => {
    const { shop, state, clock, place } = shopWithGoods();
    const order = place();
    expect(await shop.orders.cancel(refOf(order.id), 'stock', key)).toEqual({ outcome: 'requested' });
    await clock.advance(5000);
    expect(state.order(order.id)).toMatchObject({ cancelReason: 'INVENTORY', financialStatus: 'PAID' });
    expect(await shop.orders.cancel(refOf(order.id), 'stock', key)).toEqual({ outcome: 'canceled' });
    expect((await shop.orders.get(refOf(order.id)))?.status).toBe('canceled');
  });

  it('does no harm when it is asked for again before it is done', async () => {
    const { shop, state, clock, place } = shopWithGoods();
    const order = place();
    await shop.orders.cancel(refOf(order.id), 'customer', key);
    expect((await shop.orders.cancel(refOf(order.id), 'customer', key)).outcome).toMatch(/requested|canceled/);
    await clock.advance(5000);
    expect(state.order(order.id).cancelReason).toBe('CUSTOMER');
  });

  it('survives a lost answer', async () => {
    const { fake, shop, state, clock, place } = shopWithGoods();
    const order = place();
    fake.faults.next('orderCancel', { kind: 'drop', when: 'after' });
    expect((await shop.orders.cancel(refOf(order.id), 'fraud', key)).outcome).toMatch(/requested|canceled/);
    await clock.advance(5000);
    expect(state.order(order.id).cancelReason).toBe('FRAUD');
  });

  it('is refused once something was shipped', async () => {
    const { shop, state, place } = shopWithGoods();
    const order = place();
    state.shipOrder(order.id);
    expect(await shop.orders.cancel(refOf(order.id), 'customer', key)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining('fulfillments'),
    });
    expect(state.order(order.id).cancelledAt).toBeUndefined();
  });

  it('knows no order that is not there', async () => {
    const { shop } = shopWithGoods();
    const act = shop.orders.cancel(refOf('gid://shopify/Order/404'), 'other', key);
    await expect(act).rejects.toMatchObject({ code: 'record.missing' });
  });

  it('lets be what is of another shop, and what is no order', async () => {
    const { shop, state, place } = shopWithGoods();
    const { id } = place();
    for (const ref of [{ ...refOf(id), system: 'other-shop' }, refOf('1042')]) {
      await expect(shop.orders.cancel(ref, 'customer', key)).rejects.toMatchObject({ code: 'record.missing' });
    }
    state.finishJobs();
    expect(state.order(id).cancelledAt).toBeUndefined();
  });
});
