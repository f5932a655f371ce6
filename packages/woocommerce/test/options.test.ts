import { describe, expect, it } from 'vitest';
import { woocommerce, type WooCommerceOptions } from '../src/index.ts';
import { keys } from './shop.ts';

const good: WooCommerceOptions = { url: 'https://shop.example', ...keys };

function messageOf(change: Record<string, unknown>): string {
  try {
    // Wrong options, as JavaScript may pass them.
    woocommerce({ ...good, ...change });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('The options were taken.');
}

describe('the options', () => {
  it.each([
    [{ url: 'shop.example' }, 'wants where the shop is, with http or https and no user or query, got "shop.example"'],
    [{ url: 'https://shop.example/?a=1' }, 'wants where the shop is'],
    [{ url: 'http://shop.example' }, 'wants https: without it everybody on the way reads the orders'],
    [{ consumerKey: 'cs_1' }, 'wants "ck_" and 40 hexadecimal digits'],
    [{ consumerSecret: undefined }, 'wants "cs_" and 40 hexadecimal digits'],
    [{ webhookSecrets: [' '] }, 'wants a list of secrets, none of them blank'],
    [{ currency: 'eur' }, 'wants an ISO 4217 code, got "eur"'],
    [{ statuses: { packed: 'ready' } }, `wants our statuses by the plugin's`],
    [{ statuses: { 'wc-packed': 'allocated' } }, `wants our statuses by the plugin's`],
    [{ statuses: { trash: 'canceled' } }, `wants our statuses by the plugin's`],
    [{ rate: { requests: 0, perMs: 1000 } }, 'wants whole numbers from 1'],
    [{ concurrency: 0 }, 'wants a whole number from 1'],
    [{ overlapMs: -1 }, 'wants whole milliseconds from 0'],
    [{ shop: 'acme' }, 'has no option "shop"'],
  ])('%o are refused in words', (change, words) => {
    expect(messageOf(change)).toContain(words);
  });

  it('never repeat a key', () => {
    const secret = `cs_${'a'.repeat(41)}`;
    for (const name of ['url', 'consumerKey', 'consumerSecret', 'currency', 'name', 'accountNumberMeta']) {
      const words = name === 'name' || name === 'accountNumberMeta' ? secret.repeat(4) : secret;
      expect(messageOf({ [name]: words })).not.toContain(secret);
    }
  });

  it.each([
    { url: 'whsecAbCdEf0123456789SECRET' },
    { url: 'whsecabcdef0123456789secret' },
    { url: 'http://shop.example/whsecabcdef0123456789secret' },
    { url: 'http://whsecabcdef0123456789secret.shop.example' },
    { url: 'secret.0123456789' },
    { currency: 'secret12' },
    { currency: 'SECRET' },
  ])('never repeat a secret that stands in the wrong place: %o', (change) => {
    expect(messageOf(change)).not.toMatch(/secret(?!s)/i);
  });

  it('take a shop in a folder, and one over http where that is said to be meant', () => {
    expect(woocommerce({ ...good, url: 'https://shop.example/store/' }).system).toBe('woocommerce');
    expect(woocommerce({ ...good, url: 'http://localhost:8080', allowHttp: true, name: 'north' }).system).toBe('north');
  });
});
