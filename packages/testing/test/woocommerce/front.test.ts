import { hmacText } from '@crossdock/core';
import { wooKey, type Outage } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { basic, cart, openShop } from './shop.ts';

const ask = ({ shop }: ReturnType<typeof openShop>, path: string) =>
  shop.fetch(`${shop.origin}${path}`, { headers: { authorization: basic(), accept: 'application/json' } });

describe('pages before the shop', () => {
  it.each<[Outage, number, string]>([
    ['firewall', 403, 'blocked'],
    ['mod-security', 406, 'Mod_Security'],
    ['login', 200, 'loginform'],
    ['password', 401, 'Authorization Required'],
    ['bad-gateway', 502, 'Bad Gateway'],
  ])('are HTML whatever was asked for, and nothing happens behind them: %s', async (outage, status, text) => {
    const { state, call } = openShop();
    state.maintenance(outage);
    const answer = await call('POST', 'orders', { line_items: [{ sku: 'MUG', quantity: 1 }] });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(answer.text).toContain(text);
    expect(state.orders).toEqual([]);
  });
});

describe('notices of PHP', () => {
  it('before everything take status and headers with them', async () => {
    const { state, call } = openShop();
    state.settings.phpNotices = 'before';
    const refused = await call('POST', 'products', { sku: 'MUG' });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(refused.text).toMatch(/^<br \/>\n<b>Warning<\/b>.*"code":"product_invalid_sku"/s);
    expect((await call('GET', 'products')).headers.get('x-wp-total')).toBeNull();
  });

  it('in the middle stand before the body and leave the rest alone', async () => {
    const shop = openShop();
    shop.state.settings.phpNotices = 'buffered';
    const answer = await ask(shop, '/wp-json/wc/v3/products/999999');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/json; charset=UTF-8']);
    expect(await answer.text()).toMatch(/^<br \/>.*"code":"woocommerce_rest_product_invalid_id"/s);
  });

  it('at the end follow the body', async () => {
    const shop = openShop();
    shop.state.settings.phpNotices = 'after';
    const text = await (await ask(shop, '/wp-json/wc/v3/products')).text();
    expect(text).toMatch(/^\[.*<br \/>\n$/s);
    shop.state.settings.phpNotices = 'both';
    expect(await (await ask(shop, '/wp-json/wc/v3/products')).text()).toMatch(/^<br \/>.*\[.*<br \/>\n$/s);
    shop.state.settings.phpNotices = undefined;
    expect(await (await ask(shop, '/wp-json/wc/v3/products')).json()).toHaveLength(2);
  });
});

describe('a shop with plain permalinks', () => {
  it('sends /wp-json/ to itself for ever, or its web server knows no such page', async () => {
    const shop = openShop({ permalinks: 'plain' });
    const moved = await ask(shop, '/wp-json/wc/v3/orders?page=1');
    expect([moved.status, moved.headers.get('location')]).toEqual([
      301,
      'https://shop.example/wp-json/wc/v3/orders/?page=1',
    ]);
    expect((await ask(shop, '/wp-json/wc/v3/orders/?page=1')).status).toBe(301);
    shop.state.settings.permalinks = 'plain-404';
    expect((await ask(shop, '/wp-json/wc/v3/orders')).status).toBe(404);
    expect((await ask(shop, '/wp-json/wc/v3/orders')).headers.get('content-type')).toContain('text/html');
  });

  it('counts a key only where its own path is somewhere in the address', async () => {
    const shop = openShop({ permalinks: 'plain' });
    const refused = await ask(shop, '/?rest_route=/wc/v3/orders');
    expect([refused.status, await refused.json()]).toMatchObject([401, { code: 'woocommerce_rest_cannot_view' }]);
    shop.state.placeOrder(cart());
    shop.state.placeOrder(cart());
    const found = await ask(shop, '/?rest_route=/wc/v3/orders&per_page=1&_fields=id&_=wp-json/wc/');
    expect(found.status).toBe(200);
    expect(found.headers.get('link')).toBe(
      '<https://shop.example/index.php?rest_route=%2Fwc%2Fv3%2Forders&per_page=1&_fields=id&_=wp-json%2Fwc%2F&status%5B0%5D=any&dp=2&context=view&page=2>; rel="next"',
    );
    expect((await ask(shop, '/index.php?rest_route=/wc/v3/orders&_=wp-json/wc-x')).status).toBe(200);
  });

  it('tells its index, and links that lead there', async () => {
    const shop = openShop({ permalinks: 'plain' });
    expect(await (await ask(shop, '/?rest_route=/')).json()).toMatchObject({ timezone_string: 'Europe/Berlin' });
    expect(await (await ask(shop, '/?rest_route=/wc/v3')).json()).toMatchObject({ namespace: 'wc/v3' });
    const order = await ask(shop, `/?rest_route=/wc/v3/orders/${shop.state.placeOrder(cart()).id}&_=wp-json/wc/`);
    expect(JSON.stringify(await order.json())).toContain('https://shop.example/index.php?rest_route=/wc/v3/orders');
  });

  it('takes a signature of the home address without a slash', async () => {
    const shop = openShop({ permalinks: 'plain', https: false });
    const answer = async (home: string, nonce: string) => {
      const params = [
        ['_', 'wp-json/wc/'],
        ['oauth_consumer_key', wooKey.key],
        ['oauth_nonce', nonce],
        ['oauth_signature_method', 'HMAC-SHA1'],
        ['oauth_timestamp', String(shop.clock.now() / 1000)],
        ['rest_route', '/wc/v3/orders'],
      ] as const;
      const list = params.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
      const base = ['GET', home, list].map(encodeURIComponent).join('&');
      const signature = await hmacText('SHA-1', `${wooKey.secret}&`, base, 'base64');
      const query = `${list.replaceAll('%2F', '/')}&oauth_signature=${encodeURIComponent(signature)}`;
      return (await shop.shop.fetch(`http://shop.example/?${query}`)).status;
    };
    expect([await answer('http://shop.example', 'a'), await answer('http://shop.example/', 'b')]).toEqual([200, 401]);
  });
});
