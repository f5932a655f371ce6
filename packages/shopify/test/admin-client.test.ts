import { isCommerceError, type CommerceError } from '@crossdock/core';
import { memoryStores } from '@crossdock/core/memory';
import { fakeShopify, type FakeShopifyOptions } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shopifyClient, type ShopifyOptions } from '../src/index.ts';
import { noted } from './calls.ts';

/** A shop with a tee in it, and a partner's program that speaks to it. */
function partner(options: Partial<ShopifyOptions> = {}, fakeOptions: FakeShopifyOptions = {}) {
  const fake = fakeShopify(fakeOptions);
  const { state, clock } = fake;
  const { variants } = state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 5 }] });
  const [location] = state.locations;
  const { calls, fetch } = noted(fake.fetch);
  const client = shopifyClient({
    shop: 'acme',
    accessToken: state.accessToken,
    fetch,
    clock,
    random: () => 0.5,
    ...options,
  });
  const row = { inventoryItemId: variants[0]?.inventoryItemId, locationId: location?.id };
  return { fake, state, clock, client, calls, row };
}

async function refusal(act: Promise<unknown>): Promise<CommerceError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isCommerceError(error)) return error;
  throw new Error('It was not refused.', { cause: error });
}

const variantsQuery = 'query Variants($n: Int = 2) { productVariants(first: $n) { nodes { sku price } } }';
const variantsAnswer = z.object({
  productVariants: z.object({ nodes: z.array(z.object({ sku: z.string().nullable(), price: z.string() })) }),
});

const setStock = `mutation SetStock($input: InventorySetQuantitiesInput!, $idempotencyKey: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $idempotencyKey) { userErrors { field message code } }
}`;
const setAnswer = z.object({ inventorySetQuantities: z.unknown() });
const stockInput = (row: object, quantity: number, changeFromQuantity: number | null) => ({
  input: { name: 'available', reason: 'correction', quantities: [{ ...row, quantity, changeFromQuantity }] },
});

const ship = `mutation Ship($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}`;

describe('any document', () => {
  it('gives an answer that was checked, what it cost, and who answered', async () => {
    const { client } = partner();
    const answer = await client.run(variantsQuery, { answer: variantsAnswer });
    expect(answer.data.productVariants.nodes).toEqual([{ sku: 'TEE', price: '10.00' }]);
    expect(answer).toMatchObject({ cost: { requested: 3 }, apiVersion: '2026-07', userErrors: [] });
    expect(answer.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(client.usage()).toMatchObject([{ bucket: 'points', calls: 1, throttled: 0 }]);
  });

  it('is refused where the answer is not what was asked for', async () => {
    const { client } = partner();
    const answer = z.object({ productVariants: z.object({ nodes: z.array(z.object({ price: z.number() })) }) });
    const error = await refusal(client.run(variantsQuery, { answer }));
    expect(error.code).toBe('response.unexpected');
    expect(error.message).toContain('"data.productVariants.nodes.0.price"');
  });

  it('may be one of several in a text', async () => {
    const { client } = partner();
    const text = `query Name { shop { name } } ${variantsQuery}`;
    const { data } = await client.run(text, { operationName: 'Variants', answer: variantsAnswer });
    expect(data.productVariants.nodes).toHaveLength(1);
    expect((await refusal(client.run(text, { answer: variantsAnswer }))).code).toBe('options.invalid');
  });

  it('waits its turn: urgent before normal before bulk', async () => {
    const { client, state, calls } = partner();
    const lines = 'lineItems(first: 250) { nodes { id variant { id product { id } } } }';
    const page = (lane: 'urgent' | 'normal' | 'bulk') =>
      client.run(`query Page_${lane} { orders(first: 250) { nodes { id ${lines} } } }`, { lane, answer: z.unknown() });
    state.drainBucket(0);
    // The first answer says that nothing is left; the others wait then.
    await client.run('{ shop { name } }', { answer: z.unknown() });
    await Promise.all([page('bulk'), page('bulk'), page('normal'), page('urgent')]);
    const order = calls.map(({ query }) => /Page_(\w+)/.exec(query)?.[1]).filter((lane) => lane !== undefined);
    expect(order).toEqual(['urgent', 'normal', 'bulk', 'bulk']);
  });

  it('ends when its caller stops it', async () => {
    const { client } = partner();
    const controller = new AbortController();
    controller.abort();
    const error = await refusal(client.run(variantsQuery, { answer: variantsAnswer, signal: controller.signal }));
    expect(error.code).toBe('call.aborted');
  });
});

describe('the allowance', () => {
  it('is reckoned before the first call, from page sizes in variables and from fragments', async () => {
    const { client } = partner();
    const text = `
      # lines of { orders } with "texts"
      query Deep($n: Int!) { orders(first: $n) { nodes { ...Head lineItems(first: 10) { nodes { id ...Line } } } } }
      fragment Head on Order { id customer { id } }
      fragment Line on LineItem { variant { id product { id } } }`;
    for (const n of [1, 50, 3]) {
      const { cost } = await client.run(text, { variables: { n }, answer: z.unknown() });
      const [usage] = client.usage();
      expect(usage?.throttled).toBe(0);
      expect(cost?.requested).toBe(Math.max(1, 2 + Math.max(1, Math.floor(2 * Math.log(n))) * (1 + 1 + 2 + 4 * 3)));
    }
  });

  it('follows a rate that Shopify lowers, without being refused', async () => {
    const { client, state, clock } = partner();
    // A page without rows is charged as one with all of them.
    const text = '{ orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id name } } } } }';
    const page = () => client.run(text, { answer: z.unknown() });
    state.setRestoreRate(25);
    const before = clock.now();
    let spent = 0;
    for (let turn = 0; turn < 30; turn += 1) spent += (await page()).cost?.actual ?? 0;
    const seconds = (clock.now() - before) / 1000;
    expect(client.usage()).toMatchObject([{ throttled: 0 }]);
    expect(spent).toBeGreaterThan(3000);
    expect(spent - 2000).toBeLessThanOrEqual(25 * seconds + 200);
  });

  it('is refused once, and no change is lost, where another program took the rest', async () => {
    const { client, state, row } = partner();
    await client.run('{ shop { name } }', { answer: z.unknown() });
    state.drainBucket(0);
    const call = { variables: stockInput(row, 9, 5), idempotencyKey: 'count-1', answer: setAnswer };
    await client.run(setStock, call);
    expect(state.available('TEE')).toBe(9);
    expect(client.usage()).toMatchObject([{ throttled: 1 }]);
  });

  it('is one with another client that shares', async () => {
    const fake = fakeShopify();
    const { state, clock } = fake;
    const { shared } = memoryStores({ clock });
    const options = { shop: 'acme', accessToken: state.accessToken, fetch: fake.fetch, clock, shared };
    const clients = [shopifyClient(options), shopifyClient(options), shopifyClient(options)];
    const text = '{ orders(first: 250) { nodes { id lineItems(first: 50) { nodes { id name } } } } }';
    await Promise.all(
      clients.flatMap((client) => Array.from({ length: 40 }, () => client.run(text, { answer: z.unknown() }))),
    );
    expect(clients.flatMap((client) => client.usage()).map(({ throttled }) => throttled)).toEqual([0, 0, 0]);
  });
});

describe('a change', () => {
  it('with a key is sent again after a lost answer, and made once', async () => {
    const { client, state, fake, row, calls } = partner();
    fake.faults.next('inventorySetQuantities', { kind: 'drop', when: 'after' });
    const call = { variables: stockInput(row, 9, 5), idempotencyKey: 'count-1', answer: setAnswer };
    await client.run(setStock, call);
    expect(state.available('TEE')).toBe(9);
    expect(calls).toHaveLength(2);
    expect(JSON.stringify(calls[1])).toBe(JSON.stringify(calls[0]));
  });

  it('without a key is sent once, and a lost answer leaves it open', async () => {
    const { client, state, fake, calls } = partner();
    const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 2 }] });
    const [order] = state.fulfillmentOrdersOf(id);
    const line = { id: order?.lines[0]?.id, quantity: 1 };
    const lines = [{ fulfillmentOrderId: order?.id, fulfillmentOrderLineItems: [line] }];
    fake.faults.next('fulfillmentCreate', { kind: 'drop', when: 'after' });
    const variables = { fulfillment: { lineItemsByFulfillmentOrder: lines } };
    const error = await refusal(client.run(ship, { variables, answer: z.unknown() }));
    expect(error.code).toBe('write.uncertain');
    expect(calls).toHaveLength(1);
    expect(state.fulfillmentsOf(id)).toHaveLength(1);
  });

  it('is sent again after THROTTLED, because nothing ran', async () => {
    const { client, state, fake } = partner();
    const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 1 }] });
    fake.faults.next('fulfillmentCreate', { kind: 'throttle', retryAfterSeconds: 3 });
    const [order] = state.fulfillmentOrdersOf(id);
    const variables = { fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: order?.id }] } };
    await client.run(ship, { variables, answer: z.unknown() });
    expect(state.fulfillmentsOf(id)).toHaveLength(1);
  });

  it('under the key of another change is refused as such', async () => {
    const { client, row, state } = partner();
    const key = { idempotencyKey: 'count-1', answer: setAnswer };
    await client.run(setStock, { ...key, variables: stockInput(row, 9, 5) });
    const error = await refusal(client.run(setStock, { ...key, variables: stockInput(row, 7, 9) }));
    expect(error.code).toBe('key.reused');
    expect(state.available('TEE')).toBe(9);
  });

  it('is the same change whatever the order of its variables', async () => {
    const { client, row, calls } = partner();
    const { inventoryItemId, locationId } = row;
    const key = { idempotencyKey: 'count-1', answer: setAnswer };
    await client.run(setStock, { ...key, variables: stockInput({ inventoryItemId, locationId }, 9, null) });
    await client.run(setStock, { ...key, variables: stockInput({ locationId, inventoryItemId }, 9, null) });
    expect(JSON.stringify(calls[1]?.variables)).toBe(JSON.stringify(calls[0]?.variables));
    expect(JSON.stringify(calls[0]?.variables)).toContain('"changeFromQuantity":null');
  });

  it('waits for a request of its own that is under way', async () => {
    const { client, row, state, calls, clock } = partner();
    const call = { variables: stockInput(row, 9, 5), idempotencyKey: 'count-1', answer: setAnswer };
    const probe = partner();
    await probe.client.run(setStock, { ...call, variables: stockInput(probe.row, 9, 5) });
    const key = String(probe.calls[0]?.variables['idempotencyKey']);
    const free = state.occupyKey(key);
    const before = clock.now();
    const running = client.run(setStock, call);
    await clock.advance(2500);
    free();
    await running;
    expect(clock.now() - before).toBeGreaterThanOrEqual(2500);
    expect(state.available('TEE')).toBe(9);
    expect(calls.length).toBeGreaterThan(2);
  });

  it('does not wait where a change without a key stands beside the one under way: it would be made again', async () => {
    const { client, row, state, calls } = partner();
    const text = setStock

      .replace(
        /\}\s*$/,
        ' productCreate(product: { title: "Once" }) { product { id } userErrors { field message } } }',
      );
    const call = {
      variables: stockInput(row, 9, 5),
      idempotencyKey: 'count-1',
      answer: z.unknown(),
      refusals: 'answered',
    } as const;
    const probe = partner();
    await probe.client.run(text, { ...call, variables: stockInput(probe.row, 9, 5) });
    state.occupyKey(String(probe.calls[0]?.variables['idempotencyKey']));
    const { userErrors } = await client.run(text, call);
    expect(userErrors).toMatchObject([{ mutation: 'inventorySetQuantities' }]);
    expect(calls).toHaveLength(1);
  });

  it('that Shopify refuses is refused, unless its caller reads refusals', async () => {
    const { client, row } = partner();
    const wrong = stockInput(row, 9, 4);
    const error = await refusal(client.run(setStock, { variables: wrong, idempotencyKey: 'a', answer: setAnswer }));
    expect(error.code).toBe('record.rejected');
    expect(error.details).toEqual({ codes: ['CHANGE_FROM_QUANTITY_STALE'] });
    const { userErrors } = await client.run(setStock, {
      variables: wrong,
      idempotencyKey: 'b',
      answer: setAnswer,
      refusals: 'answered',
    });
    expect(userErrors).toMatchObject([{ mutation: 'inventorySetQuantities', code: 'CHANGE_FROM_QUANTITY_STALE' }]);
  });

  it('is refused too where its document asks for the message alone', async () => {
    const { client, row } = partner();
    const text = setStock.replace('field message code', 'message');
    const call = { variables: stockInput(row, 9, 4), idempotencyKey: 'a', answer: setAnswer };
    expect((await refusal(client.run(text, call))).code).toBe('record.rejected');
  });
});

describe('a document that cannot be right', () => {
  const bare = setStock.replace(' @idempotent(key: $idempotencyKey)', '').replace(', $idempotencyKey: String!', '');

  it.each([
    ['a mutation said to be a read', ship, { safety: 'read' }, 'is a mutation, and was said to be a read'],
    ['a stock level without a key', bare, {}, 'does not do "inventorySetQuantities" without a key'],
    ['a key without a place', ship, { idempotencyKey: 'a' }, 'has no place for it'],
    [
      'several changes at once',
      `mutation { a: orderClose(input: {id: "1"}) { order { id } } b: orderOpen(input: {id: "1"}) { order { id } } }`,
      {},
      'makes 2 changes',
    ],
    ['a subscription', 'subscription { orders { id } }', {}, 'is a subscription'],
    ['a page size that is not given', variantsQuery.replace(' = 2', '!'), {}, 'its page size is "$n"'],
    ['no operation', 'fragment F on Order { id }', {}, 'it has 0 operations'],
  ] as const)('such as %s is not sent', async (_what, text, more, words) => {
    const { client, calls } = partner();
    const error = await refusal(client.run(text, { answer: z.unknown(), ...more }));
    expect(error.code).toBe('options.invalid');
    expect(error.message).toContain(words);
    expect(calls).toHaveLength(0);
  });

  it.each([
    ['NaN', Number.NaN, 'no number that JSON has'],
    ['infinity', Number.POSITIVE_INFINITY, 'no number that JSON has'],
    ['an id as a number', 2 ** 53, 'a whole number above 2^53'],
    ['a bigint', 1n, 'a bigint'],
    ['a map', new Map([['a', 1]]), 'an object of a class'],
    ['an address', new URL('https://shop.example'), 'an object of a class'],
    ['a function', () => 1, 'a function'],
    ['a date that is none', new Date(Number.NaN), 'no number that JSON has'],
  ])('such as one with %s in a variable is not sent', async (_what, value, words) => {
    const { client, calls } = partner();
    const variables = { n: 1, deep: { list: [value] } };
    const error = await refusal(client.run(variantsQuery, { answer: z.unknown(), variables }));
    expect(error.code).toBe('options.invalid');
    expect(error.message).toContain(`"deep.list.0" is ${words}`);
    expect(calls).toHaveLength(0);
  });
});
