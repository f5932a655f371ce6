import type { OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { odooImport, type OdooOptions, type OrderImport } from '../src/index.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { versions } from './world.ts';

type World = Awaited<ReturnType<typeof aWorldWithAction>>;

async function twoWarehouses(version: (typeof versions)[number]) {
  const world = await aWorldWithAction(version);
  const west = world.state.addWarehouse({ name: 'West', code: 'WEST' });
  const team = world.state.add('crm.team', { name: 'Web shop' });
  const list = world.state.addPricelist({ name: 'Web EUR', currency: 'EUR' });
  return { ...world, west, team, list };
}

function anItem(world: World, source: string, change: Partial<OrderDraft> = {}): OrderImport {
  const draft = aDraft({
    source: { system: source, kind: 'order', id: '1' },
    lines: [aLine({ sku: 'TEE' })],
    customer: world.customer,
    ...change,
  });
  return { draft, customer: world.customer, idempotencyKey: `${source}/1` };
}

/** How an order is made: alone, in a batch, by one call. */
const ways = {
  'orders.create': (world: World, options: OdooOptions, item: OrderImport) =>
    world.connect(options).orders.create({ ...item.draft, customer: world.customer }, item),
  'a batch': (_world: World, options: OdooOptions, item: OrderImport) => imported(options, undefined, item),
  'the server action': (world: World, options: OdooOptions, item: OrderImport) =>
    imported(options, world.serverAction, item),
};

async function imported(options: OdooOptions, serverAction: number | undefined, item: OrderImport) {
  const [outcome] = await odooImport({ ...options, serverAction }).orders([item]);
  if (outcome?.ok) return outcome.order;
  throw outcome?.error;
}

async function madeOf(world: World) {
  const fields = ['warehouse_id', 'team_id', 'pricelist_id'] as const;
  const [order] = await world.client().searchRead('sale.order', fields, { domain: [], order: 'id desc', limit: 1 });
  return order;
}

describe.each(versions)('on Odoo %s', (version) => {
  describe.each(Object.entries(ways))('an order by %s', (_name, make) => {
    it('has the team, warehouse and price list of its channel', async () => {
      const world = await twoWarehouses(version);
      const channels = { web: { team: world.team, warehouse: 'WEST', pricelists: { EUR: world.list } } };
      await make(world, { ...world.options, warehouse: 'WH', channels }, anItem(world, 'web'));
      expect(await madeOf(world)).toMatchObject({
        warehouse_id: { id: world.west },
        team_id: { id: world.team },
        pricelist_id: { id: world.list },
      });
    });

    it('goes by the options where its channel says nothing', async () => {
      const world = await twoWarehouses(version);
      const channels = { web: { warehouse: 'WEST' } };
      await make(world, { ...world.options, warehouse: 'WH', channels, team: world.team }, anItem(world, 'shop'));
      const made = await madeOf(world);
      expect(made).toMatchObject({ team_id: { id: world.team } });
      expect(made?.['warehouse_id']).not.toMatchObject({ id: world.west });
    });

    it('is shipped from where it was routed to, whatever its channel says', async () => {
      const world = await twoWarehouses(version);
      const location = { system: 'odoo', kind: 'location', id: String(world.west) } as const;
      const channels = { web: { warehouse: 'WH' } };
      await make(world, { ...world.options, channels }, anItem(world, 'web', { location }));
      expect(await madeOf(world)).toMatchObject({ warehouse_id: { id: world.west } });
    });

    it.each([
      { system: 'odoo', kind: 'location', id: '99999' },
      { system: 'warehouse', kind: 'location', id: '1' },
      { system: 'odoo', kind: 'location', id: 'stock-location-99999' },
    ] as const)('is refused where it was routed to no warehouse of Odoo: $system $id', async (location) => {
      const world = await twoWarehouses(version);
      await expect(make(world, world.options, anItem(world, 'web', { location }))).rejects.toMatchObject({
        code: 'link.missing',
      });
      expect(world.state.saleOrders).toEqual([]);
    });

    it('is refused where its channel names a warehouse that is not there', async () => {
      const world = await twoWarehouses(version);
      const channels = { web: { warehouse: 'NOPE' } };
      await expect(make(world, { ...world.options, channels }, anItem(world, 'web'))).rejects.toMatchObject({
        code: 'options.invalid',
      });
      expect(world.state.saleOrders).toEqual([]);
    });
  });
});
