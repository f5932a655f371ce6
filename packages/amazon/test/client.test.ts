import { amazonGatewayFault } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { tidy } from '../src/errors.ts';
import { refOf, storeWithGoods } from './store.ts';

const wordsOf = (error: unknown) => `${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`;

describe('a call', () => {
  it('names the program, and a read has no body', async () => {
    const { store, place, fake } = storeWithGoods();
    await store.orders.get(refOf(place().orderId));
    const [call] = fake.journal.of('getOrder');
    expect(call?.headers['user-agent']).toBe('Acme Hub/1.2 (Language=TypeScript)');
    expect(Object.keys(call?.headers ?? {})).not.toContain('content-type');
    expect(Object.keys(call?.headers ?? {})).not.toContain('content-length');
  });

  it('asks for one token, however many need it', async () => {
    const { store, fake, clock } = storeWithGoods();
    await Promise.all(['TEE', 'MUG'].map((sku) => store.inventory.get([sku])));
    expect(fake.journal.of('token')).toHaveLength(1);
    await clock.advance(3_530_000);
    await store.inventory.get(['TEE']);
    expect(fake.journal.of('token')).toHaveLength(1);
    await clock.advance(20_000);
    await store.inventory.get(['TEE']);
    expect(fake.journal.of('token')).toHaveLength(2);
  });

  it('renews a token that ended early, once', async () => {
    const { store, state, fake } = storeWithGoods();
    await store.inventory.get(['TEE']);
    state.expireTokens();
    expect(await store.inventory.get(['TEE'])).toHaveLength(1);
    expect(fake.journal.all.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'token 200',
      'searchListingsItems 200',
      'searchListingsItems 403',
      'token 200',
      'searchListingsItems 200',
    ]);
  });

  it('says what to do when the seller took the authorization back', async () => {
    const { store, state } = storeWithGoods();
    await store.inventory.get(['TEE']);
    state.revoke();
    const refused = store.inventory.get(['TEE']);
    await expect(refused).rejects.toMatchObject({
      code: 'auth.rejected',
      message: expect.stringContaining('invalid_grant'),
    });
    const check = await store.check();
    expect(check).toMatchObject({ ok: false, error: { code: 'auth.rejected', kind: 'configuration' } });
    state.authorize();
    expect(await store.inventory.get(['TEE'])).toHaveLength(1);
  });

  it.each([
    ['clientSecret', 'amzn1.oa2-cs.v1.wrong', 'invalid_client'],
    ['refreshToken', 'Atzr|wrong', 'invalid_grant'],
  ])('says which credential is wrong: %s', async (option, value, word) => {
    const { connect } = storeWithGoods();
    const check = await connect({ [option]: value }).check();
    expect(check).toMatchObject({ ok: false, error: { code: 'auth.rejected' } });
    if (check.ok) return;
    expect(check.error.message).toContain(word);
    expect(wordsOf(check.error)).not.toContain(value);
  });

  it('fails the check for another seller, with the request id for who asks Amazon', async () => {
    const { connect } = storeWithGoods();
    const check = await connect({ sellerId: 'AOTHERSELLER' }).check();
    expect(check).toMatchObject({ ok: false, error: { details: { requestId: expect.any(String) } } });
  });

  it.each([502, 503, 504] as const)('is repeated behind a page of a gateway (%s)', async (status) => {
    const { store, fake } = storeWithGoods();
    fake.faults.next('searchListingsItems', amazonGatewayFault(status));
    expect(await store.inventory.get(['TEE'])).toHaveLength(1);
  });

  it.each([
    ['a web page', { status: 400, headers: { 'content-type': 'text/html' }, body: '<html>Bad Request</html>' }],
    ['nothing at all', { status: 400 }],
    ['errors without words', { status: 400, body: '{"errors":[]}' }],
  ])('ends in words where %s explains it', async (_what, answer) => {
    const { store, fake } = storeWithGoods();
    fake.faults.next('searchListingsItems', { kind: 'answer', ...answer });
    await expect(store.inventory.get(['TEE'])).rejects.toMatchObject({ code: 'request.rejected' });
  });

  it('waits for its own allowance behind a 429, which says nothing of how long', async () => {
    const { store, state, clock } = storeWithGoods();
    await store.inventory.get(['TEE']);
    state.drain('searchListingsItems');
    const before = clock.now();
    expect(await store.inventory.get(['TEE'])).toHaveLength(1);
    expect(clock.now() - before).toBeGreaterThanOrEqual(200);
    expect(store.usage()).toContainEqual(expect.objectContaining({ bucket: 'searchListingsItems', throttled: 1 }));
  });

  it('learns the rate of the account from its answers', async () => {
    const { store, state, clock, fake } = storeWithGoods();
    state.setPlan('searchListingsItems', { rate: 0.5, burst: 5 });
    await store.inventory.get(['TEE']);
    const before = clock.now();
    for (let call = 0; call < 10; call += 1) await store.inventory.get(['TEE']);
    expect(clock.now() - before).toBeGreaterThanOrEqual(10_000);
    expect(fake.journal.all.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('uses the allowances and the host of the sandbox', async () => {
    const urls: string[] = [];
    const { connect } = storeWithGoods();
    const fetch: typeof globalThis.fetch = async (input) => {
      urls.push(input instanceof Request ? input.url : String(input));
      return Response.json({ access_token: 'Atza|x', expires_in: 3600, items: [] });
    };
    await connect({ sandbox: true, fetch }).inventory.get(['TEE']);
    expect(urls[1]).toMatch(/^https:\/\/sandbox\.sellingpartnerapi-eu\.amazon\.com\//);
  });
});

it("repeats Amazon's words without secrets and addresses", () => {
  const words =
    'Atza|IwEB+/x= of amzn1.oa2-cs.v1.abc for jane@mail.example, +44 20 7946 0958 at https://a.example/?k=1';
  expect(tidy(words)).toBe('(token) of (credential) for (e-mail) (phone) at (address)');
});
