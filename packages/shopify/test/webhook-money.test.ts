import type { Posting } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { refOf, shopWithGoods } from './shop.ts';

/** A shop whose deliveries of a topic are kept, and a connector that decodes the last of them. */
function listening(...topics: readonly string[]) {
  const scene = shopWithGoods();
  for (const topic of topics) scene.state.subscribe(topic, 'https://receiver.example/hooks');
  scene.fake.webhooks.deliver = async () => new Response();
  const decode = async (posting: Posting | undefined = scene.fake.webhooks.postings.at(-1)) => {
    if (!posting) throw new Error('The shop posted nothing.');
    const request = new Request('https://receiver.example/hooks', {
      method: 'POST',
      body: posting.body,
      headers: await posting.headers(scene.clock.now()),
    });
    const verified = await scene.shop.webhooks.verify(request);
    if (!verified.ok) throw new Error(`The delivery was refused: ${verified.reason}`);
    return scene.shop.webhooks.decode(verified.delivery);
  };
  return { ...scene, decode };
}

describe('a delivery about money and goods that come back', () => {
  it('of a refund states the refund', async () => {
    const { state, place, decode } = listening('refunds/create');
    const { id } = place();
    state.refundOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    const [refund] = state.refundsOf(id);
    expect(await decode()).toMatchObject([
      { type: 'refund.issued', data: { ref: { id: refund?.id }, order: { id }, total: { amount: '10.00' } } },
    ]);
  });

  it('of a return states the return as it is now', async () => {
    const { state, place, decode, fake } = listening('returns/request', 'returns/approve');
    const { id } = place();
    state.shipOrder(id);
    const { id: returnId } = state.openReturn(id, { requested: true });
    const asked = fake.webhooks.postings.at(-1);
    state.approveReturn(returnId);
    const now = [{ type: 'return.updated', data: { ref: { id: returnId }, status: 'approved' } }];
    expect(await decode(asked)).toMatchObject(now);
    expect(await decode()).toMatchObject(now);
  });

  it('of a transaction states the payment of its order', async () => {
    const { state, place, decode } = listening('order_transactions/create');
    const { id } = place({ payments: [{ kind: 'authorization' }] });
    state.captureOrder(id);
    expect(await decode()).toMatchObject([{ type: 'payment.updated', data: { order: { id }, status: 'paid' } }]);
  });

  it('of an edit states the order, found by a number that no float holds', async () => {
    const { shop, state, place, decode } = listening('orders/edited');
    const { id, lines } = place();
    state.editOrder(id, { quantities: { [lines[0]?.id ?? '']: 1 } });
    const events = await decode();
    expect(events.at(-1)).toMatchObject({ type: 'order.updated', data: { ref: { id } } });
    const number = id.replace(/\D/g, '');
    expect(Number.isSafeInteger(Number(number))).toBe(false);
    const body = `{"order_edit":{"id":1,"order_id":${number}}}`;
    const other = await shop.webhooks.decode({ deliveryId: '1', topic: 'orders/edited', body });
    expect(other).toEqual(events);
    const blank = shop.webhooks.decode({ deliveryId: '2', topic: 'orders/edited', body: '{}' });
    await expect(blank).rejects.toMatchObject({ code: 'webhook.malformed' });
  });

  it('of what is gone means nothing', async () => {
    const { shop } = listening();
    for (const [topic, type] of [
      ['refunds/create', 'Refund'],
      ['returns/close', 'Return'],
      ['order_transactions/create', 'OrderTransaction'],
    ] as const) {
      const body = `{"admin_graphql_api_id":"gid://shopify/${type}/404"}`;
      expect(await shop.webhooks.decode({ deliveryId: '1', topic, body })).toEqual([]);
      const wrong = shop.webhooks.decode({
        deliveryId: '1',
        topic,
        body: `{"admin_graphql_api_id":"${refOf('x').id}"}`,
      });
      await expect(wrong).rejects.toMatchObject({ code: 'webhook.malformed' });
    }
  });
});
