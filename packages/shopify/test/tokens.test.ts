import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { isCommerceError, mayHaveWritten, type CommerceError } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  exchangedToken,
  offlineToken,
  shopify,
  shopifyApp,
  shopifyClient,
  type TokenPair,
  type TokenStore,
} from '../src/index.ts';
import { settingsOf } from '../src/options.ts';

const day = 86_400_000;

/** A row of a database: the pair of one shop, exchanged only against the one that was read. */
function tokenRow(first?: TokenPair) {
  const row = { pair: first, writes: 0, reads: 0, isDown: false, isFull: false };
  const store: TokenStore = {
    async read() {
      row.reads += 1;
      if (row.isDown) throw new Error('the row holds shprt_canary');
      return row.pair;
    },
    async write(expected, next) {
      if (row.isFull) throw new Error('the row holds shprt_canary');
      if (row.pair?.refreshToken !== expected.refreshToken) return false;
      row.pair = next;
      row.writes += 1;
      return true;
    },
  };
  return { row, store };
}

/** An installed app whose pair is stored, in a shop that is at hand. */
function installedApp() {
  const fake = fakeShopify();
  const { state, clock } = fake;
  const { accessToken, refreshToken } = state.install();
  const after = (ms: number) => new Date(clock.now() + ms).toISOString();
  const { row, store } = tokenRow({
    accessToken,
    refreshToken,
    expiresAt: after(3_600_000),
    refreshTokenExpiresAt: after(90 * day),
  });
  const app = { clientId: state.clientId, clientSecret: state.clientSecret };
  const { shared } = memoryStores({ clock });
  const connect = (fetch: typeof globalThis.fetch = fake.fetch, isShared = true) =>
    shopify({
      shop: 'acme',
      accessToken: offlineToken({ ...app, store }),
      fetch,
      clock,
      random: () => 0.5,
      shared: isShared ? shared : undefined,
    });
  const refreshes = () => fake.journal.all.filter(({ path }) => path.endsWith('/oauth/access_token')).length;
  return { fake, state, clock, row, store, app, connect, refreshes };
}

async function refusal(act: Promise<{ readonly ok: boolean; readonly error?: CommerceError }>): Promise<CommerceError> {
  const { error } = await act;
  if (error) return error;
  throw new Error('It was not refused.');
}

describe('an app with expiring offline tokens', () => {
  it('works with the stored token until shortly before its end', async () => {
    const { connect, refreshes, clock } = installedApp();
    const shop = connect();
    expect(await shop.check()).toEqual({ ok: true });
    await clock.advance(3_600_000 - 6 * 60_000);
    expect(await shop.check()).toEqual({ ok: true });
    expect(refreshes()).toBe(0);
  });

  it('asks once for many calls when the token ends, and stores the pair before it uses it', async () => {
    const { connect, refreshes, clock, row, fake } = installedApp();
    const shop = connect();
    await clock.advance(3_600_000);
    const used: unknown[][] = [];
    const seen = connect(async (input, init) => {
      const request = new Request(input, init);
      if (request.url.endsWith('graphql.json')) {
        used.push([request.headers.get('x-shopify-access-token'), row.pair?.accessToken]);
      }
      return fake.fetch(request);
    });
    const checks = await Promise.all([seen.check(), seen.check(), seen.check(), shop.check()]);
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(used).toHaveLength(3);
    for (const [sent, stored] of used) expect(sent).toBe(stored);
    expect(refreshes()).toBe(1);
    expect(row.writes).toBe(1);
  });

  it('goes on for days, over many rotations', async () => {
    const { connect, refreshes, clock } = installedApp();
    const shop = connect();
    for (let hour = 0; hour < 72; hour += 1) {
      await clock.advance(3_600_000);
      expect(await shop.check()).toEqual({ ok: true });
    }
    expect(refreshes()).toBe(72);
  });

  it('refreshes when its token is refused before its time', async () => {
    const { connect, state, row } = installedApp();
    const shop = connect();
    await shop.check();
    const { accessToken = '' } = row.pair ?? {};
    state.revokeToken(accessToken);
    expect(await shop.check()).toEqual({ ok: true });
    expect(row.pair?.accessToken).not.toBe(accessToken);
  });

  it('is refreshed by one of ten processes that share', async () => {
    const { connect, refreshes, clock } = installedApp();
    await clock.advance(3_600_000);
    const checks = await Promise.all(Array.from({ length: 10 }, () => connect().check()));
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(refreshes()).toBe(1);
  });

  it('takes the pair of a faster process that it shares nothing with', async () => {
    const { connect, clock, row } = installedApp();
    await clock.advance(3_600_000);
    const [one, other] = [connect(undefined, false), connect(undefined, false)];
    expect(await Promise.all([one.check(), other.check()])).toEqual([{ ok: true }, { ok: true }]);
    expect(row.writes).toBe(1);
  });

  it('takes the pair of another process that refreshed, and used its token, while it asked itself', async () => {
    const { connect, clock, fake, row, refreshes } = installedApp();
    await clock.advance(3_600_000);
    const faster = connect(undefined, false);
    const slower = connect(async (input, init) => {
      const request = new Request(input, init);
      if (request.url.endsWith('/oauth/access_token')) await faster.check();
      return fake.fetch(request);
    }, false);
    expect(await slower.check()).toEqual({ ok: true });
    expect(row.writes).toBe(1);
    expect(refreshes()).toBe(2);
  });

  it('loses no installation when the answer to a refresh is lost', async () => {
    const { connect, clock, fake, row, refreshes } = installedApp();
    const shop = connect();
    await clock.advance(3_600_000);
    for (let times = 0; times < 3; times += 1) fake.faults.next('oauth.token', { kind: 'drop', when: 'after' });
    expect(await shop.check()).toEqual({ ok: true });
    expect(row.writes).toBe(1);
    expect(refreshes()).toBe(4);
  });

  it('loses no installation when the new pair cannot be stored, and uses nothing of it', async () => {
    const { connect, clock, row, refreshes } = installedApp();
    await clock.advance(3_600_000);
    row.isFull = true;
    const error = await refusal(connect().check());
    expect(error).toMatchObject({ code: 'network.unreachable', retryable: true });
    expect(error.message).toContain('the installation is not lost');
    row.isFull = false;
    expect(await connect().check()).toEqual({ ok: true });
    expect(refreshes()).toBeGreaterThan(1);
  });

  it('says to install the app anew when the refresh token is refused', async () => {
    const { connect, clock } = installedApp();
    await clock.advance(91 * day);
    const error = await refusal(connect().check());
    expect(error.code).toBe('auth.rejected');
    expect(error.message).toContain('install the app anew');
  });

  it('says to install the app where nothing is stored', async () => {
    const { connect, row } = installedApp();
    row.pair = undefined;
    const error = await refusal(connect().check());
    expect(error.code).toBe('auth.rejected');
    expect(error.message).toContain('Install the app');
  });

  it('is not asked again and again while its store is down, and repeats no secret', async () => {
    const { connect, row } = installedApp();
    row.isDown = true;
    const error = await refusal(connect().check());
    expect(error.code).toBe('network.unreachable');
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('canary');
  });

  it('signs webhooks with the secret of its app', () => {
    const { app, store } = installedApp();
    const { webhookSecrets } = settingsOf({ shop: 'acme', accessToken: offlineToken({ ...app, store }) });
    expect(webhookSecrets).toEqual([app.clientSecret]);
  });

  it('waits for no store for ever, and works again when the store does', async () => {
    const { clock, store, app, fake } = installedApp();
    let reads = 0;
    const stuck: TokenStore = {
      ...store,
      read: () => ((reads += 1) === 1 ? new Promise<never>(() => undefined) : store.read()),
    };
    const accessToken = offlineToken({ ...app, store: stuck });
    const shop = shopify({ shop: 'acme', accessToken, fetch: fake.fetch, clock, timeoutMs: 60_000 });
    const first = shop.check();
    await clock.advance(10_000);
    // Nothing was sent, so that the read is tried again.
    expect(await first).toEqual({ ok: true });
    expect(reads).toBe(2);
    expect(await shop.check()).toEqual({ ok: true });
  });

  it.each([
    ['of another process', 45_000],
    ['that was taken before the clock was set back', 3_600_000],
  ])('uses a good stored token without waiting for a turn %s', async (_whose, untilMs) => {
    const { clock, store, app, fake } = installedApp();
    const { shared } = memoryStores({ clock });
    await shared.update('shopify/acme/token', (_state, now) => ({
      next: { holder: 'other', until: now + untilMs },
      result: undefined,
    }));
    const accessToken = offlineToken({ ...app, store });
    const shop = shopify({ shop: 'acme', accessToken, fetch: fake.fetch, clock, shared });
    const before = clock.now();
    expect(await shop.check()).toEqual({ ok: true });
    expect(clock.now()).toBe(before);
  });

  it('waits for no turn that lasts longer than one can', async () => {
    const { clock, store, app, fake } = installedApp();
    await clock.advance(3_600_000);
    const { shared } = memoryStores({ clock });
    await shared.update('shopify/acme/token', (_state, now) => ({
      next: { holder: 'dead', until: now + 3_600_000 },
      result: undefined,
    }));
    const accessToken = offlineToken({ ...app, store });
    const shop = shopify({ shop: 'acme', accessToken, fetch: fake.fetch, clock, shared });
    const before = clock.now();
    expect(await shop.check()).toEqual({ ok: true });
    expect(clock.now() - before).toBeLessThan(45_000);
  });

  it('shows its secret to nobody who writes it down', () => {
    const { app, store } = installedApp();
    const session = exchangedToken({ ...app, kind: 'online', sessionToken: async () => 'token' });
    for (const provider of [offlineToken({ ...app, store }), session]) {
      expect(provider.clientSecret).toBe(app.clientSecret);
      expect(JSON.stringify({ provider }) + inspect(provider, { depth: 9 })).not.toContain(app.clientSecret);
    }
  });

  it('lets another process have the turn of one that died', async () => {
    const { clock, store, app, fake } = installedApp();
    await clock.advance(3_600_000);
    const { shared } = memoryStores({ clock });
    await shared.update('shopify/acme/token', (_state, now) => ({
      next: { holder: 'dead', until: now + 45_000 },
      result: undefined,
    }));
    const shop = shopify({
      shop: 'acme',
      accessToken: offlineToken({ ...app, store }),
      fetch: fake.fetch,
      clock,
      shared,
    });
    const before = clock.now();
    expect(await shop.check()).toEqual({ ok: true });
    expect(clock.now() - before).toBeGreaterThanOrEqual(45_000);
  });
});

describe('a call whose token does not come', () => {
  it.each([
    ['the token address is down', { kind: 'answer', status: 503 }],
    ['its answers are lost', { kind: 'drop', when: 'after' }],
    ['its answers are cut off', { kind: 'malformed' }],
  ] as const)('was not sent where %s, and says so', async (_what, fault) => {
    const { connect, clock, fake, state } = installedApp();
    await clock.advance(3_600_000);
    state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '1.00', stock: 5 }] });
    const order = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 1 }] });
    fake.faults.always('oauth.token', fault);
    const shop = connect();
    const ref = { system: 'shopify', kind: 'order', id: order.id } as const;
    const cancel = shop.orders.cancel(ref, 'customer', { idempotencyKey: 'run-1' });
    const error = await cancel.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'network.unreachable', retryable: true });
    expect(mayHaveWritten(error)).toBe(false);
    expect(state.order(order.id).cancelledAt).toBeUndefined();
  });
});

function shopThatGrants(status = 200, body: object = {}) {
  const forms: Record<string, string>[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.url.endsWith('graphql.json')) {
      return Response.json({ data: { shop: { myshopifyDomain: 'acme.myshopify.com' } } });
    }
    forms.push(Object.fromEntries(new URLSearchParams(await request.text())));
    const pair = { refresh_token: 'shprt_1', refresh_token_expires_in: 7_776_000 };
    const answer = { access_token: 'shpat_1', scope: 'read_orders,write_orders', expires_in: 3600, ...pair, ...body };
    return Response.json(status === 200 ? answer : body, { status });
  };
  const { clock } = fakeShopify();
  const app = shopifyApp({ shop: 'acme', clientId: 'id', clientSecret: 'shpss_canary', fetch, clock });
  return { app, forms, fetch, clock };
}

/** The user that a session token names, whoever signed it. */
function userIn(sessionToken: string): string {
  const [, body = ''] = sessionToken.split('.');
  return z.object({ sub: z.string() }).parse(JSON.parse(Buffer.from(body, 'base64url').toString())).sub;
}

/** A part of a session token. */
function partOf(claims: object): string {
  return Buffer.from(JSON.stringify(claims)).toString('base64url');
}

/** A shop whose online tokens bear their users' names, and a client that works for whoever is there. */
async function shopForUsers() {
  const { clock } = fakeShopify();
  const forms: Record<string, string>[] = [];
  const used: string[] = [];
  let present: { user: string; secret: string; claims: (seconds: number) => object } = {
    user: '',
    secret: '',
    claims: () => ({}),
  };
  const sessionToken = async () => {
    const seconds = Math.floor(clock.now() / 1000);
    const lives = { nbf: seconds, exp: seconds + 60, dest: 'https://acme.myshopify.com', aud: 'id' };
    const text = `${partOf({ alg: 'HS256' })}.${partOf({ ...lives, sub: present.user, ...present.claims(seconds) })}`;
    return `${text}.${createHmac('sha256', present.secret).update(text).digest('base64url')}`;
  };
  const client = shopifyClient({
    shop: 'acme',
    clock,
    accessToken: exchangedToken({ clientId: 'id', clientSecret: 'secret', kind: 'online', sessionToken }),
    async fetch(input, init) {
      const request = new Request(input, init);
      if (request.url.endsWith('graphql.json')) {
        used.push(request.headers.get('x-shopify-access-token')?.slice('token-of-'.length) ?? '');
        return Response.json({ data: { shop: { name: 'Acme' } } });
      }
      const form = Object.fromEntries(new URLSearchParams(await request.text()));
      forms.push(form);
      return Response.json({ access_token: `token-of-${userIn(form['subject_token'] ?? '')}`, expires_in: 86_400 });
    },
  });
  async function work(
    user: string,
    secret = 'secret',
    claims: (seconds: number) => object = () => ({}),
  ): Promise<void> {
    present = { user, secret, claims };
    await client.run('{ shop { name } }', { answer: z.unknown() });
  }
  return { shop: { used }, work, forms };
}

describe('exchanges', () => {
  const session = 'eyJhbGciOiJIUzI1NiJ9.canary.signature';

  it('give the pair of an installation for its code', async () => {
    const { app, forms, clock } = shopThatGrants();
    const { pair, scopes } = await app.exchangeCode('code-1');
    expect(forms).toEqual([{ client_id: 'id', client_secret: 'shpss_canary', code: 'code-1', expiring: '1' }]);
    expect(scopes).toEqual(['read_orders', 'write_orders']);
    expect(pair).toEqual({
      accessToken: 'shpat_1',
      expiresAt: new Date(clock.now() + 3_600_000).toISOString(),
      refreshToken: 'shprt_1',
      refreshTokenExpiresAt: new Date(clock.now() + 90 * day).toISOString(),
    });
  });

  it('give a pair for a session token, or a token of its user', async () => {
    const { app, forms } = shopThatGrants();
    expect((await app.exchangeSession(session)).pair.refreshToken).toBe('shprt_1');
    expect(await app.exchangeSessionOnline(session)).toMatchObject({ accessToken: 'shpat_1' });
    const kinds = forms.map((form) => [form['requested_token_type'], form['expiring'], form['subject_token']]);
    const kind = 'urn:shopify:params:oauth:token-type';
    expect(kinds).toEqual([
      [`${kind}:offline-access-token`, '1', session],
      [`${kind}:online-access-token`, undefined, session],
    ]);
    expect(forms[0]).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    });
  });

  it('are made once for a token of the app', async () => {
    const { fetch, clock, forms } = shopThatGrants();
    let sessions = 0;
    const sessionToken = async () => `session-${(sessions += 1)}`;
    const accessToken = exchangedToken({ clientId: 'id', clientSecret: 'secret', kind: 'offline', sessionToken });
    const shop = shopify({ shop: 'acme', accessToken, fetch, clock });
    await Promise.all([shop.check(), shop.check()]);
    await clock.advance(3_600_000);
    expect(await shop.check()).toEqual({ ok: true });
    expect(forms.map((form) => form['subject_token'])).toEqual(['session-1', 'session-2']);
  });

  it('are made once for each user, and nobody works with the token of another', async () => {
    const { shop, work, forms } = await shopForUsers();
    await Promise.all([work('1'), work('1')]);
    await work('2');
    await work('1');
    expect(forms.map((form) => userIn(form['subject_token'] ?? ''))).toEqual(['1', '2']);
    expect(shop.used).toEqual(['1', '1', '2', '1']);
  });

  it('are made anew for whoever only says to be a user', async () => {
    const { shop, work, forms } = await shopForUsers();
    await work('1');
    await work('1', 'another secret');
    expect(forms).toHaveLength(2);
    expect(shop.used).toHaveLength(2);
  });

  it.each<[string, (seconds: number) => object]>([
    ['ended', (seconds) => ({ exp: seconds - 60 })],
    ['has not begun', (seconds) => ({ nbf: seconds + 60 })],
    ['is for another shop', () => ({ dest: 'https://other.myshopify.com' })],
    ['is for another app', () => ({ aud: 'another' })],
  ])('are left to Shopify for a session token that %s, though its user has a token', async (_, claims) => {
    const { work, forms } = await shopForUsers();
    await work('1');
    await work('1', 'secret', claims);
    expect(forms).toHaveLength(2);
  });

  it.each([
    ['exchangeCode', 400, 'begin the installation anew'],
    ['exchangeSession', 400, 'take the one of the request at hand'],
    ['exchangeSessionOnline', 401, 'take the one of the request at hand'],
  ] as const)('by %s are refused in words, without what was sent', async (verb, status, next) => {
    const body = { error: 'invalid_request', error_description: `${session} and shpss_canary are wrong` };
    const { app } = shopThatGrants(status, body);
    const error = await app[verb](session).catch((thrown: unknown) => thrown);
    if (!isCommerceError(error, 'auth.rejected')) throw error;
    expect(error.message).toContain(next);
    expect(error.message).toContain('"invalid_request"');
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('canary');
  });

  it.each([
    [404, 'options.invalid'],
    [402, 'access.denied'],
    [423, 'access.denied'],
    [429, 'platform.throttled'],
    [500, 'network.unreachable'],
  ])('at a shop that answers %i end as %s', async (status, code) => {
    const { app } = shopThatGrants(status, { errors: 'No.' });
    expect(await app.exchangeCode('code-1').catch((error: unknown) => error)).toMatchObject({ code });
  });

  it('refuse options that cannot work', () => {
    expect(() => shopifyApp({ shop: 'acme.myshopify.com', clientId: 'id', clientSecret: 'secret' })).toThrow(
      'shopifyApp({ shop }) wants the name before ".myshopify.com"',
    );
  });
});
