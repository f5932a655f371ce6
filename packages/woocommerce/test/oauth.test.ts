import { describe, expect, it } from 'vitest';
import { baseString } from '../src/oauth.ts';
import { scriptedShop } from './shop.ts';

it('signs what RFC 5849 says is signed', () => {
  // The example of section 3.4.1.1.
  const parameters = [
    ['b5', '=%3D'],
    ['a3', 'a'],
    ['c@', ''],
    ['a2', 'r b'],
    ['oauth_consumer_key', '9djdj82h48djs9d2'],
    ['oauth_token', 'kkk9d7dh3k39sjv7'],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', '137131201'],
    ['oauth_nonce', '7d8f3e4a'],
    ['c2', ''],
    ['a3', '2 q'],
  ] as const;
  expect(baseString('post', 'http://example.com/request', parameters)).toBe(
    'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26' +
      'oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26' +
      'oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
  );
});

/** What each of three attempts carried, the first two of which met a host in trouble. */
async function headersOf(url: string) {
  let draws = 0;
  const { shop, asked } = scriptedShop(() => ({ status: asked.length < 3 ? 502 : 200, body: [] }), {
    url,
    allowHttp: true,
    // Some numbers that do not repeat soon.
    random: () => (draws++ * 0.6180339887) % 1,
    clock: {
      now: () => Date.parse('2026-11-23T12:00:00Z'),
      sleep: async () => undefined,
      deadline: () => ({ signal: new AbortController().signal, clear: () => undefined }),
    },
  });
  expect(await shop.check()).toEqual({ ok: true });
  return asked.map(({ headers, path }) => ({ authorization: headers.get('authorization') ?? '', path }));
}

describe('a shop', () => {
  it('over https is given the key', async () => {
    const [first] = await headersOf('https://shop.example');
    expect(first?.authorization).toBe(`Basic ${btoa(`ck_${'1'.repeat(40)}:cs_${'2'.repeat(40)}`)}`);
  });

  it('over http is never given the secret, and every attempt has a nonce of its own', async () => {
    const asked = await headersOf('http://localhost:8080/store');
    expect(asked).toHaveLength(3);
    const nonces = asked.map(({ authorization }) => /oauth_nonce="([0-9a-f]{32})"/.exec(authorization)?.[1]);
    expect(new Set(nonces).size).toBe(asked.length);
    for (const { authorization, path } of asked) {
      expect(authorization).toMatch(/^OAuth .*oauth_signature_method="HMAC-SHA256", oauth_timestamp="1795435200"/);
      expect(authorization + path).not.toContain('cs_');
      expect(path).toMatch(/^\/store\/wp-json\/wc\/v3\/orders\?/);
    }
  });
});
