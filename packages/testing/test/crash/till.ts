import { defineConnector, eventId, type Delivery, type Order } from '@crossdock/core';
import { anOrder } from '@crossdock/testing';

/** A channel whose webhooks are nothing but the number of an order. */
export function till() {
  return defineConnector({
    platform: 'till',
    apiVersion: '1',
    system: 'till',
    ports: {
      webhooks: {
        async verify(request: Request) {
          const body = await request.text();
          return { ok: true, delivery: { deliveryId: `d-${body}`, topic: 'orders', body } } as const;
        },
        async decode({ body }: Delivery) {
          const data = orderOf(body);
          const id = eventId('order.placed', data.ref);
          return [{ id, type: 'order.placed', system: 'till', occurredAt: data.placedAt, data } as const];
        },
      },
    },
    traits: { 'webhooks.verify': { scheme: 'shared-secret', signsTime: false } },
    check: async () => {},
    usage: () => [],
  });
}

function orderOf(number: string): Order {
  return anOrder({ ref: { system: 'till', kind: 'order', id: number }, number });
}

/** What the till sends when it has sold something. */
export function sale(number: string): Request {
  return new Request('https://hub.example/till', { method: 'POST', body: number });
}
