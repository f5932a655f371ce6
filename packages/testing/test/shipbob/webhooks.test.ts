import { hmacText, fromBase64 } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { signatureOf } from '../../src/platforms/shipbob/hooks.ts';
import { draft, shipBobWithGoods } from './caller.ts';

const url = 'https://receiver.example/hooks';

describe('webhooks', () => {
  it('signs as Standard Webhooks says', async () => {
    const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3';
    expect(await signatureOf(secret, 'msg_1', '1700000000', '{"id":1}')).toBe(
      '+IzdwScqhSc2F01pY+rAymMQN73Vy20dLJ0HYWT9BYs=',
    );
  });

  it('tells of an order when the labels of all its shipments are printed, and not before', async () => {
    const { shipBob, call, state, clock } = shipBobWithGoods({ linesPerShipment: 1 });
    const { body } = await call('POST', '/webhook', { topics: ['order.shipped', 'order.shipment.delivered'], url });
    const { secret } = body as { secret: string };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/);
    const received: Request[] = [];
    shipBob.webhooks.deliver = async (request) => {
      received.push(request);
      return new Response();
    };
    await call(
      'POST',
      '/order',
      draft('1042', [
        ['TEE', 1],
        ['MUG', 1],
      ]),
    );
    const [first] = state.shipmentsOf('1042');
    await call('POST', '/simulate/shipment', { shipment_id: first?.id, simulation: { action: 'ShipOrder' } });
    await clock.advance(1000);
    expect(received).toHaveLength(0);
    state.label('1042');
    await clock.advance(1000);
    expect(received).toHaveLength(1);

    const [hook] = received;
    const text = (await hook?.text()) ?? '';
    const id = hook?.headers.get('webhook-id');
    const timestamp = hook?.headers.get('webhook-timestamp');
    const key = fromBase64(secret.slice('whsec_'.length)) ?? '';
    const signature = await hmacText('SHA-256', key, `${id}.${timestamp}.${text}`, 'base64');
    expect(hook?.headers.get('webhook-signature')).toBe(`v1,${signature}`);
    expect(hook?.headers.get('x-webhook-topic')).toBe('order.shipped');
    expect(JSON.parse(text)).toMatchObject({ reference_id: '1042', shipments: [{ tracking: {} }, { tracking: {} }] });
  });

  it('tries eight times over a day with one id, then disables the endpoint', async () => {
    const { shipBob, state, clock } = shipBobWithGoods();
    state.subscribe(url, ['order.shipment.exception']);
    const attempts: { readonly at: number; readonly id: string | null }[] = [];
    shipBob.webhooks.deliver = async (request) => {
      attempts.push({ at: clock.now(), id: request.headers.get('webhook-id') });
      return new Response('down', { status: 503 });
    };
    const startedAt = clock.now();
    await orderUnknownGoods(shipBob);
    await clock.advance(40 * 3_600_000);
    const hours = attempts.map(({ at }) => Math.round((at - startedAt) / 1000));
    expect(hours).toEqual([0, 5, 305, 2105, 9305, 27_305, 63_305, 99_305]);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
    expect(state.enabledSubscriptions).toEqual([]);
  });

  it('takes no address without TLS and no topic that it does not have', async () => {
    const { call } = shipBobWithGoods();
    expect((await call('POST', '/webhook', { topics: ['order.shipped'], url: 'http://receiver.example' })).status).toBe(
      400,
    );
    expect((await call('POST', '/webhook', { topics: ['order.lost'], url })).status).toBe(400);
  });

  it('forgets a subscription that is taken back', async () => {
    const { call, state } = shipBobWithGoods();
    const { body } = await call('POST', '/webhook', { topics: ['order.shipped'], url });
    expect((await call('GET', '/webhook')).body).toMatchObject({ items: [{ url }] });
    expect(JSON.stringify((await call('GET', '/webhook')).body)).not.toContain('whsec_');
    expect((await call('DELETE', `/webhook/${(body as { id: number }).id}`)).status).toBe(204);
    expect(state.enabledSubscriptions).toEqual([]);
  });
});

/** An order with an unknown SKU, which is an exception at once. */
async function orderUnknownGoods(shipBob: ReturnType<typeof shipBobWithGoods>['shipBob']): Promise<void> {
  await shipBob.fetch(`${shipBob.origin}/2026-01/order`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer shipbob-token',
      shipbob_channel_id: '100001',
      'content-type': 'application/json',
    },
    body: JSON.stringify(draft('1042', [['HAT', 1]])),
  });
}
