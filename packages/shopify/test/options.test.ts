import { memoryStores } from '@crossdock/core/memory';
import { isCommerceError } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { shopify, type ShopifyOptions } from '../src/index.ts';

const good = { shop: 'acme', accessToken: 'token' } as const;
const canary = 'shpat_0123456789abcdef';

/** What is said of options as JavaScript may pass them. */
function said(options: unknown): string {
  try {
    // On purpose not what the compiler would let through.
    shopify(options as ShopifyOptions);
  } catch (error) {
    if (isCommerceError(error, 'options.invalid')) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('shopify(options)', () => {
  it.each([
    ['shop', 123],
    ['shop', undefined],
    ['shop', null],
    ['shop', ''],
    ['shop', 'acme/../evil'],
    ['shop', canary],
    ['accessToken', undefined],
    ['accessToken', null],
    ['accessToken', 5],
    ['accessToken', ' '],
    ['accessToken', `${canary}\n`],
    ['accessToken', { clientId: canary }],
    ['accessToken', { clientId: 'a', clientSecret: ' ' }],
    ['accessToken', { clientSecret: canary, open: 'later' }],
    ['accessToken', { open: () => undefined }],
    ['webhookSecrets', canary],
    ['webhookSecrets', [undefined]],
    ['webhookSecrets', ['good', '']],
    ['apiVersion', '1999-13'],
    ['apiVersion', '2026-08'],
    ['apiVersion', 'latest'],
    ['apiVersion', canary],
    ['origin', 'nowhere'],
    ['origin', 'ftp://shop.example'],
    ['origin', `https://admin:${canary}@shop.example`],
    ['origin', 'https://shop.example/admin'],
    ['origin', `https://shop.example?token=${canary}`],
    ['name', ''],
    ['accountNumberAttribute', ' '],
    ['overlapMs', -1],
    ['overlapMs', '5000'],
    ['notifyBuyer', 'no'],
    ['carriers', { ups: 5 }],
    ['maxWebhookBytes', 0],
    ['timeoutMs', '5000'],
    ['timeoutMs', -1],
    ['timeoutMs', Number.NaN],
    ['onWarning', 'log'],
    ['fetch', {}],
    ['clock', { now: () => 0 }],
    ['random', 0.5],
  ])('refuses %s %j in three parts, without repeating a secret', (name, value) => {
    const words = said({ ...good, [name]: value });

    expect(words).toMatch(new RegExp(`^No connector was made: shopify\\(\\{ ${name}[\\w.]* \\}\\) wants `));
    expect(words).toMatch(/, got [^.]+\. (Pass|Correct|Leave) .+\.$/);
    expect(words).not.toContain(canary);
  });

  it.each([[undefined], [null], ['acme'], [[]]])('refuses %j as its options', (options) => {
    expect(said(options)).toMatch(/^No connector was made: shopify\(options\) wants .*, got .+\. Pass .+\.$/);
  });

  it.each(['https://acme.myshopify.com/', 'acme.myshopify.com', 'HTTPS://ACME.myshopify.com'])(
    'says what to pass instead of %s',
    (shop) => {
      expect(said({ ...good, shop })).toContain(`got "${shop}". Pass "acme".`);
    },
  );

  it('takes the name out of a longer address without repeating the rest', () => {
    const words = said({ ...good, shop: `https://acme.myshopify.com/admin?token=${canary}` });
    expect(words).toContain('got another text. Pass "acme".');
  });

  it('names a misspelt option and the known ones', () => {
    expect(said({ shop: 'acme', accessTokn: canary })).toMatch(
      /has no option "accessTokn"\. Leave it out or pass one of "shop", "accessToken", /,
    );
    expect(said({ shop: 'acme', accessTokn: canary })).not.toContain(canary);
  });

  it.each(['', '0', 0, 1.5, 2 ** 53, 'Berlin', 'gid://shopify/Order/1', 'gid://shopify/Location/1 '])(
    'refuses %j as a location',
    (location) => {
      expect(said({ ...good, location })).toMatch(/location \}\) wants the id of a location, got .* Pass one such as/);
    },
  );

  it('takes everything that it documents', () => {
    const all: Required<ShopifyOptions> = {
      shop: 'Acme-2',
      accessToken: { clientId: 'id', clientSecret: 'secret' },
      webhookSecrets: ['a', 'b'],
      apiVersion: '2026-10',
      origin: 'http://127.0.0.1:4010/',
      name: 'north',
      accountNumberAttribute: 'Account',
      accountNumberTag: 'account:',
      location: 'gid://shopify/Location/1',
      overlapMs: 0,
      bulkFrom: 1,
      notifyBuyer: true,
      carriers: { ups: 'UPS' },
      maxWebhookBytes: 1,
      timeoutMs: 1,
      onWarning: () => undefined,
      fetch: globalThis.fetch,
      clock: undefined,
      random: () => 0,
      shared: memoryStores().shared,
    };
    expect(said(all)).toBe('accepted');
    for (const location of ['1', 1]) expect(said({ ...good, location })).toBe('accepted');
    expect(said({ ...good, accessToken: async () => 'token', apiVersion: 'unstable' })).toBe('accepted');
  });
});
