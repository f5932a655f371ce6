import { wooKey } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { refOf, shippedOf } from './shop.ts';
import { shipmentOf, shopWithGoods } from './world.ts';

const whole = shipmentOf('s1', [{ lines: { TEE: 3, MUG: 2 }, tracking: '1Z-1' }]);
const tees = (id: string, units: number) => shipmentOf(id, [{ lines: { TEE: units }, tracking: `1Z-${id}` }]);

function confirmIn({ shop }: ReturnType<typeof shopWithGoods>, id: number) {
  return (shipment: typeof whole) =>
    shop.shipments.confirm({ order: refOf(id), shipment }, { idempotencyKey: shipment.number });
}

describe('an order in a status of a plugin', () => {
  it('that nobody gave a meaning to waits for a person, and nothing is written', async () => {
    const world = shopWithGoods();
    const id = world.place({ status: 'bartered' });
    await expect(confirmIn(world, id)(whole)).rejects.toMatchObject({ code: 'status.unmapped' });
    expect([world.statusOf(id), shippedOf(world.state, id)]).toEqual(['bartered', 0]);
  });

  it('that nobody paid is not completed, whatever the status means', async () => {
    const world = shopWithGoods({ statuses: { 'awaiting-deposit': 'on-hold', packed: 'allocated' } });
    for (const status of ['awaiting-deposit', 'packed']) {
      const id = world.place({ status });
      await confirmIn(world, id)(whole);
      expect([world.statusOf(id), shippedOf(world.state, id)]).toEqual([status, 5]);
      expect((await world.shop.orders.get(refOf(id)))?.paymentStatus).toBe('pending');
    }
  });

  it('that was paid is completed once everything left', async () => {
    const world = shopWithGoods({ statuses: { packed: 'allocated' } });
    const id = world.place({ status: 'packed', datePaid: '2026-11-01T00:00:00Z' });
    await confirmIn(world, id)(whole);
    expect(world.statusOf(id)).toBe('completed');
  });
});

/** An order of one line, with what happens to it. */
function threeTees() {
  const world = shopWithGoods();
  const id = world.place({ lines: [{ sku: 'TEE', quantity: 3 }] });
  const [line] = world.state.order(id)?.lines ?? [];
  const refund = (quantity: number) => world.state.refund(id, { lines: [{ id: line?.id ?? 0, quantity }] });
  return { ...world, id, refund, confirm: confirmIn(world, id) };
}

it('completes an order that the shop itself calls paid, without a day of payment', async () => {
  const world = shopWithGoods();
  const id = world.place();
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await world.fake.fetch(input, init);
    return new Response((await answer.text()).replace(/"date_paid_gmt":"[^"]*"/, '"date_paid_gmt":null'), answer);
  };
  await confirmIn({ ...world, shop: world.connect({ fetch }) }, id)(whole);
  expect(world.statusOf(id)).toBe('completed');
});

describe('a refund on a line of which a part has left', () => {
  it('is of what left, so the rest is still to leave', async () => {
    const { confirm, refund, statusOf, id, state } = threeTees();
    await confirm(tees('s1', 2));
    refund(2);
    await confirm(tees('s1', 2));
    expect(statusOf(id)).toBe('processing');
    await expect(confirm(tees('s2', 2))).rejects.toMatchObject({ code: 'record.rejected' });
    await confirm(tees('s2', 1));
    expect([statusOf(id), shippedOf(state, id)]).toEqual(['completed', 3]);
  });

  it('is of what is still to leave where it is more than what left', async () => {
    const { confirm, refund, statusOf, id } = threeTees();
    await confirm(tees('s1', 1));
    refund(2);
    await expect(confirm(tees('s2', 2))).rejects.toMatchObject({ code: 'record.rejected' });
    await confirm(tees('s2', 1));
    expect(statusOf(id)).toBe('completed');
  });

  it('before anything left takes off what is to leave, also once some left', async () => {
    const { confirm, refund, statusOf, id } = threeTees();
    refund(1);
    await confirm(tees('s1', 1));
    await expect(confirm(tees('s2', 2))).rejects.toMatchObject({ code: 'record.rejected' });
    await confirm(tees('s2', 1));
    expect(statusOf(id)).toBe('completed');
  });

  it('lets an amended shipment take no more than was open beside it', async () => {
    const { confirm, refund, statusOf, id, state } = threeTees();
    refund(1);
    await confirm(tees('s1', 1));
    await expect(confirm(tees('s1', 3))).rejects.toMatchObject({ code: 'record.rejected' });
    await confirm(tees('s1', 2));
    expect([statusOf(id), shippedOf(state, id)]).toEqual(['completed', 2]);
  });

  it('counts by when it was, and not by which shipment stands first on the order', async () => {
    const world = shopWithGoods();
    const id = world.place();
    const confirm = confirmIn(world, id);
    const mug = { lines: { MUG: 1 }, tracking: '1Z-m' };
    const amended = shipmentOf('s2', [mug, { lines: { TEE: 1 } }]);
    await confirm(shipmentOf('s2', [mug]));
    await confirm(tees('s1', 1));
    const [line] = world.state.order(id)?.lines ?? [];
    world.state.refund(id, { lines: [{ id: line?.id ?? 0, quantity: 2 }] });
    await confirm(amended);
    for (const shipment of [tees('s1', 1), amended]) await confirm(shipment);
    expect(shippedOf(world.state, id)).toBe(3);
  });

  it('counts no more once it was deleted', async () => {
    const { confirm, refund, statusOf, id, fake } = threeTees();
    const { id: refundId } = refund(1);
    await confirm(tees('s1', 1));
    const path = `https://shop.example/wp-json/wc/v3/orders/${id}/refunds/${refundId}?force=true`;
    const authorization = `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}`;
    expect((await fake.fetch(path, { method: 'DELETE', headers: { authorization } })).status).toBe(200);
    await confirm(tees('s2', 2));
    expect(statusOf(id)).toBe('completed');
  });
});
