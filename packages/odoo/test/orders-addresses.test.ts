import type { OrderDraft } from '@crossdock/core';
import type { OdooVersion } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { odooClientOf, odooImport, type OrderImport } from '../src/index.ts';
import { optionalText, recordId, rowOf } from '../src/wire/value.ts';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { versions } from './world.ts';

type World = Awaited<ReturnType<typeof aWorldOfOrders>>;
async function aWorldOfOrders(version: OdooVersion) {
  const world = await aWorldWithAction(version);
  return { ...world, admin: odooClientOf({ ...world.options, login: 'boss', apiKey: 'admin-key' }) };
}

type Way = (world: World, id: string, change?: Partial<OrderDraft>) => Promise<string>;

const street = { name: 'Jane Ship', lines: ['Old Street 1'], city: 'Austin', postalCode: '78701', countryCode: 'US' };

function draftFor(world: World, id: string, change: Partial<OrderDraft> = {}): OrderDraft {
  const source = { system: 'shop', kind: 'order', id } as const;
  return aDraft({
    number: `#${id}`,
    lines: [aLine({ sku: 'TEE' })],
    customer: world.customer,
    shippingAddress: street,
    source,
    ...change,
  });
}

const importing =
  (importerOf: (world: World) => { orders(items: readonly OrderImport[]): Promise<readonly { ok: boolean }[]> }): Way =>
  async (world, id, change) => {
    const draft = draftFor(world, id, change);
    const outcomes = await importerOf(world).orders([{ draft, customer: draft.customer, idempotencyKey: id }]);
    expect(outcomes).toMatchObject([{ ok: true }]);
    return id;
  };

const ways: readonly [string, Way][] = [
  [
    'orders.create',
    async (world, id, change) => {
      await world.connect().orders.create(draftFor(world, id, change), { idempotencyKey: id });
      return id;
    },
  ],
  ['the import', importing((world) => odooImport(world.options))],
  ['the server action', importing((world) => world.importer())],
];

/** Where the goods of an order go, in the state of Odoo. */
function placeOf(world: World, id: string) {
  const order = world.state.records('sale.order').find((one) => one['client_order_ref'] === `#${id}`);
  const partner = world.state.records('res.partner').find((one) => one['id'] === order?.['partner_shipping_id']);
  const { street: where, city, active, parent_id: parent } = partner ?? {};
  return { street: where, city, active, parent };
}

const row = rowOf(z.object({ id: recordId, street: optionalText }));

/** Every partner that an order made for the address, archived ones too, as an administrator sees them. */
const janes = (world: World) =>
  world.admin.searchRead(
    'res.partner',
    row,
    { domain: [['name', '=', 'Jane Ship']], order: 'id' },
    { context: { active_test: false } },
  );

/** What a person does with the last address that an order made, a minute later. */
async function edit(world: World, values: { readonly [field: string]: string | number | boolean }) {
  await world.platform.clock.advance(60_000);
  const last = (await janes(world)).at(-1);
  await world.admin.write('res.partner', [last?.id ?? 0], values);
}

const below = ({ customer }: World) => Number(customer.id);

const asked = (world: World) => ({ street: 'Old Street 1', city: 'Austin', active: true, parent: below(world) });

describe.each(versions)('where the goods go, in Odoo %s,', (version) => {
  describe.each(ways)('by %s', (_way, send) => {
    it('is what the channel says, although a person edited the address that an order made', async () => {
      const world = await aWorldOfOrders(version);
      await send(world, '1');
      await edit(world, { street: 'New Street 99', city: 'Dallas' });
      for (const id of ['2', '3']) {
        await send(world, id);
        expect(placeOf(world, id)).toEqual(asked(world));
      }
      expect(placeOf(world, '1')).toMatchObject({ street: 'New Street 99', city: 'Dallas' });
      expect(await janes(world)).toHaveLength(2);
    });

    it('is no address that was archived, edited or not', async () => {
      const world = await aWorldOfOrders(version);
      await send(world, '1');
      await edit(world, { active: false });
      for (const id of ['2', '3']) {
        await send(world, id);
        expect(placeOf(world, id)).toEqual(asked(world));
      }
      expect(await janes(world)).toHaveLength(2);
    });

    it('is no address that a person moved to another customer', async () => {
      const world = await aWorldOfOrders(version);
      await send(world, '1');
      const [other = 0] = await world.admin.create('res.partner', [{ name: 'Somebody else' }]);
      await edit(world, { parent_id: other });
      await send(world, '2');
      expect(placeOf(world, '2')).toEqual(asked(world));
    });

    it('is the next one after a second edit', async () => {
      const world = await aWorldOfOrders(version);
      for (const id of ['1', '2']) {
        await send(world, id);
        await edit(world, { street: `New Street ${id}` });
      }
      await send(world, '3');
      expect(placeOf(world, '3')).toEqual(asked(world));
      expect(await janes(world)).toHaveLength(3);
    });

    it('is one address for capitals and blanks that are others', async () => {
      const world = await aWorldOfOrders(version);
      await send(world, '1');
      await send(world, '2', { shippingAddress: { ...street, lines: ['OLD  street 1 '], city: 'AUSTIN' } });
      expect(await janes(world)).toHaveLength(1);
    });
  });

  it('is one new address for all who come at the same moment after an edit, by every way', async () => {
    const world = await aWorldOfOrders(version);
    await world.erp.orders.create(draftFor(world, '0'), { idempotencyKey: '0' });
    await edit(world, { street: 'New Street 99' });
    const sent = [...ways, ...ways, ...ways].map(([, send], index) => send(world, String(index + 1)));
    for (const id of await Promise.all(sent)) expect(placeOf(world, id)).toMatchObject({ street: 'Old Street 1' });
    expect(await janes(world)).toHaveLength(2);
  });
});
