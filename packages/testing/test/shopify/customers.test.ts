import { fakeShopify } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import { ask, textAt } from './ask.ts';

const set = `mutation Set($identifier: CustomerSetIdentifiers, $input: CustomerSetInput!) {
  customerSet(identifier: $identifier, input: $input) {
    customer { id firstName defaultEmailAddress { emailAddress } tags defaultAddress { city } addressesV2(first: 5) { nodes { zip } } }
    userErrors { field message code }
  }
}`;

describe('customerSet', () => {
  it('makes a customer without an identifier, whose first address is the default', async () => {
    const platform = fakeShopify();
    const answer = await ask(platform, set, {
      input: {
        email: 'ada@example.com',
        firstName: 'Ada',
        tags: ['b', 'a'],
        addresses: [{ city: 'Turin', zip: '10100', countryCode: 'IT' }, { zip: '10200' }],
      },
    });
    expect(answer.errors).toEqual([]);
    expect(answer.at('customerSet')).toMatchObject({
      customer: {
        defaultEmailAddress: { emailAddress: 'ada@example.com' },
        tags: ['a', 'b'],
        defaultAddress: { city: 'Turin' },
        addressesV2: { nodes: [{ zip: '10100' }, { zip: '10200' }] },
      },
      userErrors: [],
    });
    expect(platform.state.customers).toHaveLength(1);
  });

  it.each([
    ['a mailbox that is taken, whatever its case', { email: 'ADA@example.com' }, ['input', 'email'], 'TAKEN'],
    ['a number that is taken', { phone: '+4915112345678' }, ['input', 'phone'], 'TAKEN'],
    ['what is no mailbox', { email: 'ada' }, ['input', 'email'], 'INVALID'],
    ['nobody', { note: 'x' }, null, 'BLANK'],
    ['a name without end', { firstName: 'x'.repeat(256) }, ['input', 'firstName'], 'TOO_LONG'],
  ])('refuses %s', async (_what, input, field, code) => {
    const platform = fakeShopify();
    platform.state.addCustomer({ email: 'ada@example.com', phone: '+4915112345678' });
    const answer = await ask(platform, set, { input });
    expect(answer.at('customerSet')).toMatchObject({ customer: null, userErrors: [{ field, code }] });
    expect(platform.state.customers).toHaveLength(1);
  });

  it('changes who has the mailbox when that is the identifier', async () => {
    const platform = fakeShopify();
    const known = platform.state.addCustomer({ email: 'ada@example.com', addresses: [{ zip: '1' }] });
    const identifier = { email: 'ada@example.com' };
    const answer = await ask(platform, set, {
      identifier,
      input: { email: 'ada@example.com', firstName: 'Ada', addresses: [] },
    });
    expect(answer.at('customerSet', 'customer', 'id')).toBe(known.id);
    expect(platform.state.customer(known.id)).toMatchObject({ firstName: 'Ada', addresses: [] });
    expect(
      (await ask(platform, set, { identifier, input: { firstName: 'Eve' } })).at('customerSet', 'userErrors'),
    ).toMatchObject([{ code: 'MISSING_FIELD_REQUIRED' }]);
  });
});

describe('the search for customers', () => {
  it('finds a mailbox by the words in it, so that more than one can be found', async () => {
    const platform = fakeShopify();
    for (const email of ['jane@shop.example', 'jane@shop.example.org', 'bob@shop.example'])
      platform.state.addCustomer({ email });
    const found = async (query: string) => {
      const answer = await ask(
        platform,
        'query Q($q: String) { customers(first: 9, query: $q, sortKey: UPDATED_AT) { nodes { email } } }',
        {
          q: query,
        },
      );
      return answer.at('customers', 'nodes');
    };
    expect(await found('email:"Jane@shop.example"')).toEqual([
      { email: 'jane@shop.example' },
      { email: 'jane@shop.example.org' },
    ]);
    expect(await found('email:bob*')).toEqual([{ email: 'bob@shop.example' }]);
    const exact = await ask(
      platform,
      '{ customerByIdentifier(identifier: { emailAddress: "JANE@shop.example" }) { email } }',
    );
    expect(exact.at('customerByIdentifier')).toEqual({ email: 'jane@shop.example' });
  });

  it('lags behind where a test says so', async () => {
    const platform = fakeShopify();
    const { id } = platform.state.addCustomer({ email: 'ada@example.com' });
    const list = async () => (await ask(platform, '{ customers(first: 1) { nodes { id } } }')).at('customers', 'nodes');
    const show = platform.state.unlist(id);
    expect(await list()).toEqual([]);
    expect((await ask(platform, `{ customer(id: "${id}") { id } }`)).at('customer')).toEqual({ id });
    show();
    expect(await list()).toEqual([{ id }]);
  });
});

describe('protected data', () => {
  it('is null for an app that is not approved for the field, and refused as a whole for one that is for none', async () => {
    const platform = fakeShopify();
    const { id } = platform.state.addCustomer({ email: 'ada@example.com', firstName: 'Ada', note: 'kept' });
    const read = () => ask(platform, `{ shop { name } customer(id: "${id}") { email firstName displayName note } }`);
    const approve = platform.state.protectCustomerData({ fields: ['name'] });
    expect((await read()).at('customer')).toEqual({ email: null, firstName: 'Ada', displayName: 'Ada', note: 'kept' });
    approve();
    platform.state.protectCustomerData({ objects: ['Customer'] });
    const refused = await read();
    expect(refused.status).toBe(200);
    expect(refused.at('customer')).toBeNull();
    expect(refused.at('shop')).toEqual({ name: 'acme' });
    expect(refused.errors[0]?.message).toMatch(/^This app is not approved to access the Customer object\. See https:/);
  });
});

describe('a metafield', () => {
  const write = `mutation M($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) {
    metafields { compareDigest value } userErrors { field code } } }`;

  it.each(['Order', 'Customer'])('is written on %s only while it is as it was read', async (kind) => {
    const platform = fakeShopify();
    const { state } = platform;
    state.addProduct({ title: 'Tee', variants: [{ sku: 'TEE', price: '1.00', stock: 5 }] });
    const order = state.placeOrder({ email: 'ada@example.com', lines: [{ sku: 'TEE', quantity: 1 }] });
    const ownerId = kind === 'Order' ? order.id : (state.customers[0]?.id ?? '');
    const field = { ownerId, key: 'ledger', type: 'json', value: '{"a":1}' };
    const put = (more: object) => ask(platform, write, { metafields: [{ ...field, ...more }] });
    const first = await put({ compareDigest: null });
    expect(first.at('metafieldsSet', 'userErrors')).toEqual([]);
    const digest = textAt(first.body, 'data', 'metafieldsSet', 'metafields', 0, 'compareDigest');
    expect((await put({ compareDigest: null, value: '{"a":2}' })).at('metafieldsSet')).toMatchObject({
      metafields: null,
      userErrors: [{ field: ['metafields', '0'], code: 'STALE_OBJECT' }],
    });
    expect((await put({ compareDigest: digest, value: '{"a":2}' })).at('metafieldsSet', 'metafields')).toMatchObject([
      { value: '{"a":2}' },
    ]);
    const read = await ask(
      platform,
      `{ node(id: "${ownerId}") { ... on ${kind} { metafield(key: "ledger") { value jsonValue namespace } } } }`,
    );
    expect(read.at('node', 'metafield')).toMatchObject({ value: '{"a":2}', jsonValue: { a: 2 } });
  });

  it('is one of 25 at most, all or none', async () => {
    const platform = fakeShopify();
    const { id } = platform.state.addCustomer({ email: 'ada@example.com' });
    const field = (key: string) => ({ ownerId: id, namespace: 'erp', key, type: 'number_integer', value: '1' });
    const many = Array.from({ length: 26 }, (_, at) => field(`key-${at}`));
    expect((await ask(platform, write, { metafields: many })).at('metafieldsSet', 'userErrors')).toMatchObject([
      { code: 'LESS_THAN_OR_EQUAL_TO' },
    ]);
    const bad = await ask(platform, write, { metafields: [field('good'), { ...field('bad'), value: 'one' }] });
    expect(bad.at('metafieldsSet', 'userErrors')).toMatchObject([
      { field: ['metafields', '1', 'value'], code: 'INVALID_VALUE' },
    ]);
    expect(platform.state.metafields(id)).toEqual([]);
  });
});
