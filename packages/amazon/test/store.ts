import type { Order, Page, PageProblem, Shipment } from '@crossdock/core';
import { fakeAmazon, type AmazonOrderInput, type FakeAmazonOptions } from '@crossdock/testing';
import { amazon, type AmazonOptions } from '../src/index.ts';

/** A seller's account with goods in it, and a connector to it. */
export function storeWithGoods(options: Partial<AmazonOptions> = {}, fakeOptions: FakeAmazonOptions = {}) {
  const fake = fakeAmazon(fakeOptions);
  const { state, clock } = fake;
  state.addListing({ sku: 'TEE', price: '10.00', quantity: 100 });
  state.addListing({ sku: 'MUG', price: '5.00', quantity: 100 });
  const connect = (more: Partial<AmazonOptions> = {}) =>
    amazon({ ...credentialsOf(fake), random: () => 0.5, ...options, ...more });
  const place = (order: Partial<AmazonOrderInput> = {}) =>
    state.placeOrder({
      lines: [
        { sku: 'TEE', title: 'Tee', quantity: 3, unitPrice: '10.00' },
        { sku: 'MUG', title: 'Mug', quantity: 2, unitPrice: '5.00' },
      ],
      ...order,
    });
  return { fake, state, clock, store: connect(), connect, place };
}

/** What a connector needs to speak to a fake. */
export function credentialsOf({ state, fetch, clock }: ReturnType<typeof fakeAmazon>): AmazonOptions {
  return {
    region: 'eu',
    marketplaceId: state.marketplaceId,
    sellerId: state.sellerId,
    clientId: state.clientId,
    clientSecret: state.clientSecret,
    refreshToken: state.refreshToken,
    application: { name: 'Acme Hub', version: '1.2' },
    fetch,
    clock,
  };
}

export const refOf = (id: string) => ({ system: 'amazon', kind: 'order', id }) as const;

/** So long after a change Amazon shows it in a search. */
export const settledMs = 130_000;

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

type ParcelInput = {
  lines: readonly (readonly [sku: string, quantity: number])[];
  tracking?: string;
  carrier?: string;
};

/** A shipment as a warehouse reports it. */
export function shipmentOf(number: string, parcels: readonly ParcelInput[]): Shipment {
  return {
    ref: { system: 'warehouse', kind: 'shipment', id: `wh-${number}` },
    number,
    status: 'handed-over',
    wireStatus: 'shipped',
    updatedAt: '2026-11-01T12:00:00Z',
    parcels: parcels.map(({ lines, tracking, carrier = 'ups' }, index) => ({
      id: `${number}-${index + 1}`,
      carrier,
      ...(tracking !== undefined && { trackingNumber: tracking }),
      lines: lines.map(([sku, quantity]) => ({ sku, quantity })),
    })),
  };
}

/** The fake's fetch, with other status words on some orders: no version of the API has had them, so no state makes them. */
export function withStatusWords(
  fetch: typeof globalThis.fetch,
  words: ReadonlyMap<string, string>,
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (
      words.size === 0 ||
      !new URL(input instanceof Request ? input.url : input).pathname.startsWith('/orders/2026-01-01/')
    )
      return response;
    const body = await response.text();
    const spelt = [...words].reduce(
      (text, [orderId, word]) =>
        text.replace(
          new RegExp(`("orderId":"${orderId}"(?:(?!"orderId":).)*?"fulfillmentStatus":)"[A-Z_]+"`, 's'),
          `$1"${word}"`,
        ),
      body,
    );
    return new Response(spelt, response);
  };
}
