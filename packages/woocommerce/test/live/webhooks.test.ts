import { expect, it } from 'vitest';
import * as z from 'zod';
import { describeLive } from './describe-live.ts';

const standing = z.object({ id: z.int(), status: z.string(), topic: z.string(), delivery_url: z.string() });

describeLive('a subscription', (shop) => {
  it('makes what is missing, once, anew what was switched off, and leaves other addresses alone', async () => {
    const { run, hand, connect } = shop();
    const [address, elsewhere] = [`https://receiver.example/${run}`, `https://elsewhere.example/${run}`];
    const process = () => connect({ webhookSecrets: ['a1b2c3d4e5f6'] });
    await hand.write('POST', '/webhooks', standing, { topic: 'order.updated', delivery_url: elsewhere, secret: 'x' });
    const plan = { topics: ['order.created', 'order.updated'], address };
    const first = await process().webhooks.subscribe(plan, { idempotencyKey: 'hooks-1' });
    expect(first.map(({ topic, state }) => [topic, state])).toEqual([
      ['order.created', 'active'],
      ['order.updated', 'active'],
    ]);
    expect(await process().webhooks.subscribe(plan, { idempotencyKey: 'hooks-2' })).toEqual(first);
    const id = Number(first[0]?.ref.id);
    await hand.write('PUT', `/webhooks/${id}`, standing, { status: 'disabled' });
    const repaired = await process().webhooks.subscribe(plan, { idempotencyKey: 'hooks-3' });
    expect(repaired.every(({ state }) => state === 'active')).toBe(true);
    const there = (await hand.read('/webhooks?per_page=100', z.array(standing))).filter((each) =>
      each.delivery_url.includes(run),
    );
    expect(there.map(({ topic, delivery_url, status }) => `${status} ${topic} ${delivery_url}`).toSorted()).toEqual([
      `active order.created ${address}`,
      `active order.updated ${elsewhere}`,
      `active order.updated ${address}`,
    ]);
    expect(there.map((each) => each.id)).not.toContain(id);
  });
});
