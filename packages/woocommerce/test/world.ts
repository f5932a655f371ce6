import { fakeWooCommerce, wooKey, type FakeWooCommerceOptions, type WooOrderInput } from '@crossdock/testing';
import type { Order, Page, PageProblem, Shipment } from '@crossdock/core';
import { woocommerce, type WooCommerceOptions } from '../src/index.ts';
import { address, email } from './shop.ts';

/** A shop with goods in it, and a connector to it. */
export function shopWithGoods(options: Partial<WooCommerceOptions> = {}, fakeOptions: FakeWooCommerceOptions = {}) {
  const fake = fakeWooCommerce(fakeOptions);
  const { state, clock } = fake;
  state.addTaxRate({ country: 'DE', rate: '19', name: 'MwSt' });
  state.addProduct({ sku: 'TEE', price: '10.00', stock: 1000 });
  state.addProduct({ sku: 'MUG', price: '5.00', stock: 1000 });
  const connect = (more: Partial<WooCommerceOptions> = {}) =>
    woocommerce({
      url: fakeOptions.https === false ? 'http://shop.example' : 'https://shop.example',
      consumerKey: wooKey.key,
      consumerSecret: wooKey.secret,
      fetch: fake.fetch,
      clock,
      ...options,
      ...more,
    });
  const place = (order: Partial<WooOrderInput> = {}) =>
    state.placeOrder({
      lines: [
        { sku: 'TEE', quantity: 3 },
        { sku: 'MUG', quantity: 2 },
      ],
      billing: { ...address, email },
      shipping: address,
      ...order,
    }).id;
  const statusOf = (id: number) => state.order(id)?.status;
  /** What was asked since, as method and path. */
  const asked = (since = 0) => fake.journal.all.slice(since).map(({ operation }) => operation);
  return { fake, state, clock, shop: connect(), connect, place, statusOf, asked };
}

/** All pages of a pull, with what happens after each. */
export async function pullAll(
  pages: AsyncIterable<Page<Order>>,
  afterPage: (page: number) => void | Promise<void> = () => undefined,
): Promise<{
  readonly orders: readonly Order[];
  readonly problems: readonly PageProblem[];
  readonly cursors: readonly string[];
}> {
  const orders: Order[] = [];
  const problems: PageProblem[] = [];
  const cursors: string[] = [];
  for await (const page of pages) {
    orders.push(...page.items);
    problems.push(...(page.problems ?? []));
    cursors.push(page.cursor);
    await afterPage(cursors.length);
  }
  return { orders, problems, cursors };
}

/** A shipment as a warehouse reports it: parcels of SKUs with their quantities, and a number where they have one. */
export function shipmentOf(
  id: string,
  parcels: readonly {
    readonly lines: Readonly<Record<string, number>>;
    readonly tracking?: string;
    readonly carrier?: string;
    readonly url?: string;
  }[],
): Shipment {
  return {
    ref: { system: 'warehouse', kind: 'shipment', id },
    number: id,
    status: 'handed-over',
    wireStatus: 'shipped',
    updatedAt: '2026-11-01T12:00:00Z',
    parcels: parcels.map(({ lines, tracking, carrier = 'UPS', url }, index) => ({
      id: `${id}-${index + 1}`,
      carrier,
      ...(tracking !== undefined && { trackingNumber: tracking }),
      ...(url !== undefined && { trackingUrl: url }),
      lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })),
    })),
  };
}
