import { fakeShipBob, type ShipBobOptions } from '@crossdock/testing';

/** An answer with the parts that the tests look at. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What the fake answers is what the tests are about, so it stays JSON of any shape.
  readonly body: Json;
}
type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A fake with goods in it, and a caller who knows the token and the channel. */
export function shipBobWithGoods(options: ShipBobOptions = {}) {
  const shipBob = fakeShipBob(options);
  shipBob.state.addInventory('TEE', 10);
  shipBob.state.addInventory('MUG', 5);
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await shipBob.fetch(`${shipBob.origin}/2026-01${path}`, {
      method,
      headers: {
        authorization: 'Bearer shipbob-token',
        shipbob_channel_id: '100001',
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    // Every body of this fake is JSON or empty.
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : (JSON.parse(text) as Json),
    };
  };
  return { shipBob, call, state: shipBob.state, clock: shipBob.clock };
}

/** A draft that ShipBob takes. */
export function draft(
  reference: string,
  products: readonly (readonly [sku: string, quantity: number])[] = [['TEE', 2]],
) {
  return {
    reference_id: reference,
    shipping_method: 'Standard',
    type: 'DTC',
    recipient: {
      name: 'Jane Roe',
      address: { address1: '12 Elm Street', city: 'Dayton', state: 'OH', zip_code: '45402', country: 'US' },
    },
    products: products.map(([sku, quantity], index) => ({ reference_id: sku, quantity, external_line_id: index + 1 })),
  };
}
