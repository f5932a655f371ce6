import type { Json } from '@crossdock/core';
import type { fakeOdoo } from '@crossdock/testing';

export type Odoo = ReturnType<typeof fakeOdoo>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** One call by JSON-2, as any program would make it. */
export async function call(odoo: Odoo, operation: string, body: Json = {}, key = 'odoo-api-key'): Promise<Answer> {
  const dot = operation.lastIndexOf('.');
  const path = `/json/2/${operation.slice(0, dot)}/${operation.slice(dot + 1)}`;
  const response = await odoo.fetch(`${odoo.origin}${path}`, {
    method: 'POST',
    headers: { authorization: `bearer ${key}`, 'x-odoo-database': 'odoo', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Json }; // A JSON answer is JSON.
}

/** One call by JSON-RPC; the whole answer, error or result. */
export async function rpc(odoo: Odoo, operation: string, args: readonly Json[], keywords: Json = {}): Promise<Json> {
  const dot = operation.lastIndexOf('.');
  const execute = ['odoo', 5, 'odoo-api-key', operation.slice(0, dot), operation.slice(dot + 1), args, keywords];
  return rpcService(odoo, 'object', 'execute_kw', execute);
}

export async function rpcService(odoo: Odoo, service: string, method: string, args: readonly Json[]): Promise<Json> {
  const response = await odoo.fetch(`${odoo.origin}/jsonrpc`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'call', params: { service, method, args } }),
  });
  return (await response.json()) as Json; // A JSON answer is JSON.
}

/** What JSON-RPC answered, without the envelope. */
export async function result(odoo: Odoo, operation: string, args: readonly Json[], keywords: Json = {}): Promise<Json> {
  return at(await rpc(odoo, operation, args, keywords), 'result');
}

/** The message of what JSON-RPC refused. */
export async function refusal(odoo: Odoo, operation: string, args: readonly Json[]): Promise<Json> {
  return at(await rpc(odoo, operation, args), 'error', 'data', 'message');
}

/** A value inside an answer. */
export function at(value: Json, ...path: readonly (string | number)[]): Json {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as { readonly [key: string | number]: Json })[step]; // An array is read by number the same way.
  }
  return found;
}

export const importFields = [
  'id',
  'partner_id/.id',
  'client_order_ref',
  'order_line/id',
  'order_line/product_id/.id',
  'order_line/product_uom_qty',
  'order_line/price_unit',
  'order_line/discount',
];

/** A shop with one customer, and an order of `lines` (SKU and quantity) that is confirmed. Works on every release. */
export async function confirmedOrder(odoo: Odoo, lines: Readonly<Record<string, number>>): Promise<number> {
  const partner = odoo.state.addPartner({ name: 'Jane' });
  const products = odoo.state.records('product.product');
  const order = await result(odoo, 'sale.order.create', [
    {
      partner_id: partner,
      order_line: Object.entries(lines).map(([sku, quantity]) => [
        0,
        0,
        {
          product_id: products.find(({ default_code: code }) => code === sku)?.['id'],
          product_uom_qty: quantity,
          price_unit: 10,
          discount: 0,
        },
      ]),
    },
  ]);
  await result(odoo, 'sale.order.action_confirm', [[order]]);
  return Number(order);
}
