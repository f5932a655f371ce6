import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pageFactor, requestedCost } from '../src/costs.ts';
import { fulfillmentCreate } from '../src/documents/fulfillments.ts';
import {
  activeLocations,
  inventoryActivate,
  inventoryItemsById,
  inventoryItemsBySku,
  inventorySetQuantities,
  locationsById,
} from '../src/documents/inventory.ts';
import { orderIds } from '../src/documents/orders.ts';
import { productVariantsBulkUpdate, shopCurrency, variantsBySku } from '../src/documents/prices.ts';
import { shopWithGoods } from './shop.ts';

const called = z.object({ query: z.string(), operationName: z.string() });
const answered = z.object({ extensions: z.object({ cost: z.object({ requestedQueryCost: z.number() }) }) });

// Expected figures: costs that Shopify returned, recorded on Admin API 2025-01 to 2026-07, 2026-11-23.

const pages = (inner: string) => `query Q($n: Int = 5, $m: Int!) { orders(first: $n) { nodes { ${inner} } } }`;

describe('what Shopify asks for a document', () => {
  it.each([
    [0, 0],
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [6, 3],
    [8, 4],
    [10, 4],
    [15, 5],
    [20, 5],
    [25, 6],
    [30, 6],
    [50, 7],
    [100, 9],
    [150, 10],
    [200, 10],
    [250, 11],
  ])('counts a page of %i rows as %i', (rows, factor) => {
    expect(pageFactor(rows)).toBe(factor);
  });

  it('asks 13 points for a page of 250 ids', () => {
    expect(requestedCost(orderIds.text)).toBe(13);
  });

  it('asks 10 points for a fulfillment with its tracking', () => {
    expect(requestedCost(fulfillmentCreate.text)).toBe(10);
  });

  it.each([
    ['a page of items with their stock', inventoryItemsBySku, 35],
    ['items by id with their stock', inventoryItemsById, 3],
    ['stock that is set', inventorySetQuantities, 10],
    ['an item put at a location', inventoryActivate, 11],
    ['whether there are two locations', activeLocations, 3],
    ['locations by id', locationsById, 1],
    ['a page of variants', variantsBySku, 35],
    ['prices of a product', productVariantsBulkUpdate, 10],
    ['the currency', shopCurrency, 1],
  ])('asks for %s what the formula says', (_what, document, cost) => {
    expect(requestedCost(document.text)).toBe(cost);
  });

  it.each([
    ['a shop by name', '{ shop { name } }', 1],
    ['at least one point', '{ __typename }', 1],
    [
      'nothing for money',
      '{ order(id: "1") { totalPriceSet { shopMoney { amount } presentmentMoney { amount } } } }',
      1,
    ],
    ['a list as one entry', 'query Q($ids: [ID!]!) { nodes(ids: $ids) { ... on Order { id taxLines { title } } } }', 2],
    ['a missing page size as no rows', '{ orders { nodes { id } } }', 2],
    ['nodes and edges together', '{ orders(first: 10) { nodes { id } edges { node { id } } } }', 10],
    ['edges alone', '{ orders(first: 10) { edges { cursor node { id } } } }', 6],
    ['last like first', '{ orders(last: 10) { nodes { id } } }', 6],
    ['the dearest of a union', '{ node(id: "1") { ... on A { a { id } } ... on B { b { id } c { id } } } }', 3],
    ['a count at the root', '{ ordersCount(query: "a") { count } }', 10],
    ['a nested count', '{ order(id: "1") { fulfillmentsCount { count } } }', 2],
    ['an alias by its field', '{ mine: orders(first: 250) { rows: nodes { id } } }', 13],
    [
      'a directive as nothing',
      'mutation M($k: String!) { a(input: {first: 5}) @idempotent(key: $k) { userErrors { field } } }',
      10,
    ],
    [
      'a payload’s direct objects as free',
      'mutation { a { order { id customer { id } } userErrors { message } } }',
      11,
    ],
    ['a tracking update', 'mutation { fulfillmentTrackingInfoUpdate(fulfillmentId: "1") { fulfillment { id } } }', 50],
    ['a refund', 'mutation { refundCreate(input: {}) { refund { id } } }', 20],
  ])('reckons %s', (_what, text, cost) => {
    expect(requestedCost(text)).toBe(cost);
  });

  it('is what the shop says that it asked, for everything that stock and prices need', async () => {
    const { fake, connect, state } = shopWithGoods();
    state.addProduct({ title: 'New', variants: [{ sku: 'NEW', price: '1.00', stock: {} }] });
    const [location] = state.locations;
    const asked = new Map<string, readonly number[]>();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      const { query, operationName } = called.parse(await request.clone().json());
      const response = await fake.fetch(request);
      const { extensions } = answered.parse(await response.clone().json());
      asked.set(operationName, [requestedCost(query), extensions.cost.requestedQueryCost]);
      return response;
    };
    const shop = connect({ fetch, location: location?.id });
    const update = { sku: 'TEE', available: 3 };
    await shop.inventory.push([update, { sku: 'NEW', available: 1 }], { idempotencyKey: 'a' });
    await shop.inventory.get(['TEE']);
    await connect({ fetch }).inventory.get(['TEE']);
    await shop.prices.push([{ sku: 'TEE', amount: { amount: '9.00', currency: 'USD' } }], { idempotencyKey: 'b' });

    expect([...asked.keys()].toSorted()).toEqual([
      'ActiveLocations',
      'InventoryActivate',
      'InventoryItemsById',
      'InventoryItemsBySku',
      'InventorySetQuantities',
      'LocationsById',
      'ProductVariantsBulkUpdate',
      'ShopCurrency',
      'VariantsBySku',
    ]);
    for (const [reckoned, said] of asked.values()) expect(reckoned).toBe(said);
  });

  it.each([
    ['a default', pages('id'), { m: 1 }, 5],
    ['a variable', pages('id'), { m: 1, n: 250 }, 13],
    ['null as no rows', pages('id'), { m: 1, n: null }, 2],
    ['a page in a page', pages('lineItems(last: $m) { nodes { id } }'), { m: 50 }, 2 + 3 * (1 + 2 + 7)],
    ['what looks like brackets in texts and remarks', `{ order(id: "}{") { # } {\n customer { id } } }`, {}, 2],
    ['a block of text', '{ order(id: """ " { """) { customer { id } } }', {}, 2],
    ['a fragment', '{ order(id: "1") { ...F } } fragment F on Order { customer { id } refunds { id } }', {}, 3],
    [
      'two fragments of one type together',
      '{ order(id: "1") { ...F ...G } } fragment F on Order { customer { id } } fragment G on Order { refunds { id } }',
      {},
      3,
    ],
    [
      'the dearer of two types',
      '{ node(id: "1") { ...F ...G } } fragment F on Order { customer { id } } fragment G on Return { a { b { id } } }',
      {},
      3,
    ],
    [
      'a fragment in a fragment',
      '{ order(id: "1") { ...F } } fragment F on Order { ...G } fragment G on Order { a { id } }',
      {},
      2,
    ],
    ['a fragment without a type', '{ order(id: "1") { ... @include(if: true) { a { id } } } }', {}, 2],
    ['a ring of fragments once', '{ order(id: "1") { ...F } } fragment F on Order { a { id } ...F }', {}, 2],
  ])('reckons %s', (_what, text, variables, cost) => {
    expect(requestedCost(text, variables)).toBe(cost);
  });

  it.each([
    [0, 10],
    [1, 11],
    [5, 11],
    [250, 60],
    [1499, 310],
  ])('reckons %i new variants at once', (count, cost) => {
    const text = `mutation M($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
      productVariantsBulkCreate(productId: $product, variants: $variants) { userErrors { message } }
    }`;
    expect(requestedCost(text, { product: '1', variants: Array.from({ length: count }, () => ({})) })).toBe(cost);
  });

  const bothWays = `query Q($first: Int, $last: Int, $after: String, $before: String) {
    orders(first: $first, last: $last, after: $after, before: $before) { nodes { id } }
  }`;
  it.each([
    ['forward', { first: 10 }],
    ['backward', { last: 10 }],
    ['backward, with a null forward', { first: null, last: 10 }],
  ])('reckons a document for both ways as it is asked %s', (_, variables) => {
    expect(requestedCost(bothWays, variables)).toBe(6);
  });

  it('refuses a document for both ways that is asked neither way, or for no number one way', () => {
    expect(() => requestedCost(bothWays)).toThrow(/page size is "\$first" or "\$last"/);
    expect(() => requestedCost(bothWays, { first: 'ten', last: 10 })).toThrow(/page size is "\$first" or "\$last"/);
  });

  it('refuses a page size that is no number', () => {
    expect(() => requestedCost('query Q($n: Int!) { orders(first: $n) { nodes { id } } }')).toThrow(
      /page size is "\$n"/,
    );
  });
});
