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
