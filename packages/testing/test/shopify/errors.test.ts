import { describe, expect, it } from 'vitest';
import { ask, textAt, valueAt } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

describe('a document that the schema does not allow', () => {
  it.each([
    ['{ orders(first: 1) { nodes { colour } } }', 'undefinedField', "Field 'colour' doesn't exist on type 'Order'"],
    ['{ orders(limit: 1) { nodes { id } } }', 'argumentNotAccepted', "Field 'orders' doesn't accept argument 'limit'"],
    ['{ order { id } }', 'missingRequiredArguments', "Field 'order' is missing required arguments: id"],
    ['{ order(id: "gid://shopify/Order/1") }', 'selectionMismatch', 'Field must have selections'],
    ['{ shop { name { first } } }', 'selectionMismatch', "Selections can't be made on scalars"],
    ['query Q($x: Int) { shop { name } }', 'variableNotUsed', 'Variable $x is declared by Q but not used'],
    [
      'query Q { orders(first: $x) { nodes { id } } }',
      'variableNotDefined',
      'Variable $x is used by Q but not declared',
    ],
    ['{ shop @magic { name } }', 'undefinedDirective', 'Directive @magic is not defined'],
    ['{ order(id: "1001") { id } }', 'argumentLiteralsIncompatible', "Invalid global id '1001'"],
    [
      '{ orders(first: "ten") { nodes { id } } }',
      'argumentLiteralsIncompatible',
      "Argument 'first' on Field 'orders' has an invalid value",
    ],
    [
      'mutation { orderClose(input: {}) { order { id } } }',
      'missingRequiredInputObjectAttribute',
      "Argument 'id' on InputObject 'OrderCloseInput' is required. Expected type ID!",
    ],
    [
      'mutation { orderCancel(orderId: "gid://shopify/Order/1", reason: OTHER, restock: true, refundMethod: {}) { job { id } } }',
      'invalidOneOfInputObject',
      "OneOf Input Object 'OrderCancelRefundMethodInput' must specify exactly one key.",
    ],
    [
      'mutation M @idempotent(key: "k") { orderClose(input: {id: "gid://shopify/Order/1"}) { order { id } } }',
      'directiveCannotBeApplied',
      "'@idempotent' can't be applied to mutations (allowed: fields)",
    ],
    [
      'mutation { refundCreate(input: {orderId: "gid://shopify/Order/1"}) @idempotent { order { id } } }',
      'missingRequiredArguments',
      "Directive 'idempotent' is missing required arguments: key",
    ],
    ['{ orders(first: 1) { nodes { id }', 'PARSE_ERROR', 'syntax error'],
  ])('%s', async (query, code, message) => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, query);
    expect(answer.status).toBe(200);
    expect(answer.errors[0]).toMatchObject({ extensions: { code } });
    expect(answer.errors[0]?.message).toContain(message);
    expect(answer.hasData).toBe(false);
    expect(answer.cost).toBeUndefined();
    expect(platform.state.bucket.currentlyAvailable).toBe(2000);
  });

  it('says where, in words', async () => {
    const { platform } = shopWithStock();
    const { errors } = await ask(platform, 'query Pull { orders(first: 1) { nodes { colour } } }');
    expect(errors[0]).toMatchObject({
      path: ['query Pull', 'orders', 'nodes', 'colour'],
      extensions: { typeName: 'Order', fieldName: 'colour' },
    });
  });

  it('does not know @idempotent before 2026-01', async () => {
    const { platform } = shopWithStock({ apiVersions: ['2025-10', '2026-01'] });
    const query =
      'mutation { refundCreate(input: {orderId: "gid://shopify/Order/1"}) @idempotent(key: "k") { userErrors { message } } }';
    const old = await ask(platform, query, {}, { version: '2025-10' });
    expect(old.errors[0]?.message).toBe('Directive @idempotent is not defined');
  });

  it('does not give a code to a plain user error', async () => {
    const { platform } = shopWithStock();
    const { errors } = await ask(
      platform,
      'mutation M($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { code } } }',
    );
    expect(errors[0]?.message).toBe("Field 'code' doesn't exist on type 'UserError'");
  });
});

describe('variables that do not fit', () => {
  const query = 'mutation M($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { userErrors { message } } }';

  it('names every problem with its path', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, query, {
      f: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: null }], colour: 'red' },
    });
    expect(answer.hasData).toBe(false);
    expect(answer.errors[0]).toMatchObject({
      message:
        'Variable $f of type FulfillmentInput! was provided invalid value for colour (Field is not defined on FulfillmentInput), ' +
        'lineItemsByFulfillmentOrder.0.fulfillmentOrderId (Expected value to not be null)',
      extensions: {
        code: 'INVALID_VARIABLE',
        problems: [
          { path: ['colour'], explanation: 'Field is not defined on FulfillmentInput' },
          {
            path: ['lineItemsByFulfillmentOrder', 0, 'fulfillmentOrderId'],
            explanation: 'Expected value to not be null',
          },
        ],
      },
    });
  });

  it('refuses an id that is a bare number', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, 'query Q($id: ID!) { order(id: $id) { id } }', { id: 1001 });
    expect(answer.errors[0]?.extensions.code).toBe('INVALID_VARIABLE');
  });

  it('takes at most 250 entries', async () => {
    const { platform } = shopWithStock();
    const ids = Array.from({ length: 251 }, (_, index) => `gid://shopify/Order/${index + 1}`);
    const answer = await ask(platform, 'query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(answer.errors[0]).toMatchObject({
      message: 'The input array size of 251 is greater than the maximum allowed of 250.',
      extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' },
    });
    expect(answer.hasData).toBe(false);
  });
});

describe('what goes wrong while it runs', () => {
  it('stands beside data, with a path and a cost', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, '{ order(id: "gid://shopify/Product/1") { id } shop { name } }');
    expect(answer.errors[0]).toMatchObject({
      message: 'Invalid id: gid://shopify/Product/1',
      path: ['order'],
      extensions: { code: 'RESOURCE_NOT_FOUND' },
    });
    expect(answer.at('order')).toBeNull();
    expect(answer.at('shop', 'name')).toBe('acme');
    expect(answer.cost).toBeDefined();
  });

  it('answers null for an order that there is not', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, '{ order(id: "gid://shopify/Order/123456789") { id } }');
    expect(answer.errors).toEqual([]);
    expect(answer.at('order')).toBeNull();
  });

  it.each([
    ['{ orders { nodes { id } } }', 'you must provide one of first or last'],
    ['{ orders(first: 1, last: 1) { nodes { id } } }', 'providing both first and last is not supported'],
    ['{ orders(first: 1, after: "nonsense") { nodes { id } } }', 'Malformed cursor'],
    ['{ orders(first: 251) { nodes { id } } }', 'first must be between 0 and 250'],
  ])('refuses the page %s', async (query, message) => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, query);
    expect(answer.errors[0]).toMatchObject({ message, extensions: { code: 'BAD_REQUEST' } });
    expect(valueAt(answer.body, ['data'])).toBeNull();
  });

  it('denies what the token may not read and answers the rest', async () => {
    const { platform, state } = shopWithStock({ scopes: ['read_orders'] });
    state.placeOrder(anOrder());
    const answer = await ask(platform, '{ orders(first: 1) { nodes { name customer { id } } } }');
    expect(answer.at('orders', 'nodes', 0)).toEqual({ name: '#1001', customer: null });
    expect(answer.errors[0]).toMatchObject({
      message: 'Access denied for customer field. Required access: `read_customers` access scope.',
      extensions: { code: 'ACCESS_DENIED', requiredAccess: '`read_customers` access scope.' },
    });
  });

  it('denies a write to who may only read', async () => {
    const { platform, state } = shopWithStock({ scopes: ['read_orders', 'read_merchant_managed_fulfillment_orders'] });
    const order = state.placeOrder(anOrder());
    const [open] = state.fulfillmentOrdersOf(order.id);
    const answer = await ask(
      platform,
      'mutation M($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { fulfillment { id } userErrors { message } } }',
      { f: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId: open?.id }] } },
    );
    expect(answer.errors[0]?.extensions.code).toBe('ACCESS_DENIED');
    expect(state.fulfillments).toEqual([]);
  });

  it('hides orders older than 60 days from who may not read all', async () => {
    const { platform, state } = shopWithStock({ scopes: ['read_orders'] });
    const old = state.placeOrder(anOrder({ placedAt: '2026-08-01T00:00:00Z' }));
    state.placeOrder(anOrder());
    const answer = await ask(platform, `{ orders(first: 5) { nodes { name } } order(id: "${old.id}") { id } }`);
    expect(answer.at('orders', 'nodes')).toEqual([{ name: '#1002' }]);
    expect(answer.at('order')).toBeNull();
  });

  it('leaves out a filter it does not know, and only warns', async () => {
    const { platform, state } = shopWithStock();
    state.placeOrder(anOrder());
    const answer = await ask(platform, '{ orders(first: 5, query: "paid:true") { nodes { name } } }');
    expect(answer.at('orders', 'nodes')).toHaveLength(1);
    expect(answer.search).toEqual([
      {
        path: ['orders'],
        query: 'paid:true',
        parsed: { field: 'paid', match_all: 'true' },
        warnings: [{ field: 'paid', message: 'Invalid search field for this query.', code: 'invalid_field' }],
      },
    ]);
  });
});

describe('the layer of HTTP', () => {
  it('answers 401 with a text to a token it does not know', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(platform, '{ shop { name } }', {}, { token: 'shpat_wrong' });
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      errors: '[API] Invalid API key or access token (unrecognized login or wrong password)',
    });
  });

  it.each([402, 403, 404, 423] as const)('answers %i while the shop is in that state', async (status) => {
    const { platform, state } = shopWithStock();
    state.answerWith(status);
    const answer = await ask(platform, '{ shop { name } }');
    expect(answer.status).toBe(status);
    expect(typeof textAt(answer.body, 'errors')).toBe('string');
    state.answerWith(200);
    expect((await ask(platform, '{ shop { name } }')).status).toBe(200);
  });

  it('answers an expired version with the oldest that it still serves, and says so', async () => {
    const { platform } = shopWithStock();
    const old = await ask(platform, '{ shop { name } }', {}, { version: '2024-07' });
    expect([old.status, old.headers.get('x-shopify-api-version')]).toEqual([200, '2026-01']);
    const known = await ask(platform, '{ shop { name } }', {}, { version: '2026-07' });
    expect(known.headers.get('x-shopify-api-version')).toBe('2026-07');
    expect((await ask(platform, '{ shop { name } }', {}, { version: '2026-05' })).status).toBe(404);
  });

  it('answers 400 to a body that asks nothing', async () => {
    const { platform } = shopWithStock();
    const response = await platform.fetch(`${platform.origin}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'x-shopify-access-token': platform.state.accessToken },
      body: 'null',
    });
    expect(response.status).toBe(400);
  });
});

describe('a field that is refused after the change was made', () => {
  it('stands in the errors beside the data, until it is given again', async () => {
    const { platform, state } = shopWithStock();
    const order = state.placeOrder(anOrder());
    const { id } = state.shipOrder(order.id);
    const cancel = `mutation { fulfillmentCancel(id: "${id}") { fulfillment { id displayStatus } userErrors { message } } }`;
    const giveAgain = state.refuseField('Fulfillment.displayStatus', 'ACCESS_DENIED');
    const answer = await ask(platform, cancel);
    expect(answer.errors[0]).toMatchObject({
      path: ['fulfillmentCancel', 'fulfillment', 'displayStatus'],
      extensions: { code: 'ACCESS_DENIED' },
    });
    expect(answer.at('fulfillmentCancel', 'fulfillment')).toEqual({ id, displayStatus: null });
    expect(state.fulfillments[0]?.status).toBe('CANCELLED');
    giveAgain();
    expect((await ask(platform, cancel)).errors).toEqual([]);
  });
});
