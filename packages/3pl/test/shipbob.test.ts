import { errorRules, isCommerceError, type CommerceError } from '@crossdock/core';
import { warehouseIssues } from '@crossdock/3pl';
import { shipbob, type ShipBobOptions } from '@crossdock/3pl/shipbob';
import { aFulfillmentDraft, testClock } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { allOf, anOrderOf, answering, base, place, shipbobWorld, token } from './shipbob-world.ts';

const unauthorized = async () => new Response(null, { status: 401 });

/** How a request ends to which ShipBob answers so. */
async function refusalOf(status: number, body: unknown, headers?: Readonly<Record<string, string>>) {
  const { warehouse, requests } = answering(status, body, headers);
  try {
    await warehouse.fulfillments.request(aFulfillmentDraft({ number: '1042-1' }), { idempotencyKey: 'release' });
  } catch (error) {
    if (isCommerceError(error)) return { error, requests };
    throw error;
  }
  throw new Error('Nothing was refused.');
}

const item = (sku: string | null, quantity: number | null) => ({
  inventory_id: 1,
  sku,
  locations: [{ location_id: 8, on_hand_quantity: 9, sellable_quantity: quantity, awaiting_quantity: 4 }],
});

const orderOf = (reference: string) => ({
  id: 12,
  reference_id: reference,
  status: 'Processing',
  created_date: '2026-11-01T00:00:00Z',
  products: [{ reference_id: 'TEE-RED-M', quantity: 2 }],
});

/** Deliveries about an order with shipments 100, 101 and so on. */
function deliveriesFor(statuses: readonly string[], status = 'Processing') {
  const shipments = statuses.map((word, index) => ({
    id: 100 + index,
    status: word,
    actual_fulfillment_date: '2026-11-01T00:00:00Z',
    products: [{ reference_id: 'TEE-RED-M', quantity: 1 }],
  }));
  const { warehouse } = answering(200, { ...orderOf('7'), id: 4, status, shipments });
  return {
    decode: (topic: string, body: unknown) =>
      warehouse.webhooks.decode({ deliveryId: 'd', topic, body: JSON.stringify(body) }),
  };
}

describe('options', () => {
  it.each<[string, Partial<ShipBobOptions>, RegExp]>([
    ['a blank token', { token: ' ' }, /shipbob\(\{ token \}\) wants a token/],
    ['a token with a line break', { token: `${token}\n` }, /shipbob\(\{ token \}\)/],
    ['a channel that is no number', { channelId: 'web' }, /shipbob\(\{ channelId \}\) wants the number.*"web"/],
    ['a secret in another form', { webhookSecrets: ['hunter2-hunter2'] }, /webhookSecrets\.0 \}\) wants "whsec_"/],
    ['a version that is none', { apiVersion: 'v2' }, /apiVersion \}\) wants a year and a month.*"v2"/],
    ['an origin with a path', { origin: 'https://api.shipbob.com/2026-01' }, /origin \}\) wants scheme and host/],
    ['an unknown kind of order', { orderType: 'Gift' as 'DTC' }, /orderType \}\) wants "DTC"/],
  ])('refuse %s in words', (_what, change, words) => {
    const make = () => shipbob({ ...base, ...change });

    expect(make).toThrow(words);
    expect(make).not.toThrow(/hunter2|CANARY/);
  });

  it('ask a source of tokens before every call, and send channel and version', async () => {
    let asked = 0;
    const seen: (string | null)[] = [];
    const warehouse = shipbob({
      ...base,
      apiVersion: '2026-07',
      origin: 'https://sandbox-api.shipbob.com',
      token: async () => `token-${++asked}`,
      async fetch(input, init) {
        const { url, headers } = new Request(input, init);
        seen.push(url.split('?')[0] ?? '', headers.get('authorization'), headers.get('shipbob_channel_id'));
        return Response.json([]);
      },
    });
    await warehouse.check();
    await warehouse.check();

    const url = 'https://sandbox-api.shipbob.com/2026-07/order';
    expect(seen).toEqual([url, 'Bearer token-1', '100001', url, 'Bearer token-2', '100001']);
  });

  it('tell a token that ran out from one that was never good', async () => {
    const fixed = await shipbob({ ...base, fetch: unauthorized }).check();
    const renewed = await shipbob({ ...base, fetch: unauthorized, token: async () => token }).check();

    expect(fixed).toMatchObject({ ok: false, error: { code: 'auth.rejected' } });
    expect(renewed).toMatchObject({ ok: false, error: { code: 'auth.expired' } });
  });
});

describe('refusals', () => {
  it.each<[string, unknown, CommerceError['code']]>([
    ['the address', { 'recipient.address.country': ['Ada Byron of Mill Lane lives nowhere.'] }, 'address.invalid'],
    ['the recipient', { 'Recipient.Name': ['Ada Byron is no name.'] }, 'address.invalid'],
    ['a product', { 'products[0].reference_id': ['Unknown.'] }, 'sku.unknown'],
    ['a SKU', { 'Products[1].Sku': ['Unknown.'] }, 'sku.unknown'],
    ['a quantity', { 'products[0].quantity': ['Too many.'] }, 'record.rejected'],
    ['the service', { shipping_method: ['Unknown.'] }, 'carrier.rejected'],
    ['everything', { '': ['No.'] }, 'record.rejected'],
    ['in its own code', { code: 'VALIDATION_ERROR', message: 'Ada Byron is no name.' }, 'record.rejected'],
  ])('of %s have their queue, and repeat no buyer', async (_what, body, code) => {
    const { error, requests } = await refusalOf(400, body);

    expect(error).toMatchObject({ code, refs: [{ kind: 'order', id: '1042' }] });
    expect(error.message).toContain('"1042-1"');
    expect(error.message).not.toMatch(/Ada|Mill Lane|CANARY/);
    expect(requests).toHaveLength(1);
  });

  it.each<[string, Record<string, string[]>, string]>([
    ['a field', { 'recipient.address.zip_code': ['No.'] }, 'it refused "recipient.address.zip_code" (400)'],
    ['a field of a line', { 'Products[1].Sku': ['No.'] }, 'it refused "Products[1].Sku" (400)'],
    ['a field of the JSON', { '$.shipping_method': ['No.'] }, 'it refused "$.shipping_method" (400)'],
    ['a field that was not sent', { shipping_terms: ['No.'] }, 'it refused "shipping_terms" (400)'],
    ['the whole request', { '': ['No.'] }, 'it refused the whole request (400)'],
    ['an address', { 'Ada Byron, 12 Mill Lane': ['No.'] }, 'it refused something that is named by no field (400)'],
    ['a person', { Ada: ['No.'] }, 'it refused something that is named by no field (400)'],
    ['a part of a name', { 'recipient.Ada Byron': ['No.'] }, 'it refused something that is named by no field (400)'],
    ['a mailbox', { 'ada.byron@example.test': ['No.'] }, 'it refused something that is named by no field (400)'],
    ['a telephone', { '+44 161 555 0100': ['No.'] }, 'it refused something that is named by no field (400)'],
    [
      'a field and a person',
      { Ada: ['No.'], 'recipient.name': ['No.'] },
      'it refused "recipient.name", something that is named by no field (400)',
    ],
  ])('that name %s say no more than a field', async (_what, body, words) => {
    const { error } = await refusalOf(400, body);

    expect(error.message).toContain(words);
    expect(error.message).not.toMatch(/Ada|ada|Byron|Mill Lane|555/);
  });

  it('of an address that is none of the API speak of the options', async () => {
    const { error } = await refusalOf(404, { code: 'NOT_FOUND', message: 'Resource not found.' });
    expect(error).toMatchObject({ code: 'options.invalid', refs: [{ kind: 'order', id: '1042' }] });
    expect(error.message).toContain('no such address or API version (404). Check origin and apiVersion.');

    const { warehouse } = answering(404, '');
    expect(await warehouse.check()).toMatchObject({ ok: false, error: { code: 'options.invalid' } });
    await expect(warehouse.inventory.get(['TEE'])).rejects.toMatchObject({ code: 'options.invalid' });
    expect(await warehouse.fulfillments.get({ system: 'shipbob', kind: 'fulfillment', id: '12' })).toBeUndefined();
  });

  it('with 422 are a duplicate only where the order is found', async () => {
    // A filter that finds more than was asked for finds nothing of ours.
    const list: unknown[] = [orderOf('70')];
    const sent: unknown[] = [];
    const warehouse = shipbob({
      ...base,
      clock: testClock(),
      async fetch(input, init) {
        const request = new Request(input, init);
        if (request.method === 'GET') return Response.json(list);
        sent.push(await request.json());
        return Response.json({ errors: ['No.'] }, { status: 422 });
      },
    });
    const request = () => warehouse.fulfillments.request(aFulfillmentDraft({ number: '7' }), { idempotencyKey: 'k' });

    await expect(request()).rejects.toMatchObject({ code: 'record.rejected' });
    list.push(anOrderOf(sent[0]));
    expect(await request()).toMatchObject({ ref: { id: '12' }, state: 'accepted' });
  });

  it('for the moment say how long, in the header that only ShipBob has', async () => {
    const { error } = await refusalOf(429, { statusCode: 429, message: 'Slow down.' }, { 'x-retry-after': '120' });

    expect(error).toMatchObject({ code: 'platform.throttled', retryAfterMs: 120_000 });
  });
});

describe('stock', () => {
  it('is what may be sold, with what is counted apart', async () => {
    const { platform, connect } = shipbobWorld();
    const { reference } = await place(platform);
    platform.state.addInventory('TEE-RED-M', 5);
    expect(platform.state.order(reference)).toBeDefined();

    const [level] = await connect().inventory.get(['TEE-RED-M']);

    expect(level).toMatchObject({
      sku: 'TEE-RED-M',
      location: { system: 'shipbob', kind: 'location' },
      available: 5,
      buckets: { 'on-hand': 7, committed: 2 },
    });
  });

  it('is not followed to where the token does not belong', async () => {
    for (const next of [
      'https://evil.example/2026-01/inventory-level/locations?page=2',
      'https://api.shipbob.com@evil.example/2026-01/inventory-level/locations',
      'https://api.shipbob.com/2026-01/webhook',
      '//evil.example/2026-01/inventory-level/locations',
    ]) {
      const { warehouse, requests } = answering(200, { items: [], next });
      await expect(warehouse.inventory.get(['TEE'])).rejects.toMatchObject({ code: 'response.unexpected' });
      expect(requests).toHaveLength(1);
    }
  });

  it('without a figure to sell by is reported and not taken for zero', async () => {
    const { warehouse } = answering(200, { items: [item('TEE', null), item('CAP', 3), item(null, 2)], next: null });

    await expect(warehouse.inventory.get(['TEE'])).rejects.toMatchObject({ code: 'record.invalid' });
    expect(await warehouse.inventory.get(['CAP'])).toMatchObject([{ available: 3, buckets: { inbound: 4 } }]);
    for await (const page of warehouse.inventory.pull({})) {
      expect(page.items.map(({ sku }) => sku)).toEqual(['CAP']);
      expect(page.problems).toMatchObject([{ ref: { kind: 'variant', id: 'TEE' } }]);
    }
  });

  it('is read on from a saved page, and begins anew behind the last', async () => {
    const { platform, connect } = shipbobWorld();
    for (let number = 1; number <= 600; number++) platform.state.addInventory(`SKU-${number}`, number);
    const first = await allOf(connect().inventory.pull({}));
    const skus = new Set(first.flatMap(({ items }) => items.map(({ sku }) => sku)));
    expect(skus.size).toBe(600);
    expect(first.length).toBeGreaterThan(1);

    const rest = await allOf(connect().inventory.pull({ cursor: first[0]?.cursor }));
    expect(rest).toHaveLength(first.length - 1);
    const anew = await allOf(connect().inventory.pull({ cursor: first.at(-1)?.cursor }));
    expect(anew).toHaveLength(first.length);
  });
});

describe('deliveries', () => {
  it('are verified as the specification signs them', async () => {
    // Made with the algorithm of standardwebhooks.com for this repository.
    const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
    const clock = testClock({ startAt: '2023-11-14T22:13:20Z' });
    const warehouse = shipbob({ ...base, webhookSecrets: [secret], clock });
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': '1700000000',
      'webhook-signature': 'v1,+IzdwScqhSc2F01pY+rAymMQN73Vy20dLJ0HYWT9BYs=',
      'x-webhook-topic': 'order.shipped',
    };
    const request = () => new Request('https://us.example/hooks', { method: 'POST', headers, body: '{"id":1}' });

    expect(await warehouse.webhooks.verify(request())).toEqual({
      ok: true,
      delivery: { deliveryId: 'msg_1', topic: 'order.shipped', body: '{"id":1}' },
    });
    await clock.advance(301_000);
    expect(await warehouse.webhooks.verify(request())).toEqual({ ok: false, reason: 'stale' });
  });

  it('are hints: the order is read again, and a shipment tells of itself alone', async () => {
    const { platform, connect } = shipbobWorld({ linesPerShipment: 1 });
    const warehouse = connect();
    const lines = ['TEE', 'CAP'].map((sku, index) => ({ id: String(index + 1), sku, title: sku, quantity: 1 }));
    for (const { sku } of lines) platform.state.addInventory(sku, 1);
    await warehouse.fulfillments.request(aFulfillmentDraft({ number: '7', lines }), { idempotencyKey: 'k' });
    platform.state.ship('7');
    const order = platform.state.order('7');
    const decode = (topic: string, body: unknown) =>
      warehouse.webhooks.decode({ deliveryId: 'd', topic, body: JSON.stringify(body) });

    const ofOrder = await decode('order.shipped', { id: order?.id, status: 'Cancelled' });
    const ofShipment = await decode('order.shipment.delivered', { id: order?.shipments[0]?.id, order_id: order?.id });

    expect(ofOrder.map(({ type }) => type)).toEqual([
      'fulfillment.updated',
      'shipment.dispatched',
      'shipment.updated',
      'shipment.dispatched',
      'shipment.updated',
    ]);
    expect(ofOrder[0]?.data).toMatchObject({ status: 'shipped' });
    expect(ofShipment.map(({ type }) => type)).toEqual([
      'fulfillment.updated',
      'shipment.dispatched',
      'shipment.updated',
    ]);
    await expect(decode('billing.invoice.created', { id: 1 })).rejects.toMatchObject({ code: 'webhook.unknown' });
    await expect(decode('order.shipped', { what: 1 })).rejects.toMatchObject({ code: 'webhook.malformed' });
  });

  it('of an order that is gone, or of another account, mean nothing', async () => {
    const { webhooks } = shipbobWorld().connect();

    for (const body of ['{"id":987654321}', '{"id":5,"order_id":0}']) {
      expect(await webhooks.decode({ deliveryId: 'd', topic: 'order.shipped', body })).toEqual([]);
    }
  });

  it('tell of every shipment that can be read, whatever became of the others', async () => {
    const { decode } = deliveriesFor(['Completed', 'CleanSweeped', 'Teleported']);

    const told = await decode('order.shipped', { id: 4 });

    expect(told.map(({ type }) => type)).toEqual(['fulfillment.updated', 'shipment.dispatched', 'shipment.updated']);
    expect((await decode('order.shipment.delivered', { id: 100, order_id: 4 })).map(({ type }) => type)).toEqual([
      'fulfillment.updated',
      'shipment.dispatched',
      'shipment.updated',
    ]);
  });

  it('tell of the shipments also where the order itself cannot be read', async () => {
    const { decode } = deliveriesFor(['Completed'], 'Elsewhere');

    const told = await decode('order.shipped', { id: 4 });

    expect(told.map(({ type }) => type)).toEqual(['shipment.dispatched', 'shipment.updated']);
  });

  it('wait for a person where the shipment that they are about cannot be read, or nothing can', async () => {
    const { decode } = deliveriesFor(['Completed', 'CleanSweeped']);
    await expect(decode('order.shipment.on_hold', { id: 101, order_id: 4 })).rejects.toMatchObject({
      code: 'status.unmapped',
    });
    const nothing = deliveriesFor(['CleanSweeped'], 'Elsewhere');
    await expect(nothing.decode('order.shipped', { id: 4 })).rejects.toMatchObject({ code: 'status.unmapped' });
  });
});

it('gives every reason of a warehouse a queue and somebody who has to act', () => {
  for (const { needs, error, message } of Object.values(warehouseIssues)) {
    expect(['merchant', 'partner', 'carrier']).toContain(needs);
    expect(errorRules[error].kind).toBe('business');
    expect(message).toMatch(/\.$/);
  }
});
