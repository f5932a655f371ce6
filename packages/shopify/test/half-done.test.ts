import { mayHaveWritten, money, type RefundDraft, type ReturnReceipt } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between } from './calls.ts';
import { refOf, shopWithGoods } from './shop.ts';

type World = ReturnType<typeof shopWithGoods>;
type Shop = World['shop'];
type Write = (
  shop: Shop,
  options: { readonly idempotencyKey: string; readonly signal: AbortSignal },
) => Promise<object>;

type Prepared = { readonly write: Write; readonly done: () => unknown };

const nothing = money('0.00', 'USD');

/** Writes, the call that carries each out, and what of it the shop has. */
const writes: Readonly<
  Record<string, { readonly by: string; readonly prepare: (world: World) => Prepared | Promise<Prepared> }>
> = {
  'a capture': {
    by: 'OrderCapture',
    prepare({ state, place }) {
      const { id } = place({ payments: [{ kind: 'authorization', multiCapturable: true }] });
      const authorization = state.transactionsOf(id)[0]?.id ?? '';
      const draft = { order: refOf(id), authorization, amount: money('10.00', 'USD') };
      return {
        write: (shop, options) => shop.payments.capture(draft, options),
        done: () => state.transactionsOf(id).filter(({ kind }) => kind === 'CAPTURE').length,
      };
    },
  },
  'a refund': {
    by: 'RefundCreate',
    prepare({ state, place }) {
      const { id, lines } = place();
      const amount = money('10.00', 'USD');
      const line = { orderLineId: lines[0]?.id ?? '', quantity: 1, amount, tax: nothing, restocked: false };
      const draft: RefundDraft = {
        number: 'R-1',
        order: refOf(id),
        lines: [line],
        total: amount,
        refundedAt: '2026-11-03T10:00:00Z',
      };
      return {
        write: (shop, options) => shop.refunds.create(draft, options),
        done: () => state.refundsOf(id).length,
      };
    },
  },
  'a return': {
    by: 'ReturnCreate',
    prepare({ state, place }) {
      const { id } = place();
      state.shipOrder(id);
      const draft = { number: 'RMA', order: refOf(id), lines: [{ id: '1', sku: 'MUG', quantity: 1 }] };
      return {
        write: (shop, options) => shop.returns.create(draft, options),
        done: () => state.returnsOf(id).length,
      };
    },
  },
  'what arrived': {
    by: 'ReturnProcess',
    prepare({ state, place }) {
      const { id } = place();
      state.shipOrder(id);
      const opened = state.openReturn(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
      const receipt = receiptOf(opened.id);
      return {
        write: (shop, options) => shop.returns.confirm(receipt, options),
        done: () => state.returnsOf(id)[0]?.lines[0]?.processed,
      };
    },
  },
  'a cancellation': {
    by: 'OrderCancel',
    prepare({ state, place }) {
      const { id } = place();
      const done = () => {
        state.finishJobs();
        return state.order(id).cancelledAt === undefined ? 0 : 1;
      };
      return { write: (shop, options) => shop.orders.cancel(refOf(id), 'customer', options), done };
    },
  },
  'a customer': {
    by: 'CustomerSet',
    prepare({ shop }) {
      const email = 'jane@example.com';
      const draft = { name: 'Jane Roe', email, taxId: 'DE1', shippingAddresses: [] };
      return {
        write: (by, options) => by.customers.create(draft, options),
        done: async () => (await shop.customers.get({ email })).length,
      };
    },
  },
  'a product': {
    by: 'ProductMake',
    prepare({ state }) {
      const price = { sku: 'NEW', amount: money('12.50', 'USD') };
      const variant = { sku: 'NEW', options: [], price, stocked: true, tracking: 'none' as const };
      const draft = { title: 'New', status: 'active' as const, categories: [], variants: [variant] };
      return {
        async write(shop, options) {
          const [outcome] = await shop.products.push([draft], options);
          if (outcome?.ok === false) throw outcome.error;
          return draft;
        },
        done: () => state.products.filter(({ title }) => title === 'New').length,
      };
    },
  },
  'the end of a subscription': {
    by: 'WebhookSubscriptionDelete',
    async prepare({ shop, state }) {
      const address = 'https://receiver.example/hooks';
      await shop.webhooks.subscribe(
        { topics: ['orders/create', 'orders/paid'], address },
        { idempotencyKey: 'before' },
      );
      return {
        write: (by, options) => by.webhooks.subscribe({ topics: ['orders/create'], address }, options),
        done: () => state.subscriptions.length,
      };
    },
  },
  'a note and a tag': {
    by: 'OrderUpdate',
    prepare({ state, place }) {
      const { id } = place();
      return {
        write: (shop, options) => shop.orders.update(refOf(id), { note: 'x', addTags: ['a'] }, options),
        done: () => (state.order(id).note === 'x' ? 1 : 0),
      };
    },
  },
};

function receiptOf(id: string): ReturnReceipt {
  return {
    return: { system: 'shopify', kind: 'return', id },
    receivedAt: '2026-11-02T10:00:00Z',
    lines: [{ sku: 'TEE', received: 1, condition: 'sellable', disposition: 'restock' }],
  };
}

/** What every call meets once a write was carried out. None of it writes anything, and each error says so. */
const troubles: Readonly<Record<string, (deploy: AbortController) => Response>> = {
  'nobody there': () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    throw Object.assign(new TypeError('fetch failed'), { cause });
  },
  'too many': () => new Response('{"errors":"Too many"}', { status: 429, headers: { 'retry-after': '50' } }),
  'another token': () => new Response('{"errors":"[API] Invalid API key or access token"}', { status: 401 }),
  'a deploy': (deploy) => {
    deploy.abort(new Error('deploy'));
    throw deploy.signal.reason;
  },
};

describe.each(Object.keys(writes))('%s', (name) => {
  it.each(Object.keys(troubles))(
    'that was carried out is not said not to be, when what follows meets %s',
    async (trouble) => {
      const world = shopWithGoods();
      const { by, prepare } = writes[name] ?? {};
      const { write, done } = (await prepare?.(world)) ?? {};
      if (by === undefined || !write || !done) throw new Error(`No write is "${name}".`);
      const deploy = new AbortController();
      let isOver = false;
      const fetch: typeof globalThis.fetch = async (input, init) => {
        const request = new Request(input, init);
        const text = await request.clone().text();
        if (isOver) return troubles[trouble]?.(deploy) ?? new Response();
        const answer = await world.fake.fetch(request);
        isOver = text.includes(`"operationName":"${by}"`);
        return answer;
      };
      const options = { idempotencyKey: 'key', signal: deploy.signal };
      const error = await write(world.connect({ fetch }), options).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(await done()).toBe(1);
      expect(error === undefined || mayHaveWritten(error)).toBe(true);
      await world.clock.advance(300_000);
      await write(world.connect(), { ...options, signal: new AbortController().signal });
      expect(await done()).toBe(1);
    },
  );
});

/** One TEE came back, and closing the return ends as `answer` says. */
function cameBack(answer: () => object | undefined) {
  const world = shopWithGoods();
  const { id } = world.place();
  world.state.shipOrder(id);
  const opened = world.state.openReturn(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
  const fetch = between(world.fake.fetch, ({ operationName }) =>
    operationName === 'ReturnClose' ? answer() : undefined,
  );
  const confirm = (shop: Shop) => shop.returns.confirm(receiptOf(opened.id), { idempotencyKey: 'key' });
  return { ...world, shop: world.connect({ fetch }), confirm, shown: () => world.state.returnsOf(id)[0] };
}

describe('a return that could not be closed', () => {
  it('is named for what it is where Shopify refused it, and not booked again', async () => {
    const userErrors = [{ field: null, message: 'Return has unfulfilled exchange items', code: 'INVALID_STATE' }];
    const { shop, confirm, shown } = cameBack(() => ({ returnClose: { userErrors } }));
    await expect(confirm(shop)).rejects.toMatchObject({
      code: 'write.uncertain',
      message: expect.stringMatching(/was booked on return .*was not closed: Shopify said "Return has unf/) as string,
    });
    await confirm(shop);
    expect(shown()).toMatchObject({ status: 'OPEN', lines: [{ processed: 1 }] });
  });

  it('because nobody was there is closed by the next call with its key', async () => {
    let isThere = false;
    const { shop, confirm, shown } = cameBack(() => {
      if (isThere) return undefined;
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }),
      });
    });
    await expect(confirm(shop)).rejects.toMatchObject({ code: 'write.uncertain' });
    isThere = true;
    await confirm(shop);
    expect(shown()).toMatchObject({ status: 'CLOSED', lines: [{ processed: 1 }] });
  });
});
