import { describe, expectTypeOf, it } from 'vitest';
import {
  checkpoint,
  CommerceError,
  defineConnector,
  defineOwnership,
  defineStatusMap,
  isCommerceError,
  money,
  onAccount,
  orderStatuses,
  redact,
  type Checkpoint,
  type Connector,
  type CustomerMatch,
  type Finding,
  type Json,
  type Offers,
  type OperationName,
  type Order,
  type OrderDraft,
  type PaymentPolicy,
  type PortCatalogue,
  type Ref,
  type StatusMap,
  type TotalsFinding,
} from '@crossdock/core';

const made: Ref<'order'> = { system: 'demo', kind: 'order', id: '1' };
const base = {
  platform: 'demo',
  apiVersion: '1',
  system: 'demo',
  check: () => Promise.resolve(),
  usage: () => [],
} as const;
declare const some: Connector;
declare const draft: OrderDraft;
declare const error: unknown;
declare const found: CustomerMatch;

describe('operation names', () => {
  it('derive from the catalogue', () => {
    expectTypeOf<'orders.pull'>().toExtend<OperationName>();
    expectTypeOf<'fulfillments.request'>().toExtend<OperationName>();
    // @ts-expect-error no such operation
    'orders.fetch' satisfies OperationName;
  });

  it('make exactly the ports that they name', () => {
    expectTypeOf<Offers<'orders.pull' | 'inventory.push'>>().toEqualTypeOf<{
      readonly orders: { readonly pull: PortCatalogue['orders']['pull'] };
      readonly inventory: { readonly push: PortCatalogue['inventory']['push'] };
    }>();
  });
});

describe('a connector', () => {
  const connector = defineConnector({
    ...base,
    ports: {
      orders: {
        create(asked, options) {
          expectTypeOf(asked.number).toEqualTypeOf<string>();
          expectTypeOf(options.idempotencyKey).toEqualTypeOf<string>();
          return Promise.resolve(made);
        },
      },
    },
    traits: { 'orders.create': { duplicateGuard: 'natural-key' } },
  });

  it('offers what it was made with', () => {
    expectTypeOf(connector.operations).toEqualTypeOf<readonly 'orders.create'[]>();
    expectTypeOf(connector.orders).toHaveProperty('create');
    // @ts-expect-error this connector cancels nothing
    void connector.orders.cancel;
    // @ts-expect-error this connector has no stock
    void connector.inventory;
  });

  it('that is unknown shows a method after it was asked', () => {
    expectTypeOf(some).toHaveProperty('can');
    if (some.can('orders.cancel')) expectTypeOf(some.orders).toHaveProperty('cancel');
    // @ts-expect-error nobody asked whether it can
    void some.orders.cancel;
  });

  it('cannot be made with a misspelt port or method, or without the traits of what it offers', () => {
    expectTypeOf(defineConnector).toBeFunction();
    defineConnector({
      ...base,
      // @ts-expect-error misspelt port
      ports: { ordrs: { create: () => Promise.resolve(made) } },
      traits: {},
    });
    defineConnector({
      ...base,
      // @ts-expect-error misspelt method
      ports: { orders: { creat: () => Promise.resolve(made) } },
      traits: {},
    });
    defineConnector({
      ...base,
      ports: { orders: { create: () => Promise.resolve(made) } },
      // @ts-expect-error an offered operation must state its traits
      traits: {},
    });
  });

  it('cannot write without a key', () => {
    expectTypeOf<Parameters<PortCatalogue['orders']['create']>[1]>().toHaveProperty('idempotencyKey');
    // @ts-expect-error a write without a key
    void connector.orders.create(draft, {});
  });
});

describe('a status map', () => {
  const wire = ['PENDING', 'AUTHORIZED', 'PAID'] as const;
  const canonical = ['pending', 'paid', 'canceled'] as const;
  const encode = { pending: 'PENDING', paid: 'PAID', canceled: { held: 'no such word' } } as const;
  const decode = { PENDING: 'pending', AUTHORIZED: { held: 'ask' }, PAID: 'paid' } as const;

  it('translates between the two unions', () => {
    const map = defineStatusMap({ name: 'x', wire, canonical, decode, encode });
    expectTypeOf(map).toEqualTypeOf<StatusMap<'PENDING' | 'AUTHORIZED' | 'PAID', 'pending' | 'paid' | 'canceled'>>();
  });

  it('names every word of both sides and no other', () => {
    expectTypeOf(defineStatusMap).toBeFunction();
    // @ts-expect-error PAID is not mapped
    defineStatusMap({ name: 'x', wire, canonical, encode, decode: { PENDING: 'pending', AUTHORIZED: 'pending' } });
    // @ts-expect-error REFUNDED is not a wire word
    defineStatusMap({ name: 'x', wire, canonical, encode, decode: { ...decode, REFUNDED: 'paid' } });
    // @ts-expect-error 'settled' is no canonical status
    defineStatusMap({ name: 'x', wire, canonical, encode, decode: { ...decode, PAID: 'settled' } });
    // @ts-expect-error 'canceled' is not encoded
    defineStatusMap({ name: 'x', wire, canonical, decode, encode: { pending: 'PENDING', paid: 'PAID' } });
    // @ts-expect-error VOID is not a wire word
    defineStatusMap({ name: 'x', wire, canonical, decode, encode: { ...encode, canceled: 'VOID' } });
  });

  it('must grow with the statuses of the model', () => {
    expectTypeOf(orderStatuses).toExtend<readonly string[]>();
    defineStatusMap({
      name: 'x',
      wire: ['OPEN'],
      canonical: orderStatuses,
      decode: { OPEN: 'pending' },
      // @ts-expect-error the other statuses are missing
      encode: { pending: 'OPEN' },
    });
  });
});

describe('ownership', () => {
  const rules = {
    'order.status': 'erp',
    'order.lines': { owner: 'shop', others: 'raise' },
    'stock.available': 'erp',
    'product.price': 'erp',
    'product.content': 'shop',
  } as const;

  it('knows its owners by name', () => {
    const ownership = defineOwnership({ ...rules, 'shipment.tracking': 'warehouse' });
    expectTypeOf(ownership.owners).toEqualTypeOf<readonly ('erp' | 'shop' | 'warehouse')[]>();
  });

  it('names every field', () => {
    expectTypeOf(defineOwnership).toBeFunction();
    // @ts-expect-error shipment.tracking has no owner
    defineOwnership(rules);
    // @ts-expect-error others may be ignored or raised, not applied
    defineOwnership({ ...rules, 'shipment.tracking': { owner: 'erp', others: 'apply' } });
  });
});

describe('an error', () => {
  it('is known by its code to the compiler too', () => {
    if (!isCommerceError(error, 'stock.insufficient')) return;
    expectTypeOf(error.kind).toEqualTypeOf<'business'>();
    expectTypeOf(error.retryable).toEqualTypeOf<false>();
    expectTypeOf(error.category).toEqualTypeOf<'stock'>();
  });

  it('has a code of the table and no say in what it means', () => {
    expectTypeOf(CommerceError).toBeConstructibleWith({ code: 'sku.unknown', message: 'x' });
    // @ts-expect-error unknown code
    void new CommerceError({ code: 'oops', message: 'x' });
    // @ts-expect-error the table decides
    void new CommerceError({ code: 'sku.unknown', message: 'x', retryable: true });
    // @ts-expect-error a Date cannot be stored
    void new CommerceError({ code: 'sku.unknown', message: 'x', details: { at: new Date(0) } });
  });
});

describe('rules', () => {
  it('take money as text', () => {
    // @ts-expect-error a float has lost its cents already
    void money(19.99, 'EUR');
    expectTypeOf(money('19.99', 'EUR')).toEqualTypeOf<{ readonly amount: string; readonly currency: string }>();
  });

  it('find with codes of the table', () => {
    expectTypeOf<TotalsFinding>().toExtend<Finding & Json>();
    expectTypeOf(
      checkpoint('x', { all: (order: Order) => [{ code: 'sku.missing', message: order.number, path: '' }] }),
    ).toEqualTypeOf<Checkpoint<Order>>();
    // @ts-expect-error unknown code
    checkpoint('x', { all: (order: Order) => [{ code: 'oops', message: order.number, path: '' }] });
  });

  it('let a payment policy forget no status', () => {
    expectTypeOf(onAccount).toEqualTypeOf<PaymentPolicy>();
    // @ts-expect-error the other statuses are missing
    ({ paid: 'ship' }) satisfies PaymentPolicy;
  });

  it('show a customer only where one was chosen', () => {
    expectTypeOf(found.kind).toEqualTypeOf<'match' | 'none' | 'ambiguous'>();
    // @ts-expect-error nobody may have been chosen
    void found.customer;
    if (found.kind === 'match') expectTypeOf(found.customer.ref).toEqualTypeOf<Ref<'customer'>>();
  });

  it('give text for text', () => {
    expectTypeOf(redact('text')).toEqualTypeOf<string>();
    expectTypeOf(redact({ any: 'thing' })).toEqualTypeOf<Json>();
  });
});
