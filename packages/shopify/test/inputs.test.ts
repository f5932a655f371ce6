import {
  getNamedType,
  getNullableType,
  getVariableValues,
  isInputObjectType,
  isInputType,
  isListType,
  typeFromAST,
  type GraphQLInputType,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { noted, type Asked } from './calls.ts';
import { shopifyBulk } from '../src/index.ts';
import { asked } from './scenery/admin.ts';
import { dayOfMoney } from './day-of-money.ts';
import { allDocuments } from './schema/all-documents.ts';
import { trueSchema, versions } from './schema/true-schema.ts';
import { refOf, shipmentOf, shopWithGoods } from './shop.ts';

const documents = new Map((await allDocuments()).map((document) => [document.name, document]));

/** A day of a shop, with every kind of write that there is. */
async function dayOfWrites(): Promise<readonly Asked[]> {
  const { fake, connect, state, place } = shopWithGoods({ notifyBuyer: true });
  const { calls, fetch } = noted(fake.fetch);
  state.addProduct({ title: 'New', variants: [{ sku: 'NEW', price: '1.00', stock: {} }] });
  const shop = connect({ fetch, location: state.locations[0]?.id, accountNumberTag: 'account:' });
  await shop.inventory.push([{ sku: 'TEE', available: 300, expected: 100_000 }], { idempotencyKey: 'a' });
  await shop.inventory.push([{ sku: 'NEW', available: 1 }], { idempotencyKey: 'b' });
  const price = { amount: '9.00', currency: 'USD' };
  await shop.prices.push([{ sku: 'TEE', amount: price, compareAt: { amount: '12.00', currency: 'USD' } }], {
    idempotencyKey: 'c',
  });
  await shop.prices.push([{ sku: 'MUG', amount: price }], { idempotencyKey: 'd' });
  const bulk = shopifyBulk({ shop: 'acme', accessToken: state.accessToken, fetch, clock: fake.clock });
  const rename =
    'mutation Rename($product: ProductUpdateInput!) { productUpdate(product: $product) { userErrors { message } } }';
  const renamed = state.products.map(({ id, title }) => ({ product: { id, title } }));
  for await (const answers of bulk.mutation(rename, renamed, { idempotencyKey: 'k' })) expect(answers).not.toEqual([]);
  const two = ['S', 'M'].map((size) => ({
    sku: `NEWER-${size}`,
    barcode: `40063813339${size}`,
    options: [{ name: 'Size', value: size }],
    price: { sku: `NEWER-${size}`, amount: price, compareAt: { amount: '12.00', currency: 'USD' } },
    stocked: true,
    tracking: 'none' as const,
    weightGrams: 180,
  }));
  state.addCollection({ title: 'Newest' });
  const draft = {
    title: 'Newer',
    description: 'A tee',
    status: 'active' as const,
    vendor: 'Acme',
    categories: ['Newest'],
  };
  await shop.products.push([{ ...draft, variants: two.slice(0, 1) }], { idempotencyKey: 'g' });
  const other = two.map((variant) => ({ ...variant, weightGrams: 200, barcode: '1', stocked: false }));
  await shop.products.push([{ ...draft, title: 'Newest', status: 'draft', variants: other }], { idempotencyKey: 'h' });
  const home = {
    name: 'Jo Doe',
    lines: ['1 Way', 'Hall 2'],
    city: 'Dayton',
    subdivision: 'OH',
    postalCode: '45402',
    countryCode: 'US',
  };
  const person = { name: 'Jane Roe', company: 'Roe Ltd', email: 'j@example.test', phone: '+15135550100', taxId: 'X1' };
  await shop.customers.create(
    {
      ...person,
      accountNumber: 'A-1',
      billingAddress: home,
      shippingAddresses: [{ ...home, phone: '1', company: 'Doe' }],
    },
    { idempotencyKey: 'i' },
  );
  await dayOfMoney(shop, state, place);
  await shop.orders.cancel(refOf(place().id), 'customer', { idempotencyKey: 'e' });
  await shop.orders.update(
    refOf(place({ tags: ['a'] }).id),
    { note: 'n', addTags: ['b'], removeTags: ['a'] },
    { idempotencyKey: 'u' },
  );

  const unnumbered = place();
  const confirm = (order: string, shipment: ReturnType<typeof shipmentOf>) =>
    shop.shipments.confirm({ order: refOf(order), shipment }, { idempotencyKey: shipment.number });
  await confirm(unnumbered.id, shipmentOf('1', [{ lines: [['TEE', 1]] }]));
  await confirm(
    unnumbered.id,
    shipmentOf('1', [{ lines: [['TEE', 1]], tracking: '1Z1', url: 'https://example.com/1Z1' }]),
  );
  const inTwo = shipmentOf('2', [
    { lines: [['TEE', 2]], tracking: '1Z2', url: 'https://example.com/1Z2' },
    { lines: [['MUG', 1]], tracking: '1Z3', url: 'https://example.com/1Z3' },
  ]);
  await confirm(place().id, inTwo);
  await confirm(place().id, shipmentOf('3', [{ lines: [['MUG', 1]], tracking: '1Z4', carrier: 'pigeon' }]));
  await goodsOnTheirWay(shop, fake, place().id);
  return calls;
}

const parcel = (number: string) => ({ carrier: 'ups', trackingNumber: number, trackingUrl: 'https://ups.example/1' });

/** What is held, shipped, followed and told of. */
async function goodsOnTheirWay(
  shop: ReturnType<typeof shopWithGoods>['shop'],
  fake: ReturnType<typeof shopWithGoods>['fake'],
  orderId: string,
): Promise<void> {
  const [open] = fake.state.fulfillmentOrdersOf(orderId);
  const held = { system: 'shopify', kind: 'fulfillment', id: open?.id ?? '' } as const;
  await shop.fulfillments.hold(held, { reason: 'fraud', note: 'n' }, { idempotencyKey: 'hold' });
  await shop.fulfillments.release(held, { reason: 'fraud' }, { idempotencyKey: 'release' });
  const left = { system: 'shopify', kind: 'shipment', id: fake.state.shipOrder(orderId).id } as const;
  await shop.shipments.update(left, { parcels: [parcel('1')] }, { idempotencyKey: 'one' });
  await shop.shipments.update(left, { parcels: [parcel('1'), parcel('2')] }, { idempotencyKey: 'two' });
  const report = {
    status: 'in-transit',
    at: '2026-11-01T08:00:00Z',
    message: 'm',
    city: 'Dayton',
    country: 'US',
  } as const;
  await shop.shipments.report(left, report, { idempotencyKey: 'report' });
  const plan = { topics: ['orders/create'], address: 'https://receiver.example/hooks' };
  // The day has spent what the shop allows at a time.
  await fake.clock.advance(60_000);
  await asked(
    fake,
    'mutation { webhookSubscriptionCreate(topic: ORDERS_CREATE, webhookSubscription: { uri: "https://receiver.example/hooks", filter: "id:1" }) { userErrors { message } } }',
  );
  await shop.webhooks.subscribe(plan, { idempotencyKey: 'repaired' });
  await shop.webhooks.subscribe({ ...plan, topics: ['orders/paid'] }, { idempotencyKey: 'made' });
}

describe('what the connector writes', () => {
  let calls: readonly Asked[] = [];
  beforeAll(async () => {
    calls = await dayOfWrites();
  });

  it('has every input that a document takes', () => {
    const { schema } = trueSchema(versions[0]);
    const withInput = [...documents.values()].filter(({ operation }) =>
      operation.variableDefinitions?.some(({ type }) => isInputObjectType(getNamedType(typeFromAST(schema, type)))),
    );
    const sent = new Set(calls.map(({ operationName }) => operationName));
    expect(withInput.map(({ name }) => name).filter((name) => !sent.has(name))).toEqual([]);
    expect(withInput.length).toBeGreaterThanOrEqual(5);
  });

  it.each(versions)('is taken by the inputs of Admin API %s, in nothing that will go away', (version) => {
    const problems = calls.flatMap((call) => problemsOf(call, version));
    expect(problems).toEqual([]);
  });
});

function problemsOf({ operationName, variables, query }: Asked, version: string): readonly string[] {
  const document = documents.get(operationName);
  if (!document || document.text !== query) return [`${operationName} is no document of ours`];
  const { schema } = trueSchema(version);
  const { variableDefinitions = [] } = document.operation;
  const { errors = [] } = getVariableValues(schema, variableDefinitions, variables);
  const declared = variableDefinitions.map(({ variable }) => variable.name.value);
  return [
    ...errors.map(({ message }) => `${operationName}: ${message}`),
    // Shopify refuses a variable that no one declared only where it is used; sent it is a mistake all the same.
    ...Object.keys(variables).flatMap((name) => (declared.includes(name) ? [] : [`${operationName} has no $${name}`])),
    ...variableDefinitions.flatMap(({ variable: { name }, type }) => {
      const declaredType = typeFromAST(schema, type);
      return isInputType(declaredType) ? goingAway(declaredType, variables[name.value], operationName) : [];
    }),
  ];
}

/** The input fields of a value that the schema marks. */
function goingAway(type: GraphQLInputType, value: unknown, path: string): readonly string[] {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.flatMap((item) => goingAway(inner.ofType, item, path));
  }
  if (!isInputObjectType(inner) || typeof value !== 'object' || value === null) return [];
  const fields = inner.getFields();
  return Object.entries(value).flatMap(([key, each]) => {
    const field = fields[key];
    if (!field) return [];
    const own = field.deprecationReason == null ? [] : [`${path}.${key} goes away`];
    return [...own, ...goingAway(field.type, each, `${path}.${key}`)];
  });
}
