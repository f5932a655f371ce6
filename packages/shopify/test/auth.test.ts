import { testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { shopify, type ShopifyOptions } from '../src/index.ts';

/** A shop that gives out numbered tokens and accepts only the last one. */
function shopWithApp(accessToken: ShopifyOptions['accessToken'], lifeSeconds = 86_399) {
  const clock = testClock();
  const given = { tokens: 0, revoked: false, forms: [] as string[] };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.url.endsWith('/admin/oauth/access_token')) {
      given.forms.push(await request.text());
      given.tokens += 1;
      given.revoked = false;
      return Response.json({ access_token: `token-${given.tokens}`, expires_in: lifeSeconds, scope: 'read_orders' });
    }
    const isGood = !given.revoked && request.headers.get('x-shopify-access-token') === `token-${given.tokens}`;
    if (!isGood) return Response.json({ errors: '[API] Invalid API key or access token' }, { status: 401 });
    return Response.json({ data: { shop: { myshopifyDomain: 'acme.myshopify.com' } } });
  };
  return { shop: shopify({ shop: 'acme', accessToken, clock, fetch }), given, clock };
}

const app = { clientId: 'id', clientSecret: 'secret' };

describe('signing in with an app', () => {
  it('asks for one token for many calls', async () => {
    const { shop, given } = shopWithApp(app);
    const checks = await Promise.all([shop.check(), shop.check(), shop.check()]);
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(given.forms).toEqual(['grant_type=client_credentials&client_id=id&client_secret=secret']);
  });

  it('asks for another one before the token ends', async () => {
    const { shop, given, clock } = shopWithApp(app);
    await shop.check();
    await clock.advance(86_399_000 - 5 * 60_000);
    expect(await shop.check()).toEqual({ ok: true });
    expect(given.tokens).toBe(2);
  });

  it('asks for another one when the token was revoked', async () => {
    const { shop, given } = shopWithApp(app);
    await shop.check();
    given.revoked = true;
    expect(await shop.check()).toEqual({ ok: true });
    expect(given.tokens).toBe(2);
  });
});

describe('a token of a short life', () => {
  it('is not asked for before every call', async () => {
    const { shop, given, clock } = shopWithApp(app, 240);
    for (let call = 0; call < 5; call += 1) expect(await shop.check()).toEqual({ ok: true });
    expect(given.tokens).toBe(1);
    await clock.advance(121_000);
    await shop.check();
    expect(given.tokens).toBe(2);
  });
});

describe('signing in with a token', () => {
  it('does not ask twice with a token that nobody can renew', async () => {
    const { shop } = shopWithApp('old');
    const check = await shop.check();
    expect(check).toMatchObject({ ok: false, error: { code: 'auth.rejected' } });
  });

  it('asks its source again when the token was refused', async () => {
    let asked = 0;
    const { shop } = shopWithApp(async () => `token-${(asked += 1) - 2}`);
    expect(await shop.check()).toEqual({ ok: true });
    expect(asked).toBe(2);
  });
});
