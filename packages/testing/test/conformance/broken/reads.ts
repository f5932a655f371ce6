import { aStockLevel } from '@crossdock/testing';
import type { ToyConnector } from '../toy/connector.ts';
import { errorOf, withPort, type Break, type Breaks } from './flaw.ts';

/** The connector with something put round every operation. */
function everywhere(wrap: (call: () => unknown) => unknown): (sound: ToyConnector) => ToyConnector {
  return (sound) =>
    withPort(sound, 'orders', {
      // What is wrapped is handed on as it is.
      get: (...given) => wrap(() => sound.orders.get(...given)) as ReturnType<ToyConnector['orders']['get']>,
    });
}

async function rethrown(call: () => unknown, other: (error: unknown) => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    throw other(error);
  }
}

const deafToSignals: Break['connector'] = (sound) => ({
  ...sound,
  orders: {
    ...sound.orders,
    get: (ref) => sound.orders.get(ref),
    pull: (since) => sound.orders.pull(since),
  },
});

export const readBreaks: Breaks = {
  'orders.get/an-unknown-order-is-undefined': {
    says: /threw "record.missing"/,
    connector: (sound) =>
      withPort(sound, 'orders', {
        async get(ref, options) {
          const order = await sound.orders.get(ref, options);
          if (!order) throw errorOf('record.missing');
          return order;
        },
      }),
  },
  'fulfillments.get/an-unknown-fulfillment-is-undefined': {
    says: /threw "record.missing"/,
    connector: (sound) =>
      withPort(sound, 'fulfillments', {
        async get(ref, options) {
          const found = await sound.fulfillments.get(ref, options);
          if (!found) throw errorOf('record.missing');
          return found;
        },
      }),
  },
  'inventory.get/an-unknown-sku-has-no-entry': {
    says: /has an entry for "NOBODY-KNOWS-THIS"/,
    connector: (sound) =>
      withPort(sound, 'inventory', {
        async get(skus, options) {
          const levels = await sound.inventory.get(skus, options);
          return skus.map((sku) => levels.find((level) => level.sku === sku) ?? aStockLevel({ sku, available: 0 }));
        },
      }),
  },
  'http/waits-as-told-when-throttled': {
    says: /was told to wait 2 s/,
    line: (fetch) => async (input, init) => {
      const response = await fetch(input, init);
      return response.status === 429 ? new Response('{}', { status: 429, headers: { 'retry-after': '1' } }) : response;
    },
  },
  'http/stays-within-the-allowance': { says: /with 429|throttled/, runtime: { callsPerMinute: 10_000 } },
  'http/shares-its-allowance': { says: /was asked of the `shared`/, runtime: { shared: undefined } },
  'http/a-failed-read-is-repeated': { says: /answered with 500 once, threw/, runtime: { retry: false } },
  'http/a-refused-write-is-not-repeated': {
    says: /made 3 calls/,
    line: (fetch) => async (input, init) => {
      const request = new Request(input, init);
      const body = request.method === 'GET' ? {} : { body: await request.text() };
      const { url, method, headers } = request;
      let response = await fetch(url, { method, headers, ...body });
      for (let more = 0; more < 2 && response.status === 400; more++) {
        response = await fetch(url, { method, headers, ...body });
      }
      return response;
    },
  },
  'errors/are-commerce-errors': {
    says: /threw TypeError/,
    connector: everywhere((call) => rethrown(call, () => new TypeError('Cannot read properties of undefined.'))),
  },
  'errors/carry-no-secret': {
    says: /told 1 secrets/,
    connector: everywhere((call) =>
      rethrown(call, (cause) => Object.assign(errorOf('auth.rejected'), { cause, message: 'Bearer toy-token-CANARY' })),
    ),
  },
  'signal/an-aborted-call-is-not-made': { says: /ended well/, connector: deafToSignals },
  'signal/abort-stops-a-pull-between-two-pages': { says: /ended well/, connector: deafToSignals },
  'signal/abort-stops-a-wait': { says: /ended as "network.timeout"/, connector: deafToSignals },
  'signal/a-write-whose-right-is-gone-is-not-sent': {
    says: /orders.create sent 1 requests and changed something; its right to write was gone after 0/,
    connector: (sound) =>
      withPort(sound, 'orders', {
        // A signal of the platform's own making knows nothing of the check.
        create: (draft, { signal, ...options }) =>
          sound.orders.create(draft, { ...options, signal: signal && AbortSignal.any([signal]) }),
      }),
  },
  'writes/a-native-key-says-how-long-it-is-honoured': {
    says: /orders.create, of which the guard is "native-key", says that a key is honoured for undefined ms/,
    connector: (sound) => ({
      ...sound,
      // As a connector in JavaScript may say it.
      traits: { ...sound.traits, 'orders.create': { duplicateGuard: 'native-key' } as never },
    }),
  },
  'check/says-ok-when-all-is-well': {
    says: /check says "auth.rejected"/,
    connector: (sound) => ({ ...sound, check: async () => ({ ok: false, error: errorOf('auth.rejected') }) }),
  },
  'check/never-throws-for-an-answer': {
    says: /check on .* threw/,
    connector: (sound) => ({
      ...sound,
      async check() {
        const answer = await sound.check();
        if (!answer.ok) throw answer.error;
        return answer;
      },
    }),
  },
};
