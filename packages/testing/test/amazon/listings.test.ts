import { describe, expect, it } from 'vitest';
import { seller } from './seller.ts';

const marketplaceIds = 'A1F83G8C2ARO7P';
const stock = (quantity: unknown, code: unknown = 'DEFAULT') => ({
  op: 'replace',
  path: '/attributes/fulfillment_availability',
  value: [{ fulfillment_channel_code: code, quantity }],
});
const offer = (price: unknown, more: object = {}, op = 'replace') => ({
  op,
  path: '/attributes/purchasable_offer',
  value: [
    {
      marketplace_id: marketplaceIds,
      currency: 'GBP',
      audience: 'ALL',
      our_price: [{ schedule: [{ value_with_tax: price }] }],
      ...more,
    },
  ],
});

function listed(options: Parameters<typeof seller>[0] = {}) {
  const shop = seller({ ...options, plans: { searchListingsItems: { rate: 5, burst: 100 } } });
  shop.state.addListing({ sku: 'TEE', price: '19.90', quantity: 10 });
  const pathOf = (sku: string) => `/listings/2021-08-01/items/${shop.state.sellerId}/${encodeURIComponent(sku)}`;
  return {
    ...shop,
    pathOf,
    items: `/listings/2021-08-01/items/${shop.state.sellerId}`,
    patch: (sku: string, patches: readonly object[], query: Record<string, string> = {}) =>
      shop.ask('PATCH', pathOf(sku), {
        query: { marketplaceIds, ...query },
        body: { productType: 'PRODUCT', patches },
      }),
    look: async (sku: string, includedData = 'attributes,offers,fulfillmentAvailability,issues,summaries') =>
      (await shop.ask('GET', pathOf(sku), { query: { marketplaceIds, includedData } })).body,
  };
}

describe('what is submitted', () => {
  it('is accepted at once, and seen by buyers ten seconds later', async () => {
    const { state, patch, look, clock } = listed();
    const { status, body } = await patch('TEE', [stock(25), offer(21.5)]);
    expect(status).toBe(200);
    expect(body).toMatchObject({ sku: 'TEE', status: 'ACCEPTED', issues: [], submissionId: expect.any(String) });
    expect(await look('TEE')).toMatchObject({
      attributes: { fulfillment_availability: [{ quantity: 25 }] },
      fulfillmentAvailability: [{ fulfillmentChannelCode: 'DEFAULT', quantity: 10 }],
      offers: [{ price: { amount: '19.90', currencyCode: 'GBP' } }],
    });
    expect(state.listing('TEE')).toMatchObject({
      quantity: 10,
      submittedQuantity: 25,
      price: '19.90',
      submittedPrice: '21.50',
    });
    await clock.advance(10_000);
    expect(state.listing('TEE')).toMatchObject({ quantity: 25, price: '21.50' });
    expect(await look('TEE')).toMatchObject({ fulfillmentAvailability: [{ quantity: 25 }] });
  });

  it('replaces what buyers took in between: the last number wins', async () => {
    const { state, patch, clock } = listed();
    await patch('TEE', [stock(10)]);
    await clock.advance(5000);
    state.placeOrder({ lines: [{ sku: 'TEE', title: 'Tee', quantity: 10, unitPrice: '19.90' }] });
    expect(state.listing('TEE').quantity).toBe(0);
    await clock.advance(5000);
    expect(state.listing('TEE').quantity).toBe(10);
  });

  it('is applied in the order in which it was accepted', async () => {
    const { state, patch, clock } = listed();
    await patch('TEE', [stock(5)]);
    await patch('TEE', [stock(7)]);
    await clock.advance(10_000);
    expect(state.listing('TEE').quantity).toBe(7);
  });

  it('is not stored by a preview', async () => {
    const { state, patch, clock } = listed();
    const { body } = await patch('TEE', [stock(25)], {
      mode: 'VALIDATION_PREVIEW',
      includedData: 'identifiers,issues',
    });
    expect(body).toMatchObject({ status: 'VALID', identifiers: [{ marketplaceId: marketplaceIds }] });
    await clock.advance(60_000);
    expect(state.listing('TEE')).toMatchObject({ quantity: 10, submittedQuantity: 10 });
    expect(state.submissions).toEqual([]);
  });

  it.each([
    ['no channel', stock(5, null), '99022', 'fulfillment_availability'],
    ['a quantity below zero', stock(-1), '90000900', 'fulfillment_availability'],
    ['half a piece', stock(1.5), '90000900', 'fulfillment_availability'],
    ['a quantity in words', stock('5'), '90000900', 'fulfillment_availability'],
    ['stock in a warehouse of Amazon', stock(5, 'AMAZON_EU'), '90000900', 'fulfillment_availability'],
    ['a price of nothing', offer(0), '90000900', 'purchasable_offer'],
    ['a price of three decimals', offer(1.999), '90000900', 'purchasable_offer'],
    ['a price in another currency', offer(5, { currency: 'EUR' }), '90000900', 'purchasable_offer'],
    ['an offer without a price', offer(5, { our_price: [] }), '99022', 'purchasable_offer'],
    [
      'an unknown attribute',
      { op: 'replace', path: '/attributes/fulfillmentAvailability', value: [{ quantity: 5 }] },
      '90000900',
      'fulfillmentAvailability',
    ],
  ])('is INVALID with an answer of 200 for %s', async (_what, wrong, code, attribute) => {
    const { state, patch, clock } = listed();
    const { status, body } = await patch('TEE', [stock(25), wrong]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'INVALID',
      issues: [{ code, severity: 'ERROR', attributeNames: [attribute] }],
    });
    await clock.advance(60_000);
    expect(state.listing('TEE')).toMatchObject({ quantity: 10, submittedQuantity: 10 });
  });

  it.each([
    ['no patches', []],
    [
      'a patch of a part of an attribute',
      [{ op: 'replace', path: '/attributes/purchasable_offer/our_price', value: [] }],
    ],
    ['an unknown operation', [{ ...stock(5), op: 'move' }]],
    ['a value that is no list', [{ ...stock(5), value: { quantity: 5 } }]],
  ])('is refused with 400 for %s', async (_what, patches) => {
    const { patch } = listed();
    expect(await patch('TEE', patches)).toMatchObject({ status: 400, body: { errors: [{ code: 'BAD_REQUEST' }] } });
  });

  it('is accepted for a SKU that nobody lists, and comes to nothing', async () => {
    const { patch, ask, pathOf, state, clock } = listed();
    expect((await patch('HAT', [stock(5)])).body).toMatchObject({ status: 'ACCEPTED' });
    await clock.advance(60_000);
    expect(await ask('GET', pathOf('HAT'), { query: { marketplaceIds } })).toMatchObject({
      status: 404,
      body: { errors: [{ code: 'NOT_FOUND' }] },
    });
    expect(state.listings).toHaveLength(1);
  });

  it('is never applied where Amazon objects later: only the listing tells', async () => {
    const { state, patch, look, clock } = listed();
    state.objectTo('TEE', 'later');
    expect((await patch('TEE', [stock(25)])).body).toMatchObject({ status: 'ACCEPTED' });
    await clock.advance(10_000);
    expect(await look('TEE')).toMatchObject({
      attributes: { fulfillment_availability: [{ quantity: 25 }] },
      fulfillmentAvailability: [{ quantity: 10 }],
      issues: [{ code: '18742', severity: 'ERROR' }],
      summaries: [{ status: [] }],
    });
    state.objectTo('TEE', 'at-once');
    expect((await patch('TEE', [stock(25)])).body).toMatchObject({ status: 'INVALID' });
  });
});

describe('patches', () => {
  it('replace a whole instance, and merge into one', async () => {
    const { patch, look } = listed();
    const least = { minimum_seller_allowed_price: [{ schedule: [{ value_with_tax: 9 }] }] };
    await patch('TEE', [offer(20, least)]);
    await patch('TEE', [offer(21, {}, 'merge')]);
    expect(await look('TEE')).toMatchObject({ attributes: { purchasable_offer: [least] } });
    await patch('TEE', [offer(21, { minimum_seller_allowed_price: null }, 'merge')]);
    expect(await look('TEE')).not.toHaveProperty('attributes.purchasable_offer[0].minimum_seller_allowed_price');
    await patch('TEE', [offer(20, least)]);
    await patch('TEE', [offer(21)]);
    expect(await look('TEE')).not.toHaveProperty('attributes.purchasable_offer[0].minimum_seller_allowed_price');
  });

  it('leave instances of another channel where they are', async () => {
    const { patch, look } = listed();
    const other = { op: 'add', path: '/attributes/fulfillment_availability' };
    await patch('TEE', [{ ...other, value: [{ fulfillment_channel_code: 'AMAZON_EU' }] }, stock(7)]);
    expect(await look('TEE')).toMatchObject({
      attributes: {
        fulfillment_availability: [
          { fulfillment_channel_code: 'AMAZON_EU' },
          { fulfillment_channel_code: 'DEFAULT', quantity: 7, marketplace_id: marketplaceIds },
        ],
      },
    });
  });
});

describe('a whole listing', () => {
  it('is made by PUT, which wants a condition, and removed by DELETE', async () => {
    const { state, ask, pathOf, clock } = listed();
    const query = { marketplaceIds };
    const attributes = {
      item_name: [{ value: 'A hat' }],
      fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 3 }],
      purchasable_offer: [{ currency: 'GBP', our_price: [{ schedule: [{ value_with_tax: 30 }] }] }],
    };
    const put = (more: object) =>
      ask('PUT', pathOf('HAT'), { query, body: { productType: 'HAT', attributes: { ...attributes, ...more } } });
    expect((await put({})).body).toMatchObject({ status: 'INVALID', issues: [{ code: '90220' }] });
    expect((await put({ condition_type: [{ value: 'new_new' }] })).body).toMatchObject({ status: 'ACCEPTED' });
    await clock.advance(10_000);
    expect(state.listing('HAT')).toMatchObject({ quantity: 3, price: '30.00', productType: 'HAT' });
    expect((await ask('DELETE', pathOf('HAT'), { query })).body).toMatchObject({ status: 'ACCEPTED' });
    expect(state.listing('HAT').quantity).toBe(3);
    await clock.advance(10_000);
    expect(() => state.listing('HAT')).toThrow('lists no SKU "HAT"');
  });
});

describe('odd SKUs', () => {
  it.each(['A/B', 'RED,M', 'TEE #7', "O'NEIL (XL)!*", '50% WOOL', 'ÄRMEL+1'])(
    'reaches "%s" when its path is encoded',
    async (sku) => {
      const { state, patch, look, clock } = listed();
      state.addListing({ sku, price: '5.00', quantity: 1 });
      expect((await patch(sku, [stock(9)])).body).toMatchObject({ sku, status: 'ACCEPTED' });
      await clock.advance(10_000);
      expect(await look(sku)).toMatchObject({ sku, fulfillmentAvailability: [{ quantity: 9 }] });
    },
  );

  it('denies the path of a SKU whose slash was not encoded', async () => {
    const { state, ask, items } = listed();
    state.addListing({ sku: 'A/B', price: '5.00', quantity: 1 });
    expect((await ask('GET', `${items}/A/B`, { query: { marketplaceIds } })).status).toBe(403);
  });

  it('is not found by a search for a SKU with a comma: the list falls apart at it', async () => {
    const { state, ask, items } = listed();
    state.addListing({ sku: 'RED,M', price: '5.00', quantity: 1 });
    const search = async (identifiers: string) =>
      (await ask('GET', items, { query: { marketplaceIds, identifiersType: 'SKU', identifiers } })).body;
    expect(await search('RED,M')).toMatchObject({ numberOfResults: 0, items: [] });
    expect(await search('TEE,RED,M')).toMatchObject({ numberOfResults: 1, items: [{ sku: 'TEE' }] });
  });
});

describe('searching listings', () => {
  it('pages forth and back, and binds its tokens to the question', async () => {
    const { state, ask, items } = listed();
    for (let number = 1; number <= 24; number++) state.addListing({ sku: `SKU-${number}`, price: '5.00', quantity: 0 });
    const query = { marketplaceIds, sortBy: 'sku', sortOrder: 'ASC', pageSize: '10' };
    const page = async (pageToken?: string) => {
      const { body } = await ask('GET', items, { query: pageToken === undefined ? query : { ...query, pageToken } });
      return body as {
        numberOfResults: number;
        items: { sku: string }[];
        pagination: { nextToken?: string; previousToken?: string };
      };
    };
    const first = await page();
    const second = await page(first.pagination.nextToken);
    const third = await page(second.pagination.nextToken);
    expect([first, second, third].map(({ items: { length } }) => length)).toEqual([10, 10, 5]);
    expect(new Set([first, second, third].flatMap(({ items: found }) => found.map(({ sku }) => sku))).size).toBe(25);
    expect(third.pagination.nextToken).toBeUndefined();
    expect((await page(third.pagination.previousToken)).items).toEqual(second.items);
    const other = { ...query, pageSize: '5', pageToken: first.pagination.nextToken ?? '' };
    expect((await ask('GET', items, { query: other })).status).toBe(400);
  });

  it('filters by status, issue and time', async () => {
    const { state, ask, items, patch, clock } = listed();
    state.addListing({ sku: 'OUT', price: '5.00', quantity: 0 });
    state.objectTo('OUT', 'later');
    await patch('OUT', [stock(5)]);
    await clock.advance(10_000);
    const skus = async (query: Record<string, string>) => {
      const { body } = await ask('GET', items, { query: { marketplaceIds, ...query } });
      return (body as { items: { sku: string }[] }).items.map(({ sku }) => sku);
    };
    expect(await skus({ withStatus: 'BUYABLE' })).toEqual(['TEE']);
    expect(await skus({ withoutStatus: 'BUYABLE' })).toEqual(['OUT']);
    expect(await skus({ withIssueSeverity: 'ERROR' })).toEqual(['OUT']);
    expect(await skus({ lastUpdatedAfter: '2026-11-01T00:00:05Z' })).toEqual(['OUT']);
    expect(await skus({ createdBefore: '2026-10-01T00:00:00Z' })).toEqual([]);
    expect(await skus({ marketplaceIds: 'A1PA6795UKMFR9' })).toEqual([]);
  });

  it.each([
    ['identifiers without their type', { identifiers: 'TEE' }],
    ['21 identifiers', { identifiersType: 'SKU', identifiers: Array.from({ length: 21 }, String).join(',') }],
    ['21 a page', { pageSize: '21' }],
    ['an unknown marketplace', { marketplaceIds: 'invalid' }],
  ])('refuses %s', async (_what, query) => {
    const { ask, items } = listed();
    expect((await ask('GET', items, { query: { marketplaceIds, ...query } })).status).toBe(400);
  });

  it('is denied to who asks for another seller', async () => {
    const { ask } = listed();
    expect((await ask('GET', '/listings/2021-08-01/items/A1SOMEBODY', { query: { marketplaceIds } })).status).toBe(403);
  });
});

describe('what lies in Amazon’s own warehouses', () => {
  it('is told as inventory and not as availability', async () => {
    const { state, ask, look } = listed();
    state.addListing({ sku: 'FBA', price: '9.00', quantity: 40, fulfilledBy: 'AMAZON' });
    expect(await look('FBA')).toMatchObject({ fulfillmentAvailability: [{ fulfillmentChannelCode: 'AMAZON_EU' }] });
    const query = { granularityType: 'Marketplace', granularityId: marketplaceIds, marketplaceIds, details: 'true' };
    const { body } = await ask('GET', '/fba/inventory/v1/summaries', { query });
    expect(body).toMatchObject({
      payload: {
        inventorySummaries: [{ sellerSku: 'FBA', totalQuantity: 40, inventoryDetails: { fulfillableQuantity: 40 } }],
      },
    });
  });
});
