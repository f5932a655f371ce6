import { isCommerceError, type CommerceError } from '@crossdock/core';
import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  exchangedToken,
  offlineToken,
  shopify,
  shopifyApp,
  shopifyClient,
  type ShopifyOptions,
  type ShopifyWarning,
  type TokenPair,
  type TokenStore,
} from '../src/index.ts';

const shopQuery = '{ shop { name } }';
const answer = z.unknown();

function shopAtHand(options: Partial<ShopifyOptions> = {}) {
  const fake = fakeShopify();
  const { state, clock } = fake;
  const warnings: ShopifyWarning[] = [];
  const common = { shop: 'acme', fetch: fake.fetch, clock, random: () => 0.5 } as const;
  const app = { clientId: state.clientId, clientSecret: state.clientSecret };
  const all = {
    ...common,
    accessToken: state.accessToken,
    onWarning: (warning: ShopifyWarning) => void warnings.push(warning),
    ...options,
  };
  return { fake, state, clock, app, common, warnings, client: shopifyClient(all), shop: shopify(all) };
}

function kept(first: TokenPair): { readonly store: TokenStore; readonly row: { pair: TokenPair } } {
  const row = { pair: first };
  const store: TokenStore = {
    read: async () => row.pair,
    async write(expected, next) {
      if (row.pair.refreshToken !== expected.refreshToken) return false;
      row.pair = next;
      return true;
    },
  };
  return { store, row };
}

async function refusal(act: Promise<unknown>): Promise<CommerceError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isCommerceError(error)) return error;
  throw new Error('It was not refused.', { cause: error });
}

describe('installing an app', () => {
  it.each(['code', 'session token'] as const)('by %s brings a pair that goes on for days', async (by) => {
    const { state, clock, app, common } = shopAtHand();
    const door = shopifyApp({ ...common, ...app });
    const { pair } =
      by === 'code'
        ? await door.exchangeCode(state.authorize())
        : await door.exchangeSession(await state.sessionToken());
    const { store, row } = kept(pair);
    const shop = shopify({ ...common, accessToken: offlineToken({ ...app, store }) });
    for (let hour = 0; hour < 5; hour += 1) {
      expect(await shop.check()).toEqual({ ok: true });
      await clock.advance(3_600_000);
    }
    expect(row.pair.refreshToken).not.toBe(pair.refreshToken);
  });

  it('takes no code twice, and no session token of another app', async () => {
    const { state, app, common } = shopAtHand();
    const door = shopifyApp({ ...common, ...app });
    const code = state.authorize();
    await door.exchangeCode(code);
    expect((await refusal(door.exchangeCode(code))).code).toBe('auth.rejected');
    const foreign = await state.sessionToken({ audience: 'another' });
    const error = await refusal(door.exchangeSession(foreign));
    expect(error.code).toBe('auth.rejected');
    expect(error.message).not.toContain(foreign);
  });

  it('works for the user of a session, whose token is asked for anew', async () => {
    const { state, app, common, clock } = shopAtHand();
    const accessToken = exchangedToken({ ...app, kind: 'online', sessionToken: () => state.sessionToken() });
    const shop = shopify({ ...common, accessToken });
    expect(await shop.check()).toEqual({ ok: true });
    await clock.advance(25 * 3_600_000);
    expect(await shop.check()).toEqual({ ok: true });
  });

  it('is over when the merchant takes the app away', async () => {
    const { state, app, common } = shopAtHand();
    const door = shopifyApp({ ...common, ...app });
    const { store } = kept((await door.exchangeCode(state.authorize())).pair);
    const shop = shopify({ ...common, accessToken: offlineToken({ ...app, store }) });
    expect(await shop.check()).toEqual({ ok: true });
    state.uninstall();
    const message = expect.stringContaining('install the app anew');
    expect(await shop.check()).toMatchObject({ ok: false, error: { code: 'auth.rejected', message } });
  });
});

describe('a shop in trouble', () => {
  it.each([
    [402, 'access.denied', /settle it/],
    [403, 'access.denied', /Check the scopes/],
    [423, 'access.denied', /unlock it/],
    [430, 'access.denied', /Send less/],
    [404, 'options.invalid', /Check shop/],
    [503, 'platform.unavailable', /Try again/],
  ] as const)('that answers %i is %s until it is well again', async (status, code, next) => {
    const { state, client } = shopAtHand();
    state.answerWith(status);
    const error = await refusal(client.run(shopQuery, { answer }));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(next);
    state.answerWith(200);
    await client.run(shopQuery, { answer });
  });

  it('that is closed says so', async () => {
    const { state, client } = shopAtHand();
    state.setInactive(true);
    const error = await refusal(client.run(shopQuery, { answer }));
    expect(error.code).toBe('access.denied');
    expect(error.message).toMatch(/open it in the admin/);
  });

  it('of another name is no shop', async () => {
    const { common, state } = shopAtHand();
    const client = shopifyClient({ ...common, shop: 'acmee', accessToken: state.accessToken });
    const error = await refusal(client.run(shopQuery, { answer }));
    expect(error.code).toBe('options.invalid');
    expect(error.message).toContain('Check shop');
  });

  it('that limits requests is waited for, in seconds', async () => {
    const { state, client, clock } = shopAtHand();
    state.limitRequests(2);
    const before = clock.now();
    await client.run(shopQuery, { answer });
    expect(clock.now() - before).toBeGreaterThanOrEqual(2000);
  });
});

describe('a version', () => {
  it('that ended is heard of once, fails the check, and explains what does not fit any more', async () => {
    const { state, client, shop, warnings } = shopAtHand();
    state.serveVersions(['2026-10']);
    await client.run(shopQuery, { answer });
    await client.run(shopQuery, { answer });
    expect(warnings).toMatchObject([{ kind: 'version-not-served', asked: '2026-07', served: '2026-10' }]);
    expect(await shop.check()).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
    const error = await refusal(client.run('{ shop { nickname } }', { answer }));
    expect(error.code).toBe('options.invalid');
    expect(error.message).toContain('move apiVersion');
  });

  it('in which something will go away is heard of once', async () => {
    const { state, client, warnings } = shopAtHand();
    state.deprecate('https://shopify.dev/api/gone-soon');
    await client.run(shopQuery, { answer });
    await client.run(shopQuery, { answer });
    expect(warnings).toMatchObject([{ kind: 'deprecated', reason: 'https://shopify.dev/api/gone-soon' }]);
  });
});
