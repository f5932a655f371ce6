import type { Order, Page, PageProblem, Shipment, Since } from '@crossdock/core';
import { fakeShopify, type FakeShopifyOptions, type OrderInput } from '@crossdock/testing';
import { shopify, type ShopifyOptions } from '../src/index.ts';

export const address = {
  firstName: 'Jane',
  lastName: 'Roe',
  company: 'Roe Ltd',
  address1: '12 Elm Street',
  city: 'Dayton',
  provinceCode: 'OH',
  zip: '45402',
  countryCode: 'US',
} as const;

/** A shop with goods in it, and a connector to it. */
export function shopWithGoods(options: Partial<ShopifyOptions> = {}, fakeOptions: FakeShopifyOptions = {}) {
  const fake = fakeShopify(fakeOptions);
  const { state, clock } = fake;
  state.addProduct({
    title: 'Goods',
    variants: [
      { sku: 'TEE', price: '10.00', stock: 100_000 },
      { sku: 'MUG', price: '5.00', stock: 100_000 },
    ],
  });
  const connect = (more: Partial<ShopifyOptions> = {}) =>
    shopify({
      shop: 'acme',
      accessToken: state.accessToken,
      webhookSecrets: [state.clientSecret],
      fetch: fake.fetch,
      clock,
      random: () => 0.5,
      ...options,
      ...more,
    });
  const place = (order: Partial<OrderInput> = {}) =>
    state.placeOrder({
      lines: [
        { sku: 'TEE', quantity: 3 },
        { sku: 'MUG', quantity: 2 },
      ],
      shippingAddress: address,
      ...order,
    });
  return { fake, state, clock, shop: connect(), connect, place };
}

export const refOf = (id: string) => ({ system: 'shopify', kind: 'order', id }) as const;

/** All pages of a pull, with what happens after each. */
export async function pullAll(
  pages: AsyncIterable<Page<Order>>,
  afterPage: (page: Page<Order>) => void | Promise<void> = () => undefined,
): Promise<{ readonly orders: readonly Order[]; readonly problems: readonly PageProblem[]; readonly cursor: string }> {
  const orders: Order[] = [];
  const problems: PageProblem[] = [];
  let cursor = '';
  for await (const page of pages) {
    orders.push(...page.items);
    problems.push(...(page.problems ?? []));
    ({ cursor } = page);
    await afterPage(page);
  }
  return { orders, problems, cursor };
}

/** The first page of a pull, as a process reads it that dies afterwards. */
export async function firstPage(
  shop: { readonly orders: { pull(since: Since): AsyncIterable<Page<Order>> } },
  since: Since,
): Promise<Page<Order>> {
  for await (const page of shop.orders.pull(since)) return page;
  throw new Error('The pull had no page.');
}

type ParcelInput = {
  lines: readonly (readonly [sku: string, quantity: number])[];
  tracking?: string;
  carrier?: string;
  url?: string;
};

/** A shipment as a warehouse reports it. */
export function shipmentOf(number: string, parcels: readonly ParcelInput[]): Shipment {
  return {
    ref: { system: 'warehouse', kind: 'shipment', id: `wh-${number}` },
    number,
    status: 'handed-over',
    wireStatus: 'shipped',
    updatedAt: '2026-11-01T12:00:00Z',
    parcels: parcels.map(({ lines, tracking, carrier = 'ups', url }, index) => ({
      id: `${number}-${index + 1}`,
      carrier,
      ...(tracking !== undefined && { trackingNumber: tracking }),
      ...(url !== undefined && { trackingUrl: url }),
      lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
    })),
  };
}
