import { describe, expect, it } from 'vitest';
import type { FakePlatform, ShopifyState } from '@crossdock/testing';
import { ask, textAt, valueAt } from './ask.ts';
import { shopWithStock } from './shop.ts';

async function grant(platform: FakePlatform<ShopifyState>, form: Record<string, string>) {
  const response = await platform.fetch(`${platform.origin}/admin/oauth/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: platform.state.clientId,
      client_secret: platform.state.clientSecret,
      ...form,
    }).toString(),
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
}

const isGood = async (platform: FakePlatform<ShopifyState>, token: string) =>
  (await ask(platform, '{ shop { name } }', {}, { token })).status === 200;

describe('a token by client credentials', () => {
  it('lasts a day less a second, without a refresh token', async () => {
    const { platform } = shopWithStock();
    const { body } = await grant(platform, { grant_type: 'client_credentials' });
    const token = textAt(body, 'access_token');
    expect(token).toMatch(/^shpat_/);
    expect(body).toMatchObject({ expires_in: 86_399 });
    expect(valueAt(body, ['refresh_token'])).toBeUndefined();
    await platform.clock.advance(86_399_000 - 1);
    expect(await isGood(platform, token)).toBe(true);
    await platform.clock.advance(1);
    expect(await isGood(platform, token)).toBe(false);
    expect(platform.journal.of('oauth.token')).toHaveLength(1);
  });

  it('is not given for a wrong secret', async () => {
    const { platform } = shopWithStock();
    const { status, body } = await grant(platform, { grant_type: 'client_credentials', client_secret: 'wrong' });
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: 'invalid_client' });
  });
});

describe('an expiring token', () => {
  it('is renewed for an hour with a new refresh token', async () => {
    const { platform, state } = shopWithStock();
    const { accessToken, refreshToken } = state.install();
    await platform.clock.advance(3_600_000);
    expect(await isGood(platform, accessToken)).toBe(false);
    const { body } = await grant(platform, { grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(body).toMatchObject({ expires_in: 3600, refresh_token_expires_in: 7_776_000 });
    expect(textAt(body, 'refresh_token')).not.toBe(refreshToken);
    expect(await isGood(platform, textAt(body, 'access_token'))).toBe(true);
  });

  it('can be asked for again when the answer was lost, until the new one is used', async () => {
    const { platform, state } = shopWithStock();
    const { refreshToken } = state.install();
    platform.faults.next('oauth.token', { kind: 'drop', when: 'after' });
    await expect(grant(platform, { grant_type: 'refresh_token', refresh_token: refreshToken })).rejects.toThrow(
      'fetch failed',
    );
    const { status, body } = await grant(platform, { grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(status).toBe(200);
    expect(await isGood(platform, textAt(body, 'access_token'))).toBe(true);
    expect((await grant(platform, { grant_type: 'refresh_token', refresh_token: refreshToken })).body).toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('can run out at any moment, but the one of an old app does not', async () => {
    const { platform, state } = shopWithStock();
    const { accessToken } = state.install();
    state.expireTokens();
    expect(await isGood(platform, accessToken)).toBe(false);
    expect(await isGood(platform, state.accessToken)).toBe(true);
  });
});

describe('an installation', () => {
  it('gives a pair for a code, once', async () => {
    const { platform, state } = shopWithStock();
    const code = state.authorize();
    const { body } = await grant(platform, { code, expiring: '1' });
    expect(body).toMatchObject({ expires_in: 3600, refresh_token: expect.any(String) });
    expect(await isGood(platform, textAt(body, 'access_token'))).toBe(true);
    expect(await grant(platform, { code, expiring: '1' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: 'The authorization code was not found or was already used' },
    });
  });

  it('gives a token that does not expire where that was not asked for', async () => {
    const { platform, state } = shopWithStock();
    const { body } = await grant(platform, { code: state.authorize() });
    expect(valueAt(body, ['expires_in'])).toBeUndefined();
    await platform.clock.advance(100 * 24 * 60 * 60 * 1000);
    expect(await isGood(platform, textAt(body, 'access_token'))).toBe(true);
  });

  it('ends with every token and subscription when the merchant takes the app away', async () => {
    const { platform, state } = shopWithStock();
    const topics: string[] = [];
    platform.webhooks.deliver = async (request) => {
      topics.push(request.headers.get('x-shopify-topic') ?? '');
      return new Response('');
    };
    state.subscribe('app/uninstalled', 'https://receiver.example/hook');
    const { accessToken, refreshToken } = state.install();
    state.uninstall();
    expect(await isGood(platform, accessToken)).toBe(false);
    expect(await isGood(platform, state.accessToken)).toBe(false);
    expect((await grant(platform, { grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(400);
    expect((await grant(platform, { grant_type: 'client_credentials' })).body).toMatchObject({
      error: 'app_not_installed',
    });
    await platform.clock.advance(0);
    expect(topics).toEqual(['app/uninstalled']);
    expect(await isGood(platform, state.install().accessToken)).toBe(true);
  });

  it('can be refused in a word of the platform', async () => {
    const { platform, state } = shopWithStock();
    state.refuseGrants('shop_not_permitted');
    expect(await grant(platform, { grant_type: 'client_credentials' })).toMatchObject({
      status: 400,
      body: { error: 'shop_not_permitted' },
    });
    state.refuseGrants();
    expect((await grant(platform, { grant_type: 'client_credentials' })).status).toBe(200);
  });
});

describe('a token for a session', () => {
  const exchange = 'urn:ietf:params:oauth:grant-type:token-exchange';
  const form = (subject: string, kind: string) => ({
    grant_type: exchange,
    subject_token: subject,
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    requested_token_type: `urn:shopify:params:oauth:token-type:${kind}-access-token`,
    expiring: '1',
  });

  it('is a pair for the app, or a day for who is logged in, who may run no bulk query', async () => {
    const { platform, state } = shopWithStock();
    const session = await state.sessionToken();
    expect((await grant(platform, form(session, 'offline'))).body).toMatchObject({ refresh_token: expect.any(String) });
    const { body } = await grant(platform, form(session, 'online'));
    expect(body).toMatchObject({ expires_in: 86_399, associated_user: { id: 42 } });
    const bulk = await ask(
      platform,
      'mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { userErrors { message } } }',
      {},
      { token: textAt(body, 'access_token') },
    );
    expect(bulk.at('bulkOperationRunQuery', 'userErrors')).toHaveLength(1);
  });

  it('is not given for a session that is over, signed by somebody else, or of another app', async () => {
    const { platform, state } = shopWithStock();
    const session = await state.sessionToken();
    const other = await state.sessionToken({ audience: 'another-app' });
    const forged = `${session.slice(0, session.lastIndexOf('.'))}.AAAA`;
    const refusal = { status: 400, body: { error: 'invalid_subject_token' } };
    for (const wrong of [other, forged, ''])
      expect(await grant(platform, form(wrong, 'offline'))).toMatchObject(refusal);
    expect((await grant(platform, form(session, 'offline'))).status).toBe(200);
    await platform.clock.advance(60_000);
    expect(await grant(platform, form(session, 'offline'))).toMatchObject(refusal);
  });
});
