import type { Page, Ref, Shipment, Since } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { between, noted } from './calls.ts';
import { shipmentOf } from './scenery/shipments.ts';
import { shopWithGoods } from './shop.ts';

const key = { idempotencyKey: 'key' };
const at = '2026-10-31T08:00:00Z';

/** Goods that left, and a connector whose calls are noted. */
function somethingOnItsWay() {
  const world = shopWithGoods();
  const { fake, connect, state, place } = world;
  const { calls, fetch } = noted(fake.fetch);
  const order = place();
  const ref = shipmentRef(state.shipOrder(order.id, { tracking: { company: 'UPS', number: '1Z 1' } }).id);
  const sent = (name: string) => calls.filter(({ operationName }) => operationName === name);
  return { ...world, shop: connect({ fetch }), order, ref, sent, shown: () => shipmentOf(state, ref.id) };
}

function shipmentRef(id: string): Ref<'shipment'> {
  return { system: 'shopify', kind: 'shipment', id };
}

async function pulled(shop: ReturnType<typeof shopWithGoods>['shop'], since: Since = {}) {
  const pages: Page<Shipment>[] = [];
  for await (const page of shop.shipments.pull(since)) pages.push(page);
  return { pages, items: pages.flatMap(({ items }) => items), cursor: pages.at(-1)?.cursor ?? '' };
}

describe('what left', () => {
  it('is read with its parcels, its contents and how far it is', async () => {
    const { shop, state, order, ref } = somethingOnItsWay();
    const [location] = state.locations;
    const { items } = await pulled(shop);
    expect(items).toMatchObject([
      {
        ref,
        number: '#1001-F1',
        order: { id: order.id },
        status: 'handed-over',
        location: { id: location?.id },
        shippedAt: state.fulfillments[0]?.createdAt,
        parcels: [
          {
            carrier: 'UPS',
            trackingNumber: '1Z 1',
            lines: [
              { sku: 'TEE', quantity: 3, orderLineId: order.lines[0]?.id },
              { sku: 'MUG', quantity: 2, orderLineId: order.lines[1]?.id },
            ],
          },
        ],
      },
    ]);
  });

  it('has its contents once, however many parcels it has', async () => {
    const { shop, ref } = somethingOnItsWay();
    const parcels = ['1Z1', '1Z2'].map((trackingNumber) => ({ carrier: 'ups', trackingNumber }));
    await shop.shipments.update(ref, { parcels }, key);
    const { items } = await pulled(shop);
    const [first, second] = items[0]?.parcels ?? [];
    expect([first?.trackingNumber, second?.trackingNumber]).toEqual(['1Z1', '1Z2']);
    expect([first?.lines.length, second?.lines.length]).toEqual([2, 0]);
  });

  it('has one parcel without a number where it has none, and never what stands in place of one', async () => {
    const { shop, state, place } = shopWithGoods();
    const { id } = place();
    state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    const shipment = {
      ref: { system: 'warehouse', kind: 'shipment', id: 'wh-1' },
      number: '1',
      status: 'handed-over',
      wireStatus: 'shipped',
      updatedAt: at,
      parcels: [{ id: '1', carrier: 'DHL', lines: [{ sku: 'MUG', quantity: 1 }] }],
    } as const;
    await shop.shipments.confirm({ order: { system: 'shopify', kind: 'order', id }, shipment }, key);
    const { items } = await pulled(shop);
    expect(items.map(({ parcels }) => parcels.map(({ carrier, trackingNumber }) => [carrier, trackingNumber]))).toEqual(
      [[['Other', undefined]], [['Other', undefined]]],
    );
  });

  it('goes on from its cursor in pages of 250, also within an order, and reads an order again that it did not finish', async () => {
    const { shop, state, clock } = shopWithGoods();
    const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 260 }] });
    for (let number = 0; number < 260; number += 1) state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
    await clock.advance(3_600_000);
    const { pages, items, cursor } = await pulled(shop);
    expect(pages.map((page) => page.items.length)).toEqual([250, 10]);
    expect(new Set(items.map(({ ref }) => ref.id)).size).toBe(260);
    expect((await pulled(shop, { cursor: pages[0]?.cursor })).items).toHaveLength(260);
    await clock.advance(3_600_000);
    expect((await pulled(shop, { cursor })).items.length).toBeLessThanOrEqual(260);
  });

  it('is not skipped by who stops within a page of orders, and goes on from there', async () => {
    const { shop, state, clock } = shopWithGoods();
    for (let number = 0; number < 252; number += 1) {
      const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 2 }] });
      state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
      if (number === 0) state.shipOrder(id);
      await clock.advance(60_000);
    }
    const { pages, items } = await pulled(shop);
    expect(pages.map((page) => page.items.length)).toEqual([250, 1, 2]);
    const rest = await pulled(shop, { cursor: pages[0]?.cursor });
    const seen = new Set([...(pages[0]?.items ?? []), ...rest.items].map(({ ref }) => ref.id));
    expect(seen.size).toBe(new Set(items.map(({ ref }) => ref.id)).size);
  });

  it('of an archived or canceled order is not forgotten', async () => {
    const { shop, state, order, ref, sent } = somethingOnItsWay();
    state.closeOrder(order.id);
    const { items, cursor } = await pulled(shop);
    expect(items.map((each) => each.ref.id)).toEqual([ref.id]);
    await pulled(shop, { cursor });
    for (const { variables } of sent('ShipmentIds')) expect(variables['filter']).toMatch(/^status:any/);
  });
});

describe('a pull past one shipment that Shopify itself breaks on', () => {
  it.each([1, 7])('gives the others, and says which of %i', async (count) => {
    const { fake, connect, state } = shopWithGoods();
    const { id } = state.placeOrder({ lines: [{ sku: 'TEE', quantity: 20 }] });
    const ids = Array.from({ length: count }, () => state.shipOrder(id, { lines: [{ sku: 'TEE', quantity: 1 }] }).id);
    const broken = ids.at(-1) ?? '';
    const shop = connect({ fetch: breakingAt(fake.fetch, broken) });
    for await (const { items, problems } of shop.shipments.pull({})) {
      expect(items.map(({ ref }) => ref.id).toSorted()).toEqual(ids.slice(0, -1).toSorted());
      expect(problems).toMatchObject([
        { ref: { kind: 'shipment', id: broken }, version: expect.any(String), error: { code: 'platform.unavailable' } },
      ]);
    }
  });

  it('stops where Shopify answers for none', async () => {
    const { fake, connect, state, place } = shopWithGoods();
    const { id } = state.shipOrder(place().id);
    const shop = connect({ fetch: breakingAt(fake.fetch, id, /Shipment(sById|Versions)/) });
    await expect(pulled(shop)).rejects.toMatchObject({ code: 'platform.unavailable' });
  });
});

/** The shop breaks on one record: the answer lacks its node and says so, as recorded on API 2026-04. */
function breakingAt(fetch: typeof globalThis.fetch, id: string, names = /ShipmentsById/): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { operationName, variables } = askedSchema.parse(await request.clone().json());
    const place = variables.ids?.indexOf(id) ?? -1;
    if (place < 0 || !names.test(operationName)) return fetch(request);
    const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId: '1' };
    const errors = [{ message: 'Internal error.', path: ['nodes', place], extensions }];
    return Response.json({ data: { nodes: variables.ids?.map(() => null) }, errors });
  };
}
const askedSchema = z.object({
  operationName: z.string(),
  variables: z.object({ ids: z.array(z.string()).optional() }),
});

describe('the numbers of a shipment', () => {
  it.each([
    ['the same', [{ carrier: 'ups', trackingNumber: '1Z 1' }]],
    ['the same, written otherwise', [{ carrier: 'UPS', trackingNumber: '1z-1' }]],
    [
      'the same twice',
      [
        { carrier: 'ups', trackingNumber: '1Z1' },
        { carrier: 'ups', trackingNumber: '1Z 1' },
      ],
    ],
    ['the same beside a parcel without one', [{ carrier: 'ups', trackingNumber: '1Z1' }, { carrier: 'ups' }]],
  ])('are not sent where they are %s', async (_what, parcels) => {
    const { shop, ref, sent } = somethingOnItsWay();
    await shop.shipments.update(ref, { parcels }, key);
    expect(sent('ShipmentTrackingSet')).toEqual([]);
  });

  it.each([
    ['another number', [{ carrier: 'ups', trackingNumber: '1Z2' }], { company: 'UPS', number: '1Z2' }],
    ['another carrier', [{ carrier: 'dhl', trackingNumber: '1Z1' }], { company: 'DHL Express', number: '1Z1' }],
    [
      'a link',
      [{ carrier: 'ups', trackingNumber: '1Z1', trackingUrl: 'https://ups.example/1Z1' }],
      { company: 'UPS', number: '1Z1', url: 'https://ups.example/1Z1' },
    ],
    [
      'two carriers, which a fulfillment cannot have',
      [
        { carrier: 'ups', trackingNumber: '1Z1' },
        { carrier: 'dhl', trackingNumber: '2' },
      ],
      { numbers: ['1Z1', '2'] },
    ],
  ])('are sent for %s, and once', async (_what, parcels, tracking) => {
    const { shop, ref, sent } = somethingOnItsWay();
    await shop.shipments.update(ref, { parcels }, key);
    await shop.shipments.update(ref, { parcels }, key);
    expect(sent('ShipmentTrackingSet').map(({ variables }) => variables['tracking'])).toEqual([tracking]);
  });

  it('are none where no parcel has one, and nothing is asked', async () => {
    const { shop, ref, sent } = somethingOnItsWay();
    const update = shop.shipments.update(ref, { parcels: [{ carrier: 'ups', trackingNumber: 'N/A' }] }, key);
    await expect(update).rejects.toMatchObject({ code: 'record.invalid' });
    expect(sent('ShipmentTracking')).toEqual([]);
  });
});

describe('what a carrier reports', () => {
  it('stands among the events with its place and its words, in whole seconds', async () => {
    const { shop, ref, sent, shown } = somethingOnItsWay();
    const report = {
      status: 'exception',
      at: '2026-10-31T08:00:00.700Z',
      message: 'Snow',
      city: 'Oslo',
      country: 'NO',
    } as const;
    await shop.shipments.report(ref, report, key);
    await shop.shipments.report(ref, report, { idempotencyKey: 'other' });
    expect(sent('ShipmentEventAdd').map(({ variables }) => variables['event'])).toEqual([
      { fulfillmentId: ref.id, status: 'DELAYED', happenedAt: at, message: 'Snow', city: 'Oslo', country: 'NO' },
    ]);
    expect(shown().events).toHaveLength(1);
  });

  it('is written once by processes that report it at the same moment', async () => {
    const { connect, ref, shown } = somethingOnItsWay();
    const processes = Array.from({ length: 6 }, () => connect());
    const report = { status: 'in-transit', at } as const;
    const ended = await Promise.allSettled(processes.map((shop) => shop.shipments.report(ref, report, key)));
    expect(ended.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(shown().events).toHaveLength(1);
  });

  it('waits for another one of the same order', async () => {
    const { shop, ref, shown } = somethingOnItsWay();
    const statuses = ['handed-over', 'in-transit', 'out-for-delivery', 'delivered'] as const;
    await Promise.all(statuses.map((status) => shop.shipments.report(ref, { status, at }, { idempotencyKey: status })));
    expect(shown().events).toHaveLength(4);
  });

  it('is written once by processes that have other keys for it', async () => {
    const { connect, clock, ref, shown } = somethingOnItsWay();
    const report = { status: 'delivered', at } as const;
    await Promise.allSettled(
      [1, 2, 3].map((number) => connect().shipments.report(ref, report, { idempotencyKey: `key-${number}` })),
    );
    await clock.advance(120_000);
    for (const number of [1, 2, 3]) {
      await connect().shipments.report(ref, report, { idempotencyKey: `key-${number}` });
    }
    expect(shown().events).toHaveLength(1);
  });

  it('takes another key where another report has this one', async () => {
    const { shop, ref, shown } = somethingOnItsWay();
    await shop.shipments.report(ref, { status: 'in-transit', at }, key);
    const other = shop.shipments.report(ref, { status: 'delivered', at }, key);
    await expect(other).rejects.toMatchObject({ code: 'key.reused' });
    expect(shown().events).toHaveLength(1);
  });

  it('is found after its answer was lost, and not sent again', async () => {
    const { fake, connect, ref, shown } = somethingOnItsWay();
    let isLost = false;
    const shop = connect({
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const isAdd = (await request.clone().text()).includes('ShipmentEventAdd');
        const response = await fake.fetch(request);
        if (!isAdd || isLost) return response;
        isLost = true;
        throw new TypeError('The line went dead.');
      },
    });
    await shop.shipments.report(ref, { status: 'in-transit', at }, key);
    expect(isLost).toBe(true);
    expect(shown().events).toHaveLength(1);
  });

  it.each(['created', 'returning', 'returned', 'voided'] as const)(
    'is refused before anything is sent where Shopify has no word for "%s"',
    async (status) => {
      const { shop, ref, sent } = somethingOnItsWay();
      await expect(shop.shipments.report(ref, { status, at }, key)).rejects.toMatchObject({ code: 'status.unmapped' });
      expect(sent('ShipmentEvents')).toEqual([]);
    },
  );

  it('is refused with a moment that is none, and nothing is asked', async () => {
    const { shop, ref, sent } = somethingOnItsWay();
    const report = shop.shipments.report(ref, { status: 'delivered', at: 'yesterday' }, key);
    await expect(report).rejects.toMatchObject({ code: 'record.invalid' });
    expect(sent('ShipmentEvents')).toEqual([]);
  });

  it('is read to the end where there are more events than a page holds', async () => {
    const { fake, connect, ref, order, shown } = somethingOnItsWay();
    let pages = 0;
    const shop = connect({
      fetch: between(fake.fetch, ({ operationName, variables }) => {
        if (operationName !== 'ShipmentEvents') return undefined;
        pages += 1;
        const isLast = variables['after'] === 'a';
        const nodes = [{ status: isLast ? 'IN_TRANSIT' : 'DELIVERED', happenedAt: at }];
        const pageInfo = { hasNextPage: !isLast, endCursor: 'a' };
        const words = { status: 'SUCCESS', displayStatus: 'FULFILLED' };
        return { fulfillment: { ...words, order: { id: order.id }, events: { nodes, pageInfo } } };
      }),
    });
    await shop.shipments.report(ref, { status: 'in-transit', at }, key);
    expect(pages).toBe(2);
    expect(shown().events).toEqual([]);
  });
});
