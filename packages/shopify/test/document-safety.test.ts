import { isCommerceError, type CommerceError } from '@crossdock/core';
import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shopifyClient } from '../src/index.ts';
import { noted } from './calls.ts';

/** An order of six tees, and a shop whose answers are lost on their way back. */
function orderAndLostAnswers() {
  const fake = fakeShopify();
  const { state, clock } = fake;
  state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 10 }] });
  const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 6 }] });
  const [open] = state.fulfillmentOrdersOf(id);
  const { calls, fetch } = noted(fake.fetch);
  const client = shopifyClient({
    shop: 'acme',
    accessToken: state.accessToken,
    clock,
    random: () => 0.5,
    async fetch(input, init) {
      await fetch(input, init);
      throw new TypeError('lost');
    },
  });
  const lines = [{ id: open?.lines[0]?.id, quantity: 2 }];
  const variables = {
    fulfillment: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: open?.id, fulfillmentOrderLineItems: lines }] },
  };
  return { client, calls, variables, shipped: () => state.fulfillmentsOf(id).length };
}

/** A client of a shop that gives one answer to everything. */
function clientOf(body: unknown, init: ResponseInit = {}) {
  const { clock } = fakeShopify();
  let calls = 0;
  const client = shopifyClient({
    shop: 'acme',
    accessToken: 'shpat_canary',
    clock,
    random: () => 0.5,
    async fetch() {
      calls += 1;
      return new Response(typeof body === 'string' || body === null ? body : JSON.stringify(body), init);
    },
  });
  return { client, calls: () => calls };
}

async function refusal(act: Promise<unknown>): Promise<CommerceError> {
  const error = await act.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isCommerceError(error)) return error;
  throw new Error('It was not refused.', { cause: error });
}

const change = 'fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }';
const head = 'mutation Ship($fulfillment: FulfillmentInput!)';
const answer = z.unknown();

describe('a change whose answer is lost', () => {
  it.each([
    ['in a named fragment', `${head} { ...M } fragment M on Mutation { ${change} }`],
    ['in a fragment on its type', `${head} { ... on Mutation { ${change} } }`],
    ['in a fragment of no type', `${head} { ... { ${change} } }`],
    ['in fragments of fragments', `${head} { ... { ...M } } fragment M on Mutation { ... on Mutation { ${change} } }`],
    ['beside __typename', `${head} { __typename ${change} }`],
  ])('is sent once, also %s', async (_where, text) => {
    const { client, calls, variables, shipped } = orderAndLostAnswers();
    expect((await refusal(client.run(text, { variables, answer }))).code).toBe('write.uncertain');
    expect(calls).toHaveLength(1);
    expect(shipped()).toBe(1);
  });
});

describe('a mutation is not sent', () => {
  const stock = '(input: $i) { userErrors { message } }';
  const keyed = `(input: $i) @idempotent(key: $idempotencyKey) { userErrors { message } }`;
  const withKey = 'mutation S($i: X!, $idempotencyKey: String!)';
  it.each([
    [
      'with several changes in a fragment',
      'mutation { ...M } fragment M on Mutation { a: orderClose(input: {id: "1"}) { userErrors { message } } b: orderOpen(input: {id: "1"}) { userErrors { message } } }',
      {},
      'makes 2 changes',
    ],
    [
      'without the key that its change in a fragment wants',
      `mutation S($i: X!) { ... { inventorySetQuantities${stock} } }`,
      {},
      'does not do "inventorySetQuantities" without a key',
    ],
    ['where no change is found in it', 'mutation { ...Gone }', {}, 'no change was found'],
    ['where it only asks for its own name', 'mutation { __typename }', {}, 'no change was found'],
    [
      'with a key that Shopify does not keep',
      'mutation { orderClose(input: {id: "1"}) @idempotent(key: "k") { userErrors { message } } }',
      {},
      'keeps no key for "orderClose"',
    ],
    [
      'with @idempotent and no key in it',
      `mutation S($i: X!) { inventorySetQuantities(input: $i) @idempotent { userErrors { message } } }`,
      {},
      'without a key',
    ],
    [
      'with two changes under one key',
      `${withKey} { a: inventorySetQuantities${keyed} b: inventorySetQuantities${keyed} }`,
      { idempotencyKey: 'k', refusals: 'answered' },
      'two changes of it have one key',
    ],
    [
      'that does not ask for its user errors',
      'mutation C { orderClose(input: {id: "1"}) { order { id } } }',
      {},
      'does not ask whether Shopify refused "orderClose"',
    ],
    [
      'that may leave its user errors out',
      'mutation C($no: Boolean!) { orderClose(input: {id: "1"}) { ... @skip(if: $no) { userErrors { message } } } }',
      { variables: { no: true } },
      'does not ask whether Shopify refused "orderClose"',
    ],
  ] as const)('%s', async (_what, text, more, words) => {
    const { client, calls } = clientOf({ data: {} });
    const error = await refusal(client.run(text, { answer, ...more }));
    expect(error.code).toBe('options.invalid');
    expect(error.message).toContain(words);
    expect(calls()).toBe(0);
  });
});

describe('a change is not told as done', () => {
  const close = 'mutation C { orderClose(input: {id: "1"}) { userErrors { message } } }';
  it.each([
    ['an empty body', ''],
    ['an empty object', {}],
    ['no data', { data: null }],
    ['data without its payload', { data: {} }],
    ['null for its payload', { data: { orderClose: null } }],
    ['a text for its payload', { data: { orderClose: 'done' } }],
    ['the payload of another change', { data: { orderOpen: { userErrors: [] } } }],
    ['no user errors though they were asked for', { data: { orderClose: { order: { id: '1' } } } }],
    ['an empty list of errors', { errors: [] }],
  ])('by %s', async (_what, body) => {
    const { client, calls } = clientOf(body);
    const error = await refusal(client.run(close, { answer }));
    expect(error.code).toBe('write.uncertain');
    expect(error.details).toMatchObject({ attemptEndedAs: 'response.unexpected' });
    expect(calls()).toBe(1);
  });

  it('by status 204', async () => {
    const { client } = clientOf(null, { status: 204 });
    expect((await refusal(client.run(close, { answer }))).code).toBe('write.uncertain');
  });

  it('where one of several is missing', async () => {
    const { client } = clientOf({ data: { a: { userErrors: [] }, b: null } });
    const two = 'mutation { a: tagsAdd { userErrors { message } } b: tagsAdd { userErrors { message } } }';
    expect((await refusal(client.run(two, { answer, refusals: 'answered' }))).code).toBe('write.uncertain');
  });

  it('but where it was to be left out', async () => {
    const { client } = clientOf({ data: {} });
    const text = 'mutation C($no: Boolean!) { orderClose(input: {id: "1"}) @skip(if: $no) { userErrors { message } } }';
    const { data } = await client.run(text, { answer, variables: { no: true } });
    expect(data).toEqual({});
  });

  it('and a query without data is no answer', async () => {
    const { client } = clientOf({});
    expect((await refusal(client.run('{ shop { name } }', { answer }))).code).toBe('response.unexpected');
  });
});

describe('a refusal is heard', () => {
  it.each([
    ['under another name', '{ problems: userErrors { message } }', { problems: [{ message: 'No.' }] }],
    [
      'with other names in it',
      '{ problems: userErrors { why: message message: field } }',
      { problems: [{ why: 'No.', message: ['id'] }] },
    ],
    ['from a fragment', '{ ...P }', { userErrors: [{ message: 'No.' }] }],
    ['from a fragment of no type', '{ ... { userErrors { message } } }', { userErrors: [{ message: 'No.' }] }],
    ['from a list of another name', '{ mediaUserErrors { message } }', { mediaUserErrors: [{ message: 'No.' }] }],
  ])('%s', async (_where, selection, payload) => {
    const { client } = clientOf({ data: { mine: payload } });
    const text = `mutation C { mine: orderClose(input: {id: "1"}) ${selection} } fragment P on X { userErrors { message } }`;
    const error = await refusal(client.run(text, { answer }));
    expect(error.code).toBe('record.rejected');
    expect(error.message).toContain('"No."');
    const { userErrors } = await client.run(text, { answer, refusals: 'answered' });
    expect(userErrors).toMatchObject([{ mutation: 'mine', message: 'No.' }]);
  });
});

describe('the key of a change', () => {
  it('is of the given key alone, whatever the document is called', async () => {
    const fake = fakeShopify();
    const { variants } = fake.state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '10.00', stock: 5 }] });
    const [location] = fake.state.locations;
    const { state, clock, fetch } = fake;
    const client = shopifyClient({ shop: 'acme', accessToken: state.accessToken, fetch, clock });
    const row = { inventoryItemId: variants[0]?.inventoryItemId, locationId: location?.id };
    const changes = [{ ...row, delta: 1, changeFromQuantity: null }];
    const variables = { input: { name: 'available', reason: 'correction', changes } };
    for (const name of ['Adjust', 'AdjustStock', '']) {
      const text = `mutation ${name}($input: InventoryAdjustQuantitiesInput!, $idempotencyKey: String!) {
        inventoryAdjustQuantities(input: $input) @idempotent(key: $idempotencyKey) { userErrors { message } }
      }`;
      await client.run(text, { variables, idempotencyKey: 'count-1', answer });
    }
    expect(state.available('TEE')).toBe(6);
  });
});

/** Fragments of which each names the next one twice. */
function doubling(levels: number): string {
  const names = Array.from({ length: levels }, (_, level) => `F${level + 1} ...F${level + 1}`);
  return names.map((next, level) => `fragment F${level} on Order { id ...${next} }`).join('\n');
}

describe('a document that would take for ever to read', () => {
  it.each([
    ['fragments that double', `{ order(id: "1") { ...F0 } } ${doubling(40)}`, 'more than 20000 fields'],
    [
      'fragments of fragments',
      `{ order(id: "1") { ...F0 } } ${Array.from({ length: 500 }, (_, n) => `fragment F${n} on Order { ...F${n + 1} }`).join('\n')}`,
      'deeper than 100 levels',
    ],
    ['deep brackets', `${'{ a '.repeat(50_000)}${'}'.repeat(50_000)}`, 'deeper than 100 levels'],
  ])('is refused: %s', async (_what, text, words) => {
    const { client, calls } = clientOf({ data: {} });
    const error = await refusal(client.run(text, { answer }));
    expect(error.code).toBe('options.invalid');
    expect(error.message).toContain(words);
    expect(calls()).toBe(0);
  });

  it('is not quoted: a buyer may stand in it', async () => {
    const { client } = clientOf({ data: {} });
    const text = '{ customers(first: 1, query: "email:jane@example.com") { nodes { id } } } query B { shop { name } }';
    const error = await refusal(client.run(text, { answer }));
    expect(error.message).not.toContain('jane');
    expect(error.message).toContain('it has 2 operations');
  });
});

describe('a cost that none can be', () => {
  it('is not learnt', async () => {
    const cost = { requestedQueryCost: -5, actualQueryCost: -5 };
    const { client } = clientOf({ data: { shop: { name: 'Acme' } }, extensions: { cost } });
    for (let call = 0; call < 2; call += 1) {
      expect((await client.run('{ shop { name } }', { answer })).cost).toBeUndefined();
    }
  });
});

describe('a number that is not exact here', () => {
  it.each(['9007199254740993', '1e400', '-12345678901234567890'])('is not handed out: %s', async (number) => {
    const { client } = clientOf(`{"data":{"shop":{"metafield":{"jsonValue":[${number}]}}}}`);
    const error = await refusal(client.run('{ shop { metafield(key: "k") { jsonValue } } }', { answer }));
    expect(error.code).toBe('response.unexpected');
    expect(error.message).toContain('above 2^53 at "data.shop.metafield.jsonValue.0"');
  });

  it('is told from a text of digits', async () => {
    const { client } = clientOf({ data: { shop: { id: '9007199254740993' } } });
    expect((await client.run('{ shop { id } }', { answer })).data).toEqual({ shop: { id: '9007199254740993' } });
  });
});
