import { expect, it } from 'vitest';
import * as z from 'zod';
import { describeLive } from './describe-live.ts';
import { withId } from './shop-hand.ts';

const webhook = z.looseObject({ id: z.int(), status: z.string(), topic: z.string(), delivery_url: z.string() });

const addressOf = (run: string) => `https://receiver.example/${run}`;

/** What the connector takes for granted of webhooks. Nothing is delivered here: the shop would have to reach the test. */
describeLive('what the connector relies on of webhooks', (shop) => {
  it('are made switched on, whatever is asked for, ping whoever does not answer, and never show their secret', async () => {
    const { run, hand } = shop();
    const wanted = {
      name: `Live ${run}`,
      topic: 'order.updated',
      delivery_url: addressOf(run),
      secret: 'live',
      status: 'paused',
    };
    const made = await hand.write('POST', '/webhooks', webhook, wanted);
    expect(made).toMatchObject({ status: 'active', topic: 'order.updated', delivery_url: addressOf(run) });
    expect(made).not.toHaveProperty('secret');
    const paused = await hand.write('PUT', `/webhooks/${made.id}`, webhook, { status: 'paused' });
    expect(paused.status).toBe('paused');
    const path = `/webhooks?search=${run}&status=paused&_fields=id`;
    expect(await hand.read(path, z.array(withId))).toEqual([{ id: made.id }]);
  });

  it('of one topic and address are made again each time', async () => {
    const { run, hand } = shop();
    const wanted = { name: `Live twin ${run}`, topic: 'product.updated', delivery_url: addressOf(run), secret: 'live' };
    const [one, two] = [
      await hand.write('POST', '/webhooks', webhook, wanted),
      await hand.write('POST', '/webhooks', webhook, wanted),
    ];
    expect(one.id).not.toBe(two.id);
  });

  it('of an unknown topic are refused', async () => {
    const wanted = { topic: 'order.exploded', delivery_url: addressOf(shop().run) };
    expect(await shop().hand.ask('POST', '/webhooks', wanted)).toMatchObject({
      status: 400,
      body: { code: 'woocommerce_rest_shop_webhook_invalid_topic' },
    });
  });
});
