import { CommerceError, defineConnector, defineOwnership, eventId } from '@crossdock/core';
import type {
  CommerceEvent,
  Order,
  OrderDraft,
  Page,
  Ref,
  ShipmentConfirmation,
  Since,
  WriteOptions,
} from '@crossdock/core';

/** An order as small as an order can be. */
export function order(id: string, change: Partial<Order> = {}): Order {
  const zero = { amount: '0.00', currency: 'EUR' };
  return {
    ref: { system: 'shop', kind: 'order', id },
    number: id,
    status: 'confirmed',
    paymentStatus: 'paid',
    wireStatus: {},
    currency: 'EUR',
    taxesIncluded: false,
    lines: [],
    shippingLines: [],
    feeLines: [],
    discounts: [],
    totals: { goods: zero, discount: zero, shipping: zero, fees: zero, tax: zero, total: zero },
    transactions: [],
    tags: [],
    placedAt: '2026-11-01T00:00:00Z',
    updatedAt: '2026-11-01T00:00:00Z',
    ...change,
  };
}

export function placed(id: string): CommerceEvent<'order.placed'> {
  const data = order(id);
  return {
    id: eventId('order.placed', data.ref),
    type: 'order.placed',
    system: 'shop',
    occurredAt: data.placedAt,
    data,
  };
}

/** A shop that has pages of orders and sends webhooks whose body is a list of order ids. */
export function shop(pages: () => readonly Page<Order>[] = () => []) {
  return defineConnector({
    platform: 'paper',
    apiVersion: '1',
    system: 'shop',
    ports: {
      orders: {
        async *pull(since: Since) {
          for (const page of pages()) if (since.cursor === undefined || page.cursor > since.cursor) yield page;
        },
        async get(ref: Ref<'order'>) {
          return pages()
            .flatMap(({ items }) => items)
            .find((item) => item.ref.id === ref.id);
        },
      },
      shipments: {
        async confirm({ shipment }: ShipmentConfirmation, _options: WriteOptions) {
          return shipment.ref;
        },
      },
      webhooks: {
        async verify(request: Request) {
          const signature = request.headers.get('signature');
          const deliveryId = request.headers.get('delivery');
          if (deliveryId === null) return { ok: false, reason: 'headers' } as const;
          if (signature === 'ping') return { ok: false, reason: 'ping' } as const;
          if (signature === 'oversized' || signature === 'stale') return { ok: false, reason: signature } as const;
          if (signature !== 'good') return { ok: false, reason: 'signature' } as const;
          return { ok: true, delivery: { deliveryId, topic: 'orders', body: await request.text() } } as const;
        },
        async decode({ body }) {
          const ids = JSON.parse(body) as readonly string[];
          return ids.map((id) => {
            if (id === 'odd')
              throw new CommerceError({ code: 'status.unmapped', message: 'Order "odd" has an odd status.' });
            return placed(id);
          });
        },
      },
    },
    traits: {
      'orders.pull': { cursor: 'opaque', maxPage: 100 },
      'shipments.confirm': { duplicateGuard: 'natural-key' },
      'webhooks.verify': { scheme: 'shared-secret', signsTime: false },
    },
    check: async () => {},
    usage: () => [],
  });
}

/** A back office that remembers every order it was told to make, and under which key. */
export function erp(behave: (draft: OrderDraft, options: WriteOptions) => void | Promise<void> = () => {}) {
  const made: { readonly number: string; readonly key: string }[] = [];
  const connector = defineConnector({
    platform: 'ledger',
    apiVersion: '1',
    system: 'erp',
    ports: {
      orders: {
        async create(draft: OrderDraft, options: WriteOptions): Promise<Ref<'order'>> {
          await behave(draft, options);
          if (!made.some(({ key }) => key === options.idempotencyKey)) {
            made.push({ number: draft.number, key: options.idempotencyKey });
          }
          return { system: 'erp', kind: 'order', id: `S-${draft.number}` };
        },
      },
    },
    traits: { 'orders.create': { duplicateGuard: 'native-key', keyValidMs: Number.POSITIVE_INFINITY } },
    check: async () => {},
    usage: () => [],
  });
  return { connector, made };
}

export function draftOf(event: CommerceEvent<'order.placed'>): OrderDraft {
  const { ref, wireStatus: _wire, updatedAt: _updated, status: _status, ...rest } = event.data;
  return { ...rest, source: ref, customer: { system: 'erp', kind: 'customer', id: 'C1' } };
}

export const ownership = defineOwnership({
  'order.status': 'erp',
  'order.lines': 'shop',
  'stock.available': 'erp',
  'product.price': 'erp',
  'product.content': 'shop',
  'shipment.tracking': 'erp',
});

export function webhook(deliveryId: string, orders: readonly string[], signature = 'good'): Request {
  return new Request('https://hub.example/shop', {
    method: 'POST',
    headers: { signature, delivery: deliveryId },
    body: JSON.stringify(orders),
  });
}
