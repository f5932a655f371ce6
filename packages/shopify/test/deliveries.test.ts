import { describe, expect, it } from 'vitest';
import { refOf, shopWithGoods } from './shop.ts';

const url = 'https://receiver.example/hooks';

describe('a shop that tells', () => {
  it('has its deliveries taken, and each is the events of the order as it is now', async () => {
    const { fake, shop, state, clock, place } = shopWithGoods();
    for (const topic of ['orders/create', 'orders/updated', 'orders/cancelled']) state.subscribe(topic, url);
    const requests: Request[] = [];
    fake.webhooks.deliver = async (request) => {
      requests.push(request);
      return new Response();
    };
    const order = place();
    state.cancelOrder(order.id, 'CUSTOMER');
    await clock.advance(60_000);
    expect(requests.length).toBeGreaterThanOrEqual(2);
    const ids = new Set<string>();
    for (const request of requests) {
      const verification = await shop.webhooks.verify(request);
      if (!verification.ok) throw new Error(`A delivery was refused: ${verification.reason}`);
      for (const event of await shop.webhooks.decode(verification.delivery)) {
        expect(event.data).toMatchObject({ ref: refOf(order.id), status: 'canceled' });
        ids.add(event.id);
      }
    }
    // Three deliveries and more, two facts: a fact that is learnt twice has one id, and what is canceled by now was
    // placed for nobody to work on.
    expect([...ids].map((id) => id.replace(/^.*\//, '').replace(/@.*/, '')).toSorted()).toEqual([
      'order.canceled',
      'order.updated',
    ]);
  });

  it('gives a delivery one id however often it is sent', async () => {
    const { fake, shop, state, clock, place } = shopWithGoods();
    state.subscribe('orders/create', url);
    const ids: string[] = [];
    fake.webhooks.deliver = async (request) => {
      const verification = await shop.webhooks.verify(request);
      if (verification.ok) ids.push(verification.delivery.deliveryId);
      return new Response('', { status: ids.length < 3 ? 500 : 200 });
    };
    place();
    await clock.advance(4 * 3_600_000);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('a shop with an app', () => {
  it('is entered with the app’s credentials, and again when the tokens run out', async () => {
    const { fake, state, connect, place } = shopWithGoods();
    const order = place();
    const { clientId, clientSecret } = state;
    const shop = connect({ accessToken: { clientId, clientSecret } });
    expect((await shop.orders.get(refOf(order.id)))?.ref.id).toBe(order.id);
    state.expireTokens();
    expect((await shop.orders.get(refOf(order.id)))?.ref.id).toBe(order.id);
    expect(fake.journal.all.filter(({ path }) => path.endsWith('/oauth/access_token'))).toHaveLength(2);
    const stranger = connect({ accessToken: { clientId, clientSecret: 'wrong' } });
    expect(await stranger.check()).toMatchObject({ ok: false, error: { code: 'auth.rejected' } });
  });
});

describe('an order that is not of this shop', () => {
  it.each([
    ['an id of another system', 'other', 'gid://shopify/Order/1'],
    ['an order number', 'shopify', '1001'],
    ['the id of something else', 'shopify', 'gid://shopify/Product/1'],
    ['half an id', 'shopify', 'gid://shopify/Order/'],
    ['an id with something behind it', 'shopify', 'gid://shopify/Order/1?x=2'],
  ])('is none, and nobody is asked: %s', async (_what, system, id) => {
    const { fake, shop, place } = shopWithGoods();
    place();
    expect(await shop.orders.get({ system, kind: 'order', id })).toBeUndefined();
    expect(fake.journal.all).toEqual([]);
  });
});

describe('a shop that moved on', () => {
  it('fails the check of a version that ended, and still answers', async () => {
    const { connect, place } = shopWithGoods();
    const order = place();
    const warnings: string[] = [];
    const shop = connect({ apiVersion: '2025-01', onWarning: ({ message }) => warnings.push(message) });
    expect(await shop.check()).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
    expect((await shop.orders.get(refOf(order.id)))?.ref.id).toBe(order.id);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('2025-01');
  });

  it.each([
    [402, 'access.denied'],
    [403, 'access.denied'],
    [423, 'access.denied'],
  ] as const)('says why it answers %i', async (status, code) => {
    const { shop, state } = shopWithGoods();
    state.answerWith(status);
    expect(await shop.check()).toMatchObject({ ok: false, error: { code } });
    state.answerWith(200);
    expect(await shop.check()).toEqual({ ok: true });
  });
});

describe('an app that may not', () => {
  it('is told which access it lacks', async () => {
    const { connect, place } = shopWithGoods({}, { scopes: ['read_products'] });
    const order = place();
    const act = connect().orders.get(refOf(order.id));
    await expect(act).rejects.toMatchObject({ code: 'access.denied', message: expect.stringContaining('read_') });
  });
});
