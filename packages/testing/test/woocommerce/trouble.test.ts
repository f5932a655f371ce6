import { describe, expect, it } from 'vitest';
import { cart, openShop } from './shop.ts';

const parcel = (orderLine: number | undefined) => ({
  status: 'fulfilled',
  is_fulfilled: true,
  notify_customer: false,
  meta_data: [
    { id: 0, key: '_items', value: [{ item_id: orderLine ?? 0, qty: 1 }] },
    { id: 0, key: '_tracking_number', value: '1Z' },
  ],
});

describe('trouble on the way', () => {
  it('makes an order of which nobody hears', async () => {
    const { shop, state, call } = openShop();
    shop.faults.next('POST /orders', { kind: 'drop', when: 'after' });
    await expect(call('POST', 'orders', { line_items: [{ sku: 'MUG', quantity: 1 }] })).rejects.toThrow('fetch failed');
    expect(state.orders).toHaveLength(1);
  });

  it('is closed for maintenance in JSON to who asks for it, and in HTML to others', async () => {
    const { state, call } = openShop();
    state.maintenance();
    const json = await call('GET', 'orders');
    expect([json.status, json.headers.get('retry-after')]).toEqual([503, '600']);
    expect(json.body).toMatchObject({ code: 'wp_die', data: { status: 503 }, additional_errors: [] });
    const page = await call('GET', 'orders', undefined, { accept: '*/*' });
    expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=utf-8']);
    state.maintenance('none');
    expect((await call('GET', 'orders')).status).toBe(200);
  });

  it('has lost its database', async () => {
    const { state, call } = openShop();
    state.maintenance('database');
    const { status, body } = await call('GET', 'orders');
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'wp_die', message: '<h1>Error establishing a database connection</h1>' });
  });

  it('stands behind a host that counts requests, and says when to come back or does not', async () => {
    const told = openShop({ hostLimit: { requests: 2, perMs: 10_000 } });
    const answers = [];
    for (let count = 0; count < 3; count++) answers.push(await told.call('GET', 'orders'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers.get('retry-after')).toBe('10');
    expect(answers[2]?.text).toContain('<html>');
    await told.clock.advance(10_000);
    expect((await told.call('GET', 'orders')).status).toBe(200);

    const silent = openShop({ hostLimit: { requests: 0, perMs: 10_000, saysWhen: false } });
    expect((await silent.call('GET', 'orders')).headers.get('retry-after')).toBeNull();
  });

  it('shows paths of its files when PHP ends', async () => {
    const { state, call } = openShop();
    const { status, body } = await call('POST', 'orders', { line_items: [{ sku: 'MUG', quantity: 0 }] });
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: 'internal_server_error', data: { error: { line: 219 } } });
    expect(state.orders).toEqual([]);
  });

  it('tells of a throttle in the words of a host', async () => {
    const { shop, call } = openShop();
    shop.faults.next('GET /orders/{id}', { kind: 'throttle', retryAfterSeconds: 7 });
    const { status, headers } = await call('GET', 'orders/1');
    expect([status, headers.get('retry-after')]).toEqual([429, '7']);
  });
});

describe('parcels', () => {
  it('has no fulfillments unless the feature is on', async () => {
    const { state, call } = openShop();
    const { id } = state.placeOrder(cart());
    expect((await call('GET', `orders/${id}/fulfillments`)).body).toMatchObject({ code: 'rest_no_route' });
    state.settings.fulfillments = true;
    expect((await call('GET', `orders/${id}/fulfillments`)).body).toEqual([]);
  });

  it('keeps fulfillments, does not count what is in them, and forgets what a PUT leaves out', async () => {
    const { state, call } = openShop({ fulfillments: true });
    const { id } = state.placeOrder(cart());
    const line = state.order(id)?.lines[0]?.id;
    const first = await call('POST', `orders/${id}/fulfillments`, parcel(line));
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ entity_type: 'WC_Order', entity_id: String(id), is_fulfilled: true });
    await call('POST', `orders/${id}/fulfillments`, parcel(line));
    expect(state.fulfillments(id)).toHaveLength(2);
    const items = parcel(line).meta_data.slice(0, 1);
    await call('PUT', `orders/${id}/fulfillments/${state.fulfillments(id)[0]?.id}`, { meta_data: items });
    expect(state.fulfillments(id)[0]?.meta.map(({ key }) => key)).toEqual(['_items', '_date_fulfilled']);
    const wrong = { ...parcel(line), meta_data: [{ key: '_items', value: [{ item_id: String(line), qty: '1' }] }] };
    expect((await call('POST', `orders/${id}/fulfillments`, wrong)).status).toBe(400);
  });

  it('tell how far an order is fulfilled, are deleted without a word, and refuse with a number', async () => {
    const { state, call } = openShop({ fulfillments: true });
    const { id } = state.placeOrder(cart('MUG', 2));
    const path = `orders/${id}/fulfillments`;
    const sent = parcel(state.order(id)?.lines[0]?.id);
    const status = () => state.order(id)?.meta.find(({ key }) => key === '_fulfillment_status')?.value;
    expect((await call('POST', path, sent)).body).toMatchObject({ date_updated: '2026-11-23 13:00:00' });
    expect(status()).toBe('partially_fulfilled');
    await call('POST', path, sent);
    expect(status()).toBe('fulfilled');
    const first = state.fulfillments(id)[0]?.id;
    for (let time = 0; time < 2; time++) {
      const { body } = await call('DELETE', `${path}/${first}`);
      expect(body).toEqual({ message: 'Fulfillment deleted successfully.' });
    }
    expect(status()).toBe('partially_fulfilled');
    const missing = await call('GET', `${path}/${first}`);
    expect(missing.body).toEqual({ code: 0, message: 'Fulfillment not found.', data: { status: 400 } });
    expect((await call('PUT', `${path}/${first}`, { status: 'fulfilled' })).body).toMatchObject({
      code: 'rest_missing_callback_param',
    });
    expect((await call('GET', 'orders/999/fulfillments')).body).toMatchObject({ data: { status: '404' } });
    expect((await call('POST', path, { ...sent, status: 'zzz' })).body).toMatchObject({ status: 'unfulfilled' });
  });

  it('keeps tracking numbers of the extension, in a custom field too, and lists its carriers to anybody', async () => {
    const { shop, state, call } = openShop({ shipmentTracking: true });
    const { id } = state.placeOrder(cart());
    const base = `${shop.origin}/wp-json/wc-shipment-tracking/v3/orders/${id}/shipment-trackings`;
    expect((await shop.fetch(`${base}/providers`)).status).toBe(200);
    expect((await shop.fetch(base)).status).toBe(401);
    const path = `../../wc-shipment-tracking/v3/orders/${id}/shipment-trackings`;
    const sent = { tracking_provider: 'UPS', tracking_number: '1Z', date_shipped: '2026-11-23' };
    const { status, body } = await call('POST', path, sent);
    expect(status).toBe(201);
    expect(body).toMatchObject({ tracking_number: '1Z', date_shipped: '2026-11-23' });
    expect(state.trackings(id)).toMatchObject([{ provider: 'UPS', number: '1Z' }]);
    expect(state.order(id)?.meta.map(({ key }) => key)).toEqual(['_wc_shipment_tracking_items']);
    await call('DELETE', `${path}/${state.trackings(id)[0]?.id}`);
    expect(state.trackings(id)).toEqual([]);
  });
});
