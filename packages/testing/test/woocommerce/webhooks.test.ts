import { readFileSync } from 'node:fs';
import { hmacText, type Json } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { cart, openShop } from './shop.ts';

const url = 'https://receiver.example/hooks';
const delayMs = 45_000;

/** A shop with a receiver that keeps what it gets. */
function listening(status = 200) {
  const world = openShop();
  const received: { readonly headers: Headers; readonly text: string }[] = [];
  const answer = { status };
  world.shop.webhooks.deliver = async (request) => {
    received.push({ headers: request.headers, text: await request.text() });
    return new Response(null, { status: answer.status });
  };
  const parsed = () => received.map(({ text }) => JSON.parse(text) as { readonly [key: string]: Json }); // JSON of the fake
  return { ...world, received, parsed, answer };
}

describe('webhooks', () => {
  it('asks the receiver of a new one without a signature, and makes it whatever it says', async () => {
    const { call, received, state } = listening(500);
    const { status } = await call('POST', 'webhooks', { topic: 'order.updated', delivery_url: url, secret: 's' });
    expect(status).toBe(201);
    expect(received).toHaveLength(1);
    expect(received[0]?.text).toBe('webhook_id=1');
    expect(received[0]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(received[0]?.headers.get('x-wc-webhook-signature')).toBeNull();
    expect(state.webhooks).toMatchObject([{ status: 'active', failures: 0 }]);
  });

  it('delivers with the headers that were recorded, and signs the body', async () => {
    const { state, clock, received } = listening();
    state.addWebhook({ topic: 'order.updated', url, secret: 'a&amp;b' });
    state.placeOrder(cart());
    await clock.advance(delayMs);
    const recorded = JSON.parse(readFileSync(new URL('samples/delivery.json', import.meta.url), 'utf8')) as {
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }; // our own recording
    const [delivery] = received;
    const names = Object.keys(recorded.headers).filter((name) => /^x-wc|^user-agent$|^content-type$/.test(name));
    expect(names.filter((name) => !delivery?.headers.has(name))).toEqual([]);
    for (const name of [
      'user-agent',
      'content-type',
      'x-wc-webhook-topic',
      'x-wc-webhook-resource',
      'x-wc-webhook-event',
    ]) {
      expect(delivery?.headers.get(name)).toBe(recorded.headers[name]);
    }
    expect(delivery?.headers.get('x-wc-webhook-signature')).toBe(
      await hmacText('SHA-256', 'a&b', delivery?.text ?? '', 'base64'),
    );
    expect(Object.keys(JSON.parse(delivery?.text ?? '{}') as object)).toEqual(
      Object.keys(JSON.parse(recorded.body) as object),
    );
    expect(delivery?.text).toContain('"_links":{"self":[{"href":"https:\\/\\/shop.example\\/wp-json');
  });

  it('tells of several changes once, as the order then is', async () => {
    const { state, clock, parsed } = listening();
    state.addWebhook({ topic: 'order.updated', url });
    const { id } = state.placeOrder({ ...cart(), status: 'pending' });
    state.setStatus(id, 'processing');
    await clock.advance(delayMs - 1);
    expect(parsed()).toEqual([]);
    expect(state.deliverables).toMatchObject([{ topic: 'order.updated', resourceId: id }]);
    state.setStatus(id, 'completed');
    await clock.advance(delayMs);
    expect(parsed()).toMatchObject([{ id, status: 'completed' }]);
  });

  it('signs a refusal in place of an order that is gone', async () => {
    const { state, clock, parsed } = listening();
    state.addWebhook({ topic: 'order.created', url });
    state.forceDelete(state.placeOrder(cart()).id);
    await clock.advance(delayMs);
    expect(parsed()).toEqual([
      { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } },
    ]);
  });

  it('gives the deliveries of one second one id', async () => {
    const { state, clock, received } = listening();
    state.addWebhook({ topic: 'order.created', url });
    state.placeOrder(cart());
    state.placeOrder(cart());
    await clock.advance(delayMs);
    await clock.advance(1000);
    state.placeOrder(cart());
    await clock.advance(delayMs);
    const ids = received.map(({ headers }) => headers.get('x-wc-webhook-delivery-id'));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('tells of a removal by the id alone, when it is to the trash and not when it is for good', async () => {
    const { state, clock, parsed } = listening();
    state.addWebhook({ topic: 'order.deleted', url });
    const { id } = state.placeOrder(cart());
    state.trash(id);
    state.forceDelete(state.placeOrder(cart()).id);
    await clock.advance(delayMs);
    expect(parsed()).toEqual([{ id }]);
  });

  it('tells of a sale as a change of the product, and of a variation by its own id', async () => {
    const { state, clock, parsed } = listening();
    const parent = state.addProduct({ sku: 'CAP', type: 'variable' });
    const variation = state.addVariation(parent.id, { sku: 'CAP-RED', price: '9.00', stock: 3, option: 'Red' });
    state.addWebhook({ topic: 'product.updated', url });
    state.placeOrder(cart('CAP-RED'));
    await clock.advance(delayMs);
    expect(parsed()).toMatchObject([{ id: variation.id, type: 'variation', parent_id: parent.id, stock_quantity: 2 }]);
  });

  it('tries once, and switches a webhook off with the seventh failure in a row', async () => {
    const { state, clock, received, answer, call } = listening(500);
    const { id } = state.addWebhook({ topic: 'order.created', url });
    for (let count = 1; count <= 7; count++) {
      expect(state.webhooks[0]?.status).toBe('active');
      state.placeOrder(cart());
      await clock.advance(delayMs);
      expect(received).toHaveLength(count);
    }
    expect(state.webhooks[0]?.status).toBe('disabled');

    await call('PUT', `webhooks/${id}`, { status: 'active' });
    state.placeOrder(cart());
    await clock.advance(delayMs);
    expect(state.webhooks[0]?.status).toBe('disabled');

    answer.status = 302;
    await call('PUT', `webhooks/${id}`, { status: 'active' });
    state.placeOrder(cart());
    await clock.advance(delayMs);
    expect(state.webhooks[0]).toMatchObject({ status: 'active', failures: 0 });
  });

  it('says nothing of an address that it will never deliver to', async () => {
    const { state, clock, received, call } = listening();
    await call('POST', 'webhooks', { topic: 'order.created', delivery_url: 'https://receiver.example:9099/x' });
    received.splice(0);
    state.placeOrder(cart());
    await clock.advance(delayMs);
    expect(received).toEqual([]);
    expect(state.webhooks[0]?.failures).toBe(1);
  });

  it('makes a webhook active whatever was sent, and says what is missing', async () => {
    const { state, call } = listening();
    const made = { topic: 'order.created', delivery_url: url, status: 'disabled' };
    expect((await call('POST', 'webhooks', made)).body).toMatchObject({
      status: 'active',
      name: 'Webhook created on Nov 23, 2026 @ 01:00 PM',
    });
    expect((await call('POST', 'webhooks', {})).body).toMatchObject({ data: { params: ['topic', 'delivery_url'] } });
    state.addWebhook({ topic: 'order.created', url, status: 'paused', name: 'Mine' });
    expect(state.webhooks.map(({ status, name }) => [status, name])).toContainEqual(['paused', 'Mine']);
  });

  it('signs with the secrets that the fake was given', () => {
    const { state } = openShop({ webhookSecrets: ['first', 'second'] });
    const secrets = [1, 2].map(() => state.addWebhook({ topic: 'order.created', url }).secret);
    expect(secrets).toEqual(['first', 'second']);
  });
});
