import { hmacText } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { decodedSecret } from '../src/webhook-verify.ts';
import { sampleDelivery, sampleOrders } from './samples.ts';
import { scriptedShop } from './shop.ts';

const secret = 'whsec-test';

function shopWith(answer: Parameters<typeof scriptedShop>[0] = () => ({ status: 500, body: {} })) {
  return scriptedShop(answer, { webhookSecrets: ['other', secret] });
}

function post(body: string, headers: Record<string, string>): Request {
  return new Request('https://hub.example/hooks', { method: 'POST', body, headers });
}

async function signed(body: string, change: Record<string, string> = {}, key = secret): Promise<Request> {
  const signature = await hmacText('SHA-256', key, body, 'base64');
  return post(body, { ...sampleDelivery.headers, 'x-wc-webhook-signature': signature, ...change });
}

async function deliveryIdOf(body: string, change: Record<string, string> = {}): Promise<string> {
  const verified = await shopWith().shop.webhooks.verify(await signed(body, change));
  if (!verified.ok) throw new Error(`The delivery was refused: ${verified.reason}`);
  return verified.delivery.deliveryId;
}

/** Of order 58, which went into the trash. */
function deleted(id: string): Promise<string> {
  const sent = id.repeat(32);
  return deliveryIdOf('{"id":58}', { 'x-wc-webhook-topic': 'order.deleted', 'x-wc-webhook-delivery-id': sent });
}

const delivery = (topic: string, body: string) => ({ deliveryId: 'd1', topic, body });

describe('a delivery', () => {
  it('that WooCommerce recorded is let in', async () => {
    const verified = await shopWith().shop.webhooks.verify(post(sampleDelivery.body, sampleDelivery.headers));
    expect(verified).toMatchObject({ ok: true, delivery: { topic: 'order.updated', body: sampleDelivery.body } });
  });

  it.each([
    ['with words that are no topic', 'evil jane@canary.example'],
    ['of an action that its body does not name', 'action.jane_canary'],
    ['of two topics', 'order.updated, order.deleted'],
  ])('%s is refused', async (_what, topic) => {
    const verified = await shopWith().shop.webhooks.verify(
      await signed('{"action":"woocommerce_x","arg":1}', { 'x-wc-webhook-topic': topic }),
    );
    expect(verified).toEqual({ ok: false, reason: 'headers' });
  });

  it('of an action is let in where its body names it', async () => {
    const topic = 'action.woocommerce_order_status_completed';
    const body = '{"action":"woocommerce_order_status_completed","arg":20}';
    const verified = await shopWith().shop.webhooks.verify(await signed(body, { 'x-wc-webhook-topic': topic }));
    expect(verified).toMatchObject({ ok: true, delivery: { topic } });
  });

  it('is refused without a secret of ours', async () => {
    const { shop } = scriptedShop(() => ({ body: {} }));
    const verified = await shop.webhooks.verify(post(sampleDelivery.body, sampleDelivery.headers));
    expect(verified).toEqual({ ok: false, reason: 'signature' });
  });

  it('of a secret with entities is signed with what they stand for', async () => {
    const { shop } = scriptedShop(() => ({ body: {} }), { webhookSecrets: ['a&amp;b&lt;&#039;&quot;c'] });
    expect(await shop.webhooks.verify(await signed('{"id":1}', {}, `a&b<'"c`))).toMatchObject({ ok: true });
    expect(await shop.webhooks.verify(await signed('{"id":1}', {}, 'a&amp;b&lt;&#039;&quot;c'))).toMatchObject({
      ok: false,
    });
  });

  it.each([
    ['plain', 'plain'],
    ['&amp;lt;', '&lt;'],
    ['&amp', '&amp'],
    ['&euro;', '&euro;'],
    ['&#x27;&#34;', `'"`],
    ['&#38;&#038;&#60;&#x3C;&#X3e;&#62;', '&&<<>>'],
    ['&AMP;&LT;&apos;', '&AMP;&LT;&apos;'],
    ['&#65;&#x41;&#;&#x;', '&#65;&#x41;&#;&#x;'],
    ['&#38;lt;', '&lt;'],
  ])('has "%s" decoded once, to "%s"', (written, meant) => {
    expect(decodedSecret(written)).toBe(meant);
  });
});

describe('the id of a delivery', () => {
  const one = JSON.stringify({ id: 57, status: 'processing', date_modified_gmt: '2026-11-23T12:50:35' });
  const other = JSON.stringify({ id: 58, status: 'processing', date_modified_gmt: '2026-11-23T12:50:35' });

  it('tells two orders apart that WooCommerce delivers in one second under one id', async () => {
    expect(await deliveryIdOf(one)).not.toBe(await deliveryIdOf(other));
  });

  it('tells two states of one order apart', async () => {
    expect(await deliveryIdOf(one)).not.toBe(await deliveryIdOf(one.replace('processing', 'completed')));
  });

  it('takes nothing from headers, which nobody signs', async () => {
    expect(await deliveryIdOf(one)).toBe(await deliveryIdOf(one, { 'x-wc-webhook-id': '2' }));
    expect(await deliveryIdOf(one)).toBe(
      await deliveryIdOf(one, { 'x-wc-webhook-topic': 'made_up.updated' }).then((id) =>
        id.replace('other', 'order.updated'),
      ),
    );
    expect(await deliveryIdOf(one, { 'x-wc-webhook-topic': 'made_up.updated' })).toBe(
      await deliveryIdOf(one, { 'x-wc-webhook-topic': 'invented.created' }),
    );
    expect(await deliveryIdOf('{"id":58}', { 'x-wc-webhook-delivery-id': 'jane@canary.example' })).not.toContain(
      'jane',
    );
  });

  it('tells goods apart from the order of the same content', async () => {
    expect(await deliveryIdOf(one)).not.toBe(await deliveryIdOf(one, { 'x-wc-webhook-topic': 'product.updated' }));
  });

  it('is the same when the same is delivered again', async () => {
    expect(await deliveryIdOf(one, { 'x-wc-webhook-delivery-id': 'a' })).toBe(
      await deliveryIdOf(one, { 'x-wc-webhook-delivery-id': 'b' }),
    );
  });

  it('tells a second deletion from the first, which say the same', async () => {
    expect(await deleted('a')).not.toBe(await deleted('b'));
    expect(await deleted('a')).toBe(await deleted('a'));
  });
});

describe('the question whether somebody is there', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  it.each([
    ['as WooCommerce asks it', 'webhook_id=12', form, 'ping'],
    ['with a charset', 'webhook_id=12', { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }, 'ping'],
    ['with more in it', 'webhook_id=12&x=1', form, 'headers'],
    ['that is long', `webhook_id=${'1'.repeat(200)}`, form, 'oversized'],
    ['with the header of a delivery', 'webhook_id=12', { ...form, 'x-wc-webhook-topic': 'order.updated' }, 'headers'],
    ['as JSON', 'webhook_id=12', { 'content-type': 'application/json' }, 'headers'],
  ])('%s', async (_what, body, headers, reason) => {
    expect(await shopWith().shop.webhooks.verify(post(body, headers))).toEqual({ ok: false, reason });
  });
});

describe('what a delivery means', () => {
  const order = sampleOrders.get('order-create-paid');

  it('is read anew, whatever it says', async () => {
    const { shop, asked } = shopWith(() => ({ body: order }));
    const events = await shop.webhooks.decode(delivery('order.updated', '{"id":20,"status":"pending"}'));
    expect(events.map(({ type }) => type)).toEqual(['order.placed', 'order.updated']);
    expect(asked.map(({ path }) => path)).toEqual(['/wp-json/wc/v3/orders/20?dp=6']);
  });

  it('is a cancellation where the order went into the trash', async () => {
    const { shop } = shopWith(() => ({ body: sampleOrders.get('order-get-trashed') }));
    const events = await shop.webhooks.decode(delivery('order.deleted', '{"id":39}'));
    expect(events.map(({ type }) => type)).toEqual(['order.updated', 'order.canceled']);
  });

  it('is nothing where the order was gone already', async () => {
    const { shop, asked } = shopWith();
    const gone = '{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID.","data":{"status":404}}';
    expect(await shop.webhooks.decode(delivery('order.updated', gone))).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is nothing where the order is deleted for good', async () => {
    const refused = { code: 'woocommerce_rest_shop_order_invalid_id', message: 'Invalid ID.', data: { status: 404 } };
    const { shop } = shopWith(() => ({ status: 404, body: refused }));
    expect(await shop.webhooks.decode(delivery('order.updated', '{"id":39}'))).toEqual([]);
  });

  it('is nothing for goods, and a question for a person where nobody reads the topic', async () => {
    const { shop } = shopWith();
    expect(await shop.webhooks.decode(delivery('product.updated', '{"id":1}'))).toEqual([]);
    for (const topic of ['customer.updated', 'action.woocommerce_order_status_completed']) {
      await expect(shop.webhooks.decode(delivery(topic, '{"id":1}'))).rejects.toMatchObject({
        code: 'webhook.unknown',
      });
    }
  });

  it('cannot be told without a number', async () => {
    const { shop } = shopWith();
    for (const body of ['{"id":"x"}', '{', '[]', '{"code":"other"}']) {
      await expect(shop.webhooks.decode(delivery('order.updated', body))).rejects.toMatchObject({
        code: 'webhook.malformed',
      });
    }
  });
});
