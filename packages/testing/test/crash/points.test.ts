import { kindsAt, parsePoint, pointName, recordsOf } from '@crossdock/testing/crash';
import { pointOf } from './point-of.ts';
import { expect, it } from 'vitest';

it.each([
  'after commit 17: runs.writeStep place-order/1042/order.placed create',
  'before send 4: POST odoo /json/2/sale.order/load (3)',
  'after send 1: POST shopify query OrdersById',
])('the name of a point says which it is: %s', (name) => {
  expect(pointName(pointOf(name))).toBe(name);
});

it('finds a point without its number, which other runs count otherwise', () => {
  expect(parsePoint('after commit: inbox.put d-1')).toMatchObject({ label: 'inbox.put d-1', occurrence: 1 });
  expect(parsePoint('during commit 3: inbox.put')).toBeUndefined();
});

it('loses answers only where there is one', () => {
  expect(kindsAt(pointOf('before send 1: GET x /'))).toEqual(['throw', 'kill']);
  expect(kindsAt(pointOf('after send 1: GET x /'))).toEqual(['throw', 'kill', 'lost']);
});

it('takes every record as it is', () => {
  expect(recordsOf(platform('9007199254743871', '2026-11-01T08:00:00Z'))).toEqual({
    'shop orders': [
      {
        id: '9007199254743871',
        customerId: 7,
        number: '1042',
        createdAt: '2026-11-01T08:00:00Z',
        due: '2026-11-01T08:00:00Z',
        origin: 'shop:gid://shop/Order/9007199254743871',
        total: '12n',
        lines: [{ sku: 'TEE', quantity: 2 }],
      },
    ],
    'shop stock': [{ key: 'TEE', value: 4 }],
    'shop tags': ['new'],
  });
});

function order(id: string, at: string) {
  return {
    id,
    customerId: 7,
    number: '1042',
    createdAt: at,
    due: at,
    origin: `shop:gid://shop/Order/${id}`,
    total: 12n,
    lines: [{ sku: 'TEE', quantity: 2 }],
    ship() {},
  };
}

function platform(id: string, at: string) {
  return {
    shop: {
      origin: 'https://shop.example',
      fetch: globalThis.fetch,
      state: {
        orders: [order(id, at)],
        addOrder() {},
        counts: { orders: 1 },
        stock: new Map([['TEE', 4]]),
        tags: new Set(['new']),
      },
    },
  };
}
