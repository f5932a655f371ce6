import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { pageFactor, requestedCost } from '../../src/platforms/shopify/graphql/cost.ts';
import { buildShopSchema } from '../../src/platforms/shopify/schema/build-schema.ts';
import { ask } from './ask.ts';
import { anOrder, shopWithStock } from './shop.ts';

const schema = buildShopSchema('2026-10');

function costOf(query: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const { definitions } = parse(query);
  const operation = definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('There is no operation.');
  return requestedCost({ schema, operation, fragments: {}, variables });
}

const order = (lines: number) => `
  id name totalPriceSet { shopMoney { amount } } tags note
  customer { id } shippingAddress { city } billingAddress { city } customAttributes { key } taxLines { title }
  transactions(first: 10) { id parentTransaction { id } } fulfillments(first: 10) { id }
  refunds(first: 10) { id refundLineItems(first: 5) { nodes { quantity lineItem { id } } } }
  shippingLine { title } shippingLines(first: 5) { nodes { title taxLines { title } } }
  risk { recommendation } cancellation { staffNote }
  lineItems(first: ${lines}) {
    nodes {
      id sku variant { id } product { id } customAttributes { key } taxLines { title }
      discountAllocations { allocatedAmountSet { shopMoney { amount } } discountApplication { index } }
    }
    pageInfo { hasNextPage }
  }`;

describe('the requested cost', () => {
  it('multiplies a page by twice the natural logarithm of its size', () => {
    const table = {
      1: 1,
      2: 1,
      3: 2,
      4: 2,
      5: 3,
      6: 3,
      8: 4,
      10: 4,
      15: 5,
      20: 5,
      25: 6,
      30: 6,
      50: 7,
      100: 9,
      150: 10,
      200: 10,
      250: 11,
    };
    const reckoned = Object.keys(table).map((size) => [size, pageFactor(Number(size))]);
    expect(Object.fromEntries(reckoned)).toEqual(table);
    expect(pageFactor(0)).toBe(0);
  });

  it.each([
    ['an id page of 250', '{ orders(first: 250) { nodes { id } } }', 13],
    ['the same through edges', '{ orders(first: 250) { edges { node { id } } } }', 13],
    [
      'both ways, charged twice',
      '{ orders(first: 250) { nodes { customer { id } } edges { node { customer { id } } } } }',
      2 + 11 * 3,
    ],
    [
      'money and addresses of a shop, free',
      '{ orders(first: 1) { nodes { totalPriceSet { shopMoney { amount } } } } }',
      3,
    ],
    ['an address of a buyer, not free', '{ orders(first: 1) { nodes { shippingAddress { city } } } }', 4],
    ['a list, once whatever its length', '{ orders(first: 1) { nodes { taxLines { title } refunds { id } } } }', 5],
    [
      'variants with product and item',
      '{ productVariants(first: 250) { nodes { sku product { id } inventoryItem { id } } } }',
      2 + 11 * 3,
    ],
    [
      'a union, by its dearest type',
      '{ nodes(ids: ["gid://shopify/Order/1"]) { ... on Order { customer { id } } ... on Product { id } } }',
      2,
    ],
    ['a count at the root', '{ ordersCount { count } }', 10],
    ['a page without a size', '{ orders { nodes { id } } }', 2],
    ['one thing', '{ shop { name } }', 1],
    ['only a name of a type', '{ __typename }', 1],
    [
      'any mutation',
      'mutation { orderClose(input: {id: "gid://shopify/Order/1"}) { order { id name } userErrors { message } } }',
      10,
    ],
    [
      'what hangs below the payload',
      'mutation { orderClose(input: {id: "gid://shopify/Order/1"}) { order { customer { id } } } }',
      11,
    ],
    ['a refund', 'mutation { refundCreate(input: {orderId: "gid://shopify/Order/1"}) { refund { id } } }', 20],
    [
      'tracking',
      'mutation { fulfillmentTrackingInfoUpdate(fulfillmentId: "gid://shopify/Fulfillment/1", trackingInfoInput: {}) { fulfillment { id } } }',
      50,
    ],
  ])('of %s', (_what, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it.each([
    ['50 full orders with 50 lines', `{ orders(first: 50) { nodes { ${order(50)} } } }`, 562],
    ['250 full orders with 10 lines', `{ orders(first: 250) { nodes { ${order(10)} } } }`, 651],
    ['full orders by id', `{ nodes(ids: ["gid://shopify/Order/1"]) { ... on Order { ${order(50)} } } }`, 80],
    [
      '250 levels with four quantities',
      '{ location(id: "gid://shopify/Location/1") { inventoryLevels(first: 250) { nodes { item { id } quantities(names: ["available"]) { quantity } } } } }',
      36,
    ],
  ])('of %s is that of the table', (_what, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('reads a size from a variable and its default', () => {
    expect(costOf('query Q($n: Int!) { orders(first: $n) { nodes { id } } }', { n: 250 })).toBe(13);
  });
});

describe('the answer', () => {
  it('charges what came out and gives the rest back', async () => {
    const { platform, state } = shopWithStock();
    for (let placed = 0; placed < 5; placed++) state.placeOrder(anOrder());
    const answer = await ask(platform, '{ orders(first: 50) { nodes { lineItems(first: 50) { nodes { sku } } } } }');
    // 2 lines of 50 are 2 + ceil(7 × 2 / 50) = 3; 5 orders of 50 with them 2 + ceil(7 × 5 × (1 + 3) / 50).
    expect(answer.cost).toMatchObject({ requestedQueryCost: 2 + 7 * (1 + 9), actualQueryCost: 5 });
    expect(answer.cost?.throttleStatus).toEqual({
      maximumAvailable: 2000,
      currentlyAvailable: 2000 - 5,
      restoreRate: 100,
    });
  });

  it('charges a full page as it was asked for', async () => {
    const { platform, state } = shopWithStock();
    for (let placed = 0; placed < 5; placed++) state.placeOrder(anOrder());
    const answer = await ask(platform, '{ orders(first: 5) { nodes { customer { id } shippingAddress { city } } } }');
    expect(answer.cost).toMatchObject({ requestedQueryCost: 2 + 3 * 3, actualQueryCost: 2 + 3 * 3 });
  });

  it('charges 1 for what is null and nothing below', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(
      platform,
      '{ order(id: "gid://shopify/Order/1") { customer { id } shippingAddress { city } } }',
    );
    expect(answer.cost).toMatchObject({ requestedQueryCost: 3, actualQueryCost: 1 });
  });

  it('charges an empty page 2 through edges and in full through nodes', async () => {
    const { platform } = shopWithStock();
    expect((await ask(platform, '{ orders(first: 250) { edges { node { id } } } }')).cost?.actualQueryCost).toBe(2);
    expect((await ask(platform, '{ orders(first: 250) { nodes { id } } }')).cost?.actualQueryCost).toBe(13);
  });

  it('refuses a query dearer than 1000 before it runs', async () => {
    const { platform } = shopWithStock();
    const answer = await ask(
      platform,
      '{ orders(first: 250) { nodes { lineItems(first: 250) { nodes { variant { product { variants(first: 5) { nodes { id } } } } } } } } }',
    );
    expect(answer.errors[0]).toMatchObject({ extensions: { code: 'MAX_COST_EXCEEDED', maxCost: 1000 } });
    expect(answer.errors[0]?.message).toMatch(
      /^Query cost is \d+, which exceeds the single query max cost limit \(1000\)/,
    );
    expect(platform.state.bucket.currentlyAvailable).toBe(2000);
  });
});

describe('the bucket', () => {
  const heavy = '{ orders(first: 250) { nodes { lineItems(first: 50) { nodes { variant { id } product { id } } } } } }';

  it.each([
    ['standard', 100],
    ['advanced', 200],
    ['plus', 1000],
    ['enterprise', 2000],
  ] as const)('of %s refills %i points a second and holds 20 seconds of it', async (plan, rate) => {
    const { platform, state } = shopWithStock({ plan });
    expect(state.bucket).toEqual({ maximumAvailable: rate * 20, currentlyAvailable: rate * 20, restoreRate: rate });
    state.drainBucket(0);
    await platform.clock.advance(2500);
    expect(state.bucket.currentlyAvailable).toBe(rate * 2.5);
    await platform.clock.advance(60_000);
    expect(state.bucket.currentlyAvailable).toBe(rate * 20);
  });

  it('refuses what it does not hold, does nothing, and takes nothing', async () => {
    const { platform, state } = shopWithStock();
    state.placeOrder(anOrder());
    state.drainBucket(100);
    const refused = await ask(platform, heavy);
    expect(refused.status).toBe(200);
    expect(refused.hasData).toBe(false);
    expect(refused.errors[0]).toMatchObject({ message: 'Throttled', extensions: { code: 'THROTTLED' } });
    expect(refused.cost).toMatchObject({
      actualQueryCost: null,
      throttleStatus: { currentlyAvailable: 100, restoreRate: 100 },
    });
    const wanted = refused.cost?.requestedQueryCost ?? 0;
    await platform.clock.advance(((wanted - 100) / 100) * 1000 - 10);
    expect((await ask(platform, heavy)).errors[0]?.extensions.code).toBe('THROTTLED');
    await platform.clock.advance(10);
    expect((await ask(platform, heavy)).errors).toEqual([]);
  });

  it('can be told to refuse the next call in its own words', async () => {
    const { platform } = shopWithStock();
    platform.faults.next('orders', { kind: 'throttle', retryAfterSeconds: 1 });
    const answer = await ask(platform, heavy);
    expect(answer.errors[0]?.extensions.code).toBe('THROTTLED');
    const { requestedQueryCost = 0, throttleStatus } = answer.cost ?? {};
    expect(requestedQueryCost - (throttleStatus?.currentlyAvailable ?? 0)).toBe(100);
    await platform.clock.advance(1000);
    expect((await ask(platform, heavy)).errors).toEqual([]);
  });

  it('may be lowered for a while', async () => {
    const { state } = shopWithStock();
    state.setRestoreRate(50);
    expect(state.bucket).toEqual({ maximumAvailable: 1000, currentlyAvailable: 1000, restoreRate: 50 });
  });
});
