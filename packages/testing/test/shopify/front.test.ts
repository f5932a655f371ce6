import { describe, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { shopWithStock } from './shop.ts';

const query = '{ shop { name } }';

describe('the way to the shop', () => {
  it.each([402, 403, 404, 423, 430] as const)('ends with HTTP %i and a text, not a list', async (status) => {
    const { platform, state } = shopWithStock();
    state.answerWith(status);
    const answer = await ask(platform, query);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ errors: expect.any(String) });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    state.answerWith(200);
    expect((await ask(platform, query)).status).toBe(200);
  });

  it('is a page of HTML when something is broken', async () => {
    const { platform, state } = shopWithStock();
    state.answerWith(503);
    const response = await platform.fetch(`${platform.origin}/admin/api/2026-10/graphql.json`, { method: 'POST' });
    expect([response.status, response.headers.get('content-type')]).toEqual([503, 'text/html']);
  });

  it('leads nowhere under another name', async () => {
    const { platform } = shopWithStock();
    const other = { ...platform, origin: 'https://other.myshopify.com' };
    expect(await ask(other, query)).toMatchObject({ status: 404, body: { errors: 'Not Found' } });
  });

  it('is closed for as many seconds as it says', async () => {
    const { platform, state } = shopWithStock();
    state.limitRequests(2);
    const sent = await ask(platform, query);
    expect([sent.status, sent.headers.get('retry-after')]).toEqual([429, '2.0']);
    await platform.clock.advance(2000);
    expect((await ask(platform, query)).status).toBe(200);
  });

  it('says in every answer that nobody runs the shop any more', async () => {
    const { platform, state } = shopWithStock();
    state.setInactive(true);
    const answer = await ask(platform, query);
    expect(answer.status).toBe(200);
    expect(answer.errors).toMatchObject([{ extensions: { code: 'SHOP_INACTIVE' } }]);
    expect(answer.hasData).toBe(false);
  });
});

describe('a version', () => {
  it('is answered by the oldest that is served once it is gone, and says so', async () => {
    const { platform, state } = shopWithStock();
    expect((await ask(platform, query, {}, { version: '2026-04' })).headers.get('x-shopify-api-version')).toBe(
      '2026-04',
    );
    state.serveVersions(['2026-07', '2026-10']);
    const answer = await ask(platform, query, {}, { version: '2026-04' });
    expect([answer.status, answer.headers.get('x-shopify-api-version')]).toEqual([200, '2026-07']);
  });

  it('that never was is not found', async () => {
    const { platform } = shopWithStock();
    for (const version of ['2026-05', '2031-01', 'latest'])
      expect((await ask(platform, query, {}, { version })).status).toBe(404);
  });

  it('tells what of it goes away', async () => {
    const { platform, state } = shopWithStock();
    const reason = async () => (await ask(platform, query)).headers.get('x-shopify-api-deprecated-reason');
    expect(await reason()).toBeNull();
    state.deprecate('https://shopify.dev/api/usage/versioning#deprecation-practices');
    expect(await reason()).toMatch(/^https:/);
  });
});

describe('what the fake does not know', () => {
  it('is refused, and not left out', async () => {
    const { platform } = shopWithStock();
    const saved = await ask(
      platform,
      '{ products(first: 1, savedSearchId: "gid://shopify/SavedSearch/1") { nodes { id } } }',
    );
    expect(saved.errors).toMatchObject([{ extensions: { code: 'FAKE_UNSUPPORTED' } }]);
    const field = await ask(platform, '{ products(first: 1) { nodes { onlineStoreUrl } } }');
    expect(field.errors).toMatchObject([{ extensions: { code: 'FAKE_UNSUPPORTED', fake: true } }]);
  });
});
