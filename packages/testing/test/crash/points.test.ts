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

it('compares records without what is drawn, counted or a moment', () => {
  const one = recordsOf(platform('9007199254743871', '2026-11-01T08:00:00Z'));
  expect(one).toEqual(recordsOf(platform('9007199254743999', '2026-11-01T09:17:00Z')));
  expect(one).toEqual({
    'shop orders': [
      { number: '1042', due: '<time>', origin: 'shop:gid://shop/Order/<id>', lines: [{ sku: 'TEE', quantity: 2 }] },
    ],
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
    lines: [{ sku: 'TEE', quantity: 2 }],
    ship() {},
  };
}

function platform(id: string, at: string) {
  return {
    shop: {
      origin: 'https://shop.example',
      fetch: globalThis.fetch,
      state: { orders: [order(id, at)], addOrder() {}, counts: { orders: 1 } },
    },
  };
}
