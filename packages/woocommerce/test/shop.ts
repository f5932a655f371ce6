import type { FakeWooCommerceOptions, WooCommerceState } from '@crossdock/testing';
import { woocommerce, type WooCommerceOptions } from '../src/index.ts';

export const keys = { consumerKey: `ck_${'1'.repeat(40)}`, consumerSecret: `cs_${'2'.repeat(40)}` } as const;

type Answer = {
  readonly status?: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Record<string, string>;
};

/** A shop that answers what it is told to, and what it was asked. For answers that the fake's state cannot produce. */
export function scriptedShop(
  answer: (request: Request, body: string) => Answer,
  options: Partial<WooCommerceOptions> = {},
) {
  const asked: { readonly method: string; readonly path: string; readonly headers: Headers; readonly body: string }[] =
    [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = request.body ? await request.text() : '';
    const { pathname, search } = new URL(request.url);
    asked.push({ method: request.method, path: pathname + search, headers: request.headers, body });
    const { status = 200, body: json, text = JSON.stringify(json), headers = {} } = answer(request, body);
    return new Response(text, { status, headers: { 'content-type': 'application/json', ...headers } });
  };
  const shop = woocommerce({ url: 'https://shop.example', ...keys, fetch, random: () => 0.5, ...options });
  return { shop, asked };
}

export const refOf = (id: number | string) => ({ system: 'woocommerce', kind: 'order', id: String(id) }) as const;

export const address = {
  first_name: 'Jane',
  last_name: 'Roe',
  address_1: 'Elmstr. 12',
  city: 'Berlin',
  postcode: '10115',
  country: 'DE',
} as const;
export const email = 'jane.roe@canary.example';

/** How many units the shop has as shipped: what its marks say, and beside it what people are shown, which must agree. */
export function shippedOf(
  state: WooCommerceState,
  id: number,
  features: Pick<FakeWooCommerceOptions, 'fulfillments' | 'shipmentTracking'> = {},
): number {
  const marks = (state.order(id)?.meta ?? []).filter(({ key }) => key.startsWith('_crossdock_shipments_'));
  const units = marks.flatMap(({ value }) => (value as { lines: { quantity: number }[] }).lines);
  const marked = units.reduce((sum, { quantity }) => sum + quantity, 0);
  if (features.fulfillments === true) {
    const items = state.fulfillments(id).flatMap(({ meta }) => meta.filter(({ key }) => key === '_items'));
    const shown = items.flatMap(({ value }) => value as { qty: number }[]).reduce((sum, { qty }) => sum + qty, 0);
    if (shown !== marked) throw new Error(`The order shows ${shown} units as fulfilled, and ${marked} are marked.`);
  } else {
    const told =
      features.shipmentTracking === true
        ? state.trackings(id)
        : state.notes(id).filter(({ note }) => note.includes('(ref. '));
    if (told.length !== marks.length) throw new Error(`${marks.length} shipments were told ${told.length} times.`);
  }
  return marked;
}
