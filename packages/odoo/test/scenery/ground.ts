import type { Ref } from '@crossdock/core';
import type { FakeOdooOptions, FakePlatform, OdooState, OdooVersion } from '@crossdock/testing';
import type { Given } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { odooClientOf } from '../../src/index.ts';
import { aDraft, aLine } from '../drafts.ts';
import { spoiling, type Spoiled } from '../spoiled.ts';
import { aWorld } from '../world.ts';

/** The back office as the scenery sees it. */
export type Erp = FakePlatform<OdooState>;

export const email = 'canary.buyer@example.test';
export const buyer = 'Canary Buyerson';
export const street = '77 Canary Wharf Street';
export const address = { name: buyer, lines: [street], city: 'London', countryCode: 'GB' };

/** What of each model may be written at any time. */
const written = {
  'product.template': { name: 'Written slowly' },
  'product.category': { name: 'Written slowly' },
  'product.pricelist.item': { fixed_price: 2.75 },
  'res.partner': { comment: 'Written slowly' },
  'sale.order': { note: 'Written slowly' },
  'stock.picking': { origin: 'Written slowly' },
  'stock.quant': { inventory_quantity: 3 },
  'account.move': { narration: 'Written slowly' },
  'account.payment': { date: '2026-11-22' },
  'purchase.order': { partner_ref: 'Written slowly' },
} as const;

/** A world, and the records of it that a connector sees otherwise than they are. */
type World = ReturnType<typeof aWorld> & { readonly strange: Spoiled[]; readonly tee: number };

type Watch = (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;

/** What all scenes of one Odoo are set on: its platforms, each with a connector and a customer, and orders there. */
export type Ground = ReturnType<typeof groundOf>;

/** Keeps what belongs to each platform of a suite. */
export function groundOf(version: OdooVersion, fake: FakeOdooOptions = {}) {
  const worlds = new WeakMap<Erp, World>();
  let placed = 0;

  return { version, setup, worldOf, draftOf, place, quote, confirm, open, shipped, frozen, clientOf, rename, slowly };

  /** A fresh platform with everything on it, and how to connect to it; `watch` sees what connectors send. */
  function setup(watch: Watch = (fetch) => fetch) {
    const world = aWorld(version, {}, fake);
    const strange: Spoiled[] = [];
    const tee = Number(world.state.records('product.product').find((one) => one['default_code'] === 'TEE')?.['id']);
    worlds.set(world.platform, { ...world, strange, tee });
    // Beside the warehouses: what lies there is not for sale.
    const aside = world.state.add('stock.location', { name: 'Set aside' });
    const places = {
      paymentJournals: { card: 6 },
      damagedLocation: aside,
      returnLocations: { quarantine: aside },
    };
    const fetch = spoiling(world.platform.fetch, strange);
    return {
      platform: world.platform,
      connect: (given?: Given) => world.connect({ ...places, ...given, fetch: watch(fetch) }),
    };
  }

  function worldOf(platform: Erp) {
    const world = worlds.get(platform);
    if (!world) throw new Error('This platform was set up by somebody else.');
    return world;
  }

  /** The draft of an order of two tees, which are there. */
  function draftOf(platform: Erp, number: number) {
    const { state } = platform;
    state.setStock('TEE', state.stockOf('TEE').onHand + 2);
    return aDraft({
      number: `#${number}`,
      source: { system: 'shop', kind: 'order', id: String(number) },
      customer: worldOf(platform).customer,
      lines: [aLine({ sku: 'TEE', quantity: 2 })],
      shippingAddress: address,
    });
  }

  /** An order of two tees, made as everybody makes them. */
  async function place(platform: Erp): Promise<Ref<'order'>> {
    const number = 10_000 + ++placed;
    // What is under way slowly must not come to its end while the order is made.
    const release = platform.clock.hold();
    const draft = draftOf(platform, number);
    const order = await worldOf(platform).erp.orders.create(draft, { idempotencyKey: `place-${number}` });
    release();
    return order;
  }

  /** A quotation of two tees, as a person enters one. */
  function quote(platform: Erp): Ref<'order'> {
    const { tee, customer } = worldOf(platform);
    const line = { product_id: tee, product_uom_qty: 2 };
    const partner = Number(customer.id);
    return refOf('order', platform.state.add('sale.order', { partner_id: partner, order_line: [[0, 0, line]] }));
  }

  /** Confirms quotations, as a person does. */
  async function confirm(platform: Erp, orders: readonly Ref<'order'>[]): Promise<void> {
    const call = { ids: orders.map(({ id }) => Number(id)), answer: z.unknown(), safety: 'repeatable' } as const;
    const release = platform.clock.hold();
    await clientOf(platform).call('sale.order', 'action_confirm', call);
    release();
  }

  /** Orders of two tees, confirmed by a person, and as many deliveries that are to leave. */
  async function open(platform: Erp, count: number): Promise<readonly Ref<'order'>[]> {
    const { state } = platform;
    state.setStock('TEE', state.stockOf('TEE').onHand + 2 * count);
    const orders = Array.from({ length: count }, () => quote(platform));
    await confirm(platform, orders);
    return orders;
  }

  /** Orders of two tees that left, with their deliveries. */
  async function shipped(platform: Erp, count: number) {
    const orders = await open(platform, count);
    const names = new Map(platform.state.saleOrders.map(({ id, name }) => [String(id), name]));
    return orders.map((order) => {
      const { id } = platform.state.ship(names.get(order.id) ?? 'no such order');
      return { order, shipment: refOf('shipment', id) };
    });
  }

  /** Shows a record in a state that no Odoo has by itself: a module of somebody's added it. */
  function frozen<const K extends Ref['kind']>(platform: Erp, model: string, ref: Ref<K>): Ref<K> {
    worldOf(platform).strange.push({ model, id: Number(ref.id), change: { state: 'frozen' } });
    return ref;
  }

  /** The client below the ports, for what a person would do. */
  function clientOf({ fetch, clock, origin: url }: Erp) {
    return odooClientOf({ url, database: 'odoo', apiKey: 'odoo-api-key', login: 'connector', fetch, clock });
  }

  /** Writes a text of the record, another one every time. */
  async function rename(platform: Erp, model: string, id: string, field = 'name'): Promise<void> {
    const release = platform.clock.hold();
    const values = { [field]: `Renamed at ${platform.clock.now()}` };
    await clientOf(platform).write(model, [Number(id)], values);
    release();
  }

  /** Writes that are seen when their transaction ends, with the moment of its beginning; within the overlap of a pull. */
  function slowly<R>(model: keyof typeof written, idOf: (platform: Erp, record: R) => string) {
    const ms = 110_000;
    return {
      ms,
      begin(platform: Erp, record: R) {
        const { clock, state } = platform;
        state.commitLate(`${model}.write`, ms);
        const seenAt = clock.now() + ms;
        const slow = clientOf(platform).write(model, [Number(idOf(platform, record))], written[model]);
        return async () => {
          await clock.advance(Math.max(0, seenAt - clock.now()));
          await slow;
        };
      },
    };
  }
}

/** A sales order as it stands in Odoo. */
export function saleOrder(state: OdooState, { id }: Ref<'order'>) {
  const order = state.saleOrders.find((one) => String(one.id) === id);
  if (!order) throw new Error(`Odoo has no sales order "${id}".`);
  return order;
}

/** A reference to a record of Odoo. */
export function refOf<const K extends Ref['kind']>(kind: K, id: number): Ref<K> {
  return { system: 'odoo', kind, id: String(id) };
}
