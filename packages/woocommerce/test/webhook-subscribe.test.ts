import { describe, expect, it } from 'vitest';
import { shopWithGoods } from './world.ts';

const address = 'https://receiver.example/hooks';
const secret = 'a1b2c3d4e5f6';
const plan = { topics: ['order.updated', 'order.deleted'], address };
const key = { idempotencyKey: 'hooks-1' };

function opened() {
  const world = shopWithGoods({ webhookSecrets: [secret] });
  const stands = () => world.state.webhooks.map(({ id, topic, status }) => `${id} ${topic} ${status}`);
  return { ...world, stands };
}

describe('a subscription', () => {
  it('makes deliveries that are let in, and mean what happened', async () => {
    const { shop, fake, clock, place } = opened();
    await shop.webhooks.subscribe({ ...plan, topics: ['order.created'] }, key);
    fake.webhooks.deliver = async () => new Response();
    const id = place();
    await clock.advance(60_000);
    const [posting] = fake.webhooks.postings;
    const request = new Request(address, {
      method: 'POST',
      body: posting?.body ?? '',
      headers: (await posting?.headers(clock.now())) ?? {},
    });
    const verified = await shop.webhooks.verify(request);
    expect(verified).toMatchObject({ ok: true, delivery: { topic: 'order.created' } });
    const events = verified.ok ? await shop.webhooks.decode(verified.delivery) : [];
    expect(events.map(({ type }) => type)).toContain('order.placed');
    expect(JSON.stringify(events)).toContain(`"number":"${id}"`);
  });

  it('that was switched off after its failures is made anew: switched on it would go off at the next one', async () => {
    const { shop, fake, clock, place, state, stands } = opened();
    await shop.webhooks.subscribe(plan, key);
    fake.webhooks.deliver = async () => new Response('', { status: 500 });
    const id = place();
    for (let count = 0; count < 8; count += 1) {
      state.touch(id);
      await clock.advance(60_000);
    }
    expect(stands()).toEqual(['1 order.updated disabled', '2 order.deleted active']);
    expect(await shop.webhooks.subscriptions()).toMatchObject([{ state: 'disabled' }, { state: 'active' }]);
    await shop.webhooks.subscribe(plan, key);
    expect(stands()).toEqual(['2 order.deleted active', '3 order.updated active']);
    state.touch(id);
    await clock.advance(60_000);
    expect(stands()).toEqual(['2 order.deleted active', '3 order.updated active']);
  });

  it('that stands twice, or was made by hand with a secret that nobody knows here, is made one of ours', async () => {
    const { shop, state, stands } = opened();
    state.addWebhook({ topic: 'order.updated', url: address });
    await shop.webhooks.subscribe(plan, key);
    const [ours] = state.webhooks.filter(({ topic }) => topic === 'order.updated');
    state.addWebhook({ topic: 'order.updated', url: address, name: ours?.name ?? '', secret });
    const kept = await shop.webhooks.subscribe(plan, key);
    expect(stands()).toEqual([`${ours?.id} order.updated active`, '3 order.deleted active']);
    expect(kept.map(({ ref }) => ref.id)).toEqual([String(ours?.id), '3']);
    expect(ours?.secret).toBe(secret);
  });

  it('is made anew once the secret is another', async () => {
    const { shop, connect, state } = opened();
    await shop.webhooks.subscribe(plan, key);
    const rotated = connect({ webhookSecrets: ['newsecret9', secret] });
    await rotated.webhooks.subscribe(plan, { idempotencyKey: 'hooks-2' });
    expect(state.webhooks.map((each) => each.secret)).toEqual(['newsecret9', 'newsecret9']);
    expect(state.webhooks.map(({ name }) => name).join()).not.toContain('newsecret9');
  });

  it('whose answer was lost is found, and stands once', async () => {
    const { shop, fake, stands } = opened();
    fake.faults.next('POST /webhooks', { kind: 'drop', when: 'after' });
    await shop.webhooks.subscribe(plan, key);
    expect(stands()).toEqual(['1 order.updated active', '2 order.deleted active']);
  });

  it('that may still be made is left open, and stands once in the end', async () => {
    const { shop, fake, clock, stands } = opened();
    fake.faults.next('POST /webhooks', { kind: 'late', ms: 1000 });
    await expect(shop.webhooks.subscribe(plan, key)).rejects.toMatchObject({ code: 'write.uncertain' });
    expect(stands()).toEqual([]);
    await clock.advance(5000);
    await shop.webhooks.subscribe(plan, key);
    expect(stands()).toEqual(['1 order.updated active', '2 order.deleted active']);
  });

  it('that two make at one moment stands once', async () => {
    const { connect, stands } = opened();
    await Promise.all([connect(), connect()].map((shop) => shop.webhooks.subscribe(plan, key)));
    expect(stands().map((each) => each.slice(2))).toEqual(['order.updated active', 'order.deleted active']);
  });

  it('is found behind a hundred others', async () => {
    const { shop, state } = opened();
    for (let count = 0; count < 130; count += 1) {
      state.addWebhook({ topic: 'order.updated', url: `https://other.example/${count}` });
    }
    const made = await shop.webhooks.subscribe(plan, key);
    expect(await shop.webhooks.subscribe(plan, key)).toEqual(made);
    expect(await shop.webhooks.subscriptions()).toHaveLength(132);
  });
});

describe('an address to which WordPress would never deliver', () => {
  it.each([
    ['https://receiver.example:9099/hooks', 'its port is "9099"'],
    ['https://10.0.0.5/hooks', 'of a private network'],
    ['https://192.168.1.1/hooks', 'of a private network'],
    ['https://localhost/hooks', 'of a private network'],
    ['https://[2001:db8::1]/hooks', 'by IPv6'],
    ['http://receiver.example/hooks', 'would read the orders'],
    ['https://user:canary@receiver.example/hooks', 'there is a password in it'],
    ['ftp://receiver.example/hooks', 'neither https nor http'],
    ['receiver', 'no address of the web'],
  ])('%s is refused before anything is sent', async (wrong, words) => {
    const { shop, asked } = opened();
    const ended = shop.webhooks.subscribe({ ...plan, address: wrong }, key);
    await expect(ended).rejects.toMatchObject({ code: 'options.invalid' });
    await expect(ended).rejects.toThrow(words);
    await expect(ended).rejects.not.toThrow(/canary/);
    expect(asked()).toEqual([]);
  });

  it('is none where it is the port of the shop itself, or one that is let through', async () => {
    const { connect } = shopWithGoods({ webhookSecrets: [secret], allowHttp: true }, { https: false });
    const shop = connect();
    for (const right of ['http://receiver.example:8080/hooks', 'http://shop.example/hooks']) {
      expect(await shop.webhooks.subscribe({ ...plan, address: right }, key)).toHaveLength(2);
    }
  });
});

describe('a secret', () => {
  it.each([
    ['that is missing', [], 'there is no secret'],
    ['with what WooCommerce would decode', ['a&amp;b'], 'other signs than letters and digits'],
  ])('%s is refused before anything is sent', async (_what, webhookSecrets, words) => {
    const { connect, asked } = opened();
    const ended = connect({ webhookSecrets }).webhooks.subscribe(plan, key);
    await expect(ended).rejects.toMatchObject({ code: 'options.invalid' });
    await expect(ended).rejects.toThrow(words);
    expect(asked()).toEqual([]);
  });
});
