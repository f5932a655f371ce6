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
