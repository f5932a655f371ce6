import { CommerceError, type ReadOptions, type Safety, type Usage } from '@crossdock/core';
import * as z from 'zod';
import { wooClient } from './client.ts';
import { goesOn } from './list-pages.ts';
import { settingsOf, type WooCommerceOptions } from './options.ts';

/** WooCommerce's REST API for any route, under the policies that the connector's own calls go through. */
export interface RestClient {
  /** The system's name in errors. */
  readonly system: string;
  /** Reads a route, such as `wc/v3/coupons`. Repeated where that may help. */
  get<T>(route: string, call: RestCall<T>): Promise<RestAnswer<T>>;
  /**
   * Reads a list page by page, 100 rows each, to its end. WooCommerce pages by offset: a record that changes or comes
   * meanwhile moves the others, so ask for an order that does not change, such as `{ orderby: 'id', order: 'asc' }`.
   */
  pages<T>(route: string, call: RestCall<T>): AsyncIterable<readonly T[]>;
  /** Makes a record, or sends a batch. After a lost answer it is not repeated, and ends as `write.uncertain`. */
  post<T>(route: string, call: RestWrite<T>): Promise<RestAnswer<T>>;
  /** Changes a record. Lines that are sent without their id are added each time. */
  put<T>(route: string, call: RestWrite<T>): Promise<RestAnswer<T>>;
  /** Deletes a record, for good with `search: { force: true }`. */
  delete<T>(route: string, call: Omit<RestWrite<T>, 'json'>): Promise<RestAnswer<T>>;
  /** Requests that were sent of those that the host allows, where the option `rate` says how many. */
  usage(): readonly Usage[];
}

/** How a route is asked, and what its answer looks like. */
export interface RestCall<T> extends ReadOptions {
  /** What the body looks like; of `pages` one row. What does not fit is `response.unexpected`; other fields are ignored. */
  readonly answer: z.ZodType<T>;
  /** Lists as text with commas: `status: 'processing,on-hold'`. Moments with a `Z`, in whole seconds. */
  readonly search?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
}

/** A call that changes something. */
export interface RestWrite<T> extends RestCall<T> {
  /** Sent in the order of its keys. Amounts are texts with a point: WooCommerce takes "12,50" for 1250 and says nothing. */
  readonly json: unknown;
  /** `repeatable` where the same call again changes nothing more: it is repeated after a lost answer then. Default `once`. */
  readonly safety?: Exclude<Safety, 'read'> | undefined;
}

/** A good answer. */
export interface RestAnswer<T> {
  readonly data: T;
  readonly status: number;
  /** Of a list how many records it has, where the shop says so. */
  readonly total: number | undefined;
}

/**
 * The client that `woocommerce()` works with, for what the ports do not cover: coupons, settings, routes of plugins. It needs
 * no connector. Beside one in the same process, or another process, give both the same `shared` and `rate`: they draw from
 * one allowance. Throws `options.invalid` for options that cannot work.
 *
 * @example
 * ```ts
 * const client = woocommerceClient({ url: 'https://shop.example', consumerKey: 'ck_…', consumerSecret: 'cs_…' });
 * const { data } = await client.get('wc/v3/coupons', { answer: z.array(z.object({ code: z.string() })) });
 * ```
 */
export function woocommerceClient(options: WooCommerceOptions): RestClient {
  const settings = settingsOf(options);
  const { system } = settings;
  const client = wooClient(settings);

  async function send<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    route: string,
    call: RestCall<T> & { readonly json?: unknown; readonly safety?: Safety | undefined },
  ): Promise<RestAnswer<T> & { readonly headers: Headers }> {
    const { answer, search, lane, signal, json, safety = method === 'GET' ? 'read' : 'once' } = call;
    const operation = `${method} ${routeOf(route, system)}`;
    const sent = { operation, answer, search, options: { lane, signal }, safety, ...('json' in call && { json }) };
    const { data, status, headers } = await client.send(method, route, sent);
    return { data, status, headers, total: totalOf(headers) };
  }

  return {
    system,
    get: (route, call) => told(send('GET', route, call)),
    async *pages(route, call) {
      for (let page = 1; ; page += 1) {
        const search = { per_page: 100, ...call.search, page };
        const { data, headers } = await send('GET', route, { ...call, search, answer: z.array(call.answer) });
        if (data.length > 0) yield data;
        if (!goesOn(headers, page, data)) return;
      }
    },
    post: (route, call) => told(send('POST', route, call)),
    put: (route, call) => told(send('PUT', route, call)),
    delete: (route, call) => told(send('DELETE', route, call)),
    usage: () => client.usage(),
  };
}

/** Without what only paging needs. */
async function told<T>(sent: Promise<RestAnswer<T>>): Promise<RestAnswer<T>> {
  const { data, status, total } = await sent;
  return { data, status, total };
}

/** A route with its numbers left out, so that an operation is one name. */
function routeOf(route: string, system: string): string {
  if (/^[\w-]+(?:\/[\w.%-]+)+$/.test(route) && !route.split('/').includes('..'))
    return route.replaceAll(/\/\d+(?=\/|$)/g, '/{id}');
  throw new CommerceError({
    code: 'options.invalid',
    system,
    message: `"${system}" was not asked: a route begins behind "/wp-json/" and has no query. Pass one such as "wc/v3/coupons", and what is looked for as search.`,
  });
}

function totalOf(headers: Headers): number | undefined {
  const text = headers.get('x-wp-total')?.trim() ?? '';
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
