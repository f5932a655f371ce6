import { defineConnector, defineOwnership, type Order, type Ref } from '@crossdock/core';
import { compose, defineFlow } from '@crossdock/core/flows';
import { memoryStores } from '@crossdock/core/memory';
import { describe, expectTypeOf, it } from 'vitest';

const base = { apiVersion: '1', check: async () => {}, usage: () => [] };
const order: Ref<'order'> = { system: 'erp', kind: 'order', id: '1' };
const erp = defineConnector({
  ...base,
  platform: 'erp',
  system: 'erp',
  ports: { orders: { create: async () => order } },
  traits: { 'orders.create': { duplicateGuard: 'natural-key' } },
});
const shop = defineConnector({
  ...base,
  platform: 'shop',
  system: 'shop',
  ports: { orders: { get: async () => undefined } },
  traits: {},
});
const placeOrder = defineFlow({
  name: 'place-order',
  version: 1,
  on: 'order.placed',
  needs: { erp: ['orders.create'] },
  key: ({ data }) => data.number,
  async run({ event, systems, step }) {
    expectTypeOf(event.data).toEqualTypeOf<Order>();
    // @ts-expect-error not in needs
    void systems.erp.orders.get;
    // @ts-expect-error a Date cannot be replayed from a store
    await step('now', async () => new Date(0));
    // @ts-expect-error a write without a key
    await step('write', () => systems.erp.orders.create({ ...event.data, source: event.data.ref, customer: nobody }));
  },
});
declare const nobody: Ref<'customer'>;
const flow = { name: 'f', version: 1, needs: {}, key: () => 'k', run: async () => {} } as const;
defineFlow({ ...flow, on: 'order.updated', stale: 'drop' });
// @ts-expect-error a page of stock is no state of a record that the next page replaces
defineFlow({ ...flow, on: 'stock.counted', stale: 'drop' });
const owners = <const S extends string>(system: S) =>
  defineOwnership({
    'order.status': system,
    'order.lines': system,
    'stock.available': system,
    'product.price': system,
    'product.content': system,
    'shipment.tracking': system,
  });

describe('compose', () => {
  it('takes flows whose needs are met', () => {
    const stores = memoryStores();
    const hub = compose({ systems: { erp }, flows: [placeOrder], ownership: owners('erp'), stores });
    expectTypeOf<keyof typeof hub>().toEqualTypeOf<
      'receive' | 'take' | 'poll' | 'sweep' | 'health' | 'work' | 'exceptions' | 'signals'
    >();
    // @ts-expect-error no system is named "erp"
    compose({ systems: { shop }, flows: [placeOrder], ownership: owners('shop'), stores });
    // @ts-expect-error the shop does not make orders
    compose({ systems: { erp: shop }, flows: [placeOrder], ownership: owners('erp'), stores });
  });

  it('takes owners that are connected', () => {
    const stores = memoryStores();
    expectTypeOf(owners('crm').owners).toEqualTypeOf<readonly 'crm'[]>();
    // @ts-expect-error nobody connected a system named "crm"
    compose({ systems: { erp }, flows: [placeOrder], ownership: owners('crm'), stores });
  });

  it('receives for systems that are connected', () => {
    const hub = compose({ systems: { erp }, flows: [placeOrder], ownership: owners('erp'), stores: memoryStores() });
    expectTypeOf<Parameters<typeof hub.receive>[0]>().toEqualTypeOf<'erp'>();
    expectTypeOf<'orders.get'>().not.toExtend<Parameters<typeof hub.poll>[1]>();
  });
});
