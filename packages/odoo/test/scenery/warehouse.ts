import type { Ref } from '@crossdock/core';
import type { OdooState } from '@crossdock/testing';
import { CommerceError } from '@crossdock/core';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { moveRow } from '../../src/wire/picking.ts';
import { refOf, saleOrder, type Erp, type Ground } from './ground.ts';

/** What leaves to buyers, and what comes back from them. */
export function warehouseScenery(ground: Ground) {
  const { frozen, place, rename, shipped, slowly } = ground;
  return {
    'fulfillments.pull': {
      async seed(platform, count) {
        const orders = await ground.open(platform, count);
        return deliveriesOf(platform, orders);
      },
      touch: (platform, { id }) => rename(platform, 'stock.picking', id, 'origin'),
      late: slowly('stock.picking', (_platform: Erp, { id }: Ref<'fulfillment'>) => id),
      async unknownStatus(platform) {
        const [delivery = refOf('fulfillment', 0)] = deliveriesOf(platform, await ground.open(platform, 1));
        return frozen(platform, 'stock.picking', delivery);
      },
    },
    'fulfillments.get': { unknown: () => refOf('fulfillment', 987_654) },
    'shipments.pull': {
      seed: async (platform, count) => (await shipped(platform, count)).map(({ shipment }) => shipment),
      touch: (platform, { id }) => rename(platform, 'stock.picking', id, 'origin'),
      late: slowly('stock.picking', (_platform: Erp, { id }: Ref<'shipment'>) => id),
      unknownStatus() {
        throw new CommerceError({ code: 'status.unmapped', message: 'Odoo has no such delivery.' });
      },
    },
    'shipments.confirm': {
      async ready(platform) {
        const order = await place(platform);
        const { lines } = saleOrder(platform.state, order);
        return { order, lines: lines.map(({ id, sku = '', quantity }) => ({ id: String(id), sku, quantity })) };
      },
      shipped: ({ state }, order) => saleOrder(state, order).lines.reduce((sum, { delivered }) => sum + delivered, 0),
    },
    'returns.pull': {
      async seed(platform, count) {
        const deliveries = await shipped(platform, count);
        const refs: Ref<'return'>[] = [];
        for (const { shipment } of deliveries) refs.push(await sendBack(platform, ground, shipment));
        return refs;
      },
      touch: (platform, { id }) => rename(platform, 'stock.picking', id, 'origin'),
      late: slowly('stock.picking', (_platform: Erp, { id }: Ref<'return'>) => id),
      async unknownStatus(platform) {
        const [one] = await shipped(platform, 1);
        return frozen(platform, 'stock.picking', await sendBack(platform, ground, one?.shipment));
      },
    },
    'returns.get': { unknown: () => refOf('return', 987_654) },
    'returns.create': {
      draft: (platform, number) => returnDraft(platform, ground, number),
      created: ({ state }) => returnIds(state).map(String),
    },
    'returns.confirm': {
      async ready(platform, number) {
        const draft = await returnDraft(platform, ground, number);
        const key = { idempotencyKey: `ready-${number}` };
        const ref = await ground.worldOf(platform).erp.returns.create(draft, key);
        return { ref, lines: draft.lines };
      },
      received({ state }, { id }) {
        const rests = state.records('stock.picking').filter((one) => one['backorder_id'] !== false);
        const family = new Set([Number(id)]);
        // A rest has a higher number than what it is the rest of.
        for (const one of rests) if (family.has(Number(one['backorder_id']))) family.add(Number(one['id']));
        const moves = state.pickings.filter((one) => family.has(one.id)).flatMap((picking) => picking.moves);
        return moves.reduce((sum, move) => sum + (move.state === 'done' ? move.quantity : 0), 0);
      },
      forSale: ({ state }, sku) => state.stockOf(sku).free,
    },
  } satisfies Partial<Scenery<OdooState>>;
}

/** The only delivery of each order. */
function deliveriesOf({ state }: Erp, orders: readonly Ref<'order'>[]): readonly Ref<'fulfillment'>[] {
  const names = new Map(state.saleOrders.map(({ id, name }) => [String(id), name]));
  const deliveries = new Map(state.pickings.map(({ id, saleOrder: order }) => [order, id]));
  return orders.map(({ id }) => refOf('fulfillment', deliveries.get(names.get(id)) ?? 0));
}

/** The ids of what comes back. */
function returnIds(state: OdooState): readonly number[] {
  const links = state.records('stock.picking').filter((one) => typeof one['return_id'] === 'number');
  return links.map((one) => Number(one['id']));
}

/** A return of an order of two tees, each of another order. */
async function returnDraft(platform: Erp, ground: Ground, number: number) {
  const [one] = await ground.shipped(platform, 1);
  const order = one?.order ?? refOf('order', 0);
  const lines = saleOrder(platform.state, order).lines.map(({ id, sku = '', quantity }) => ({
    id: String(id),
    sku,
    quantity,
  }));
  return { number: `RMA-${number}`, order, lines };
}

/** A return that a person opens on a delivery, of everything in it. */
async function sendBack(
  platform: Erp,
  { clientOf, version }: Ground,
  shipment: Ref<'shipment'> | undefined,
): Promise<Ref<'return'>> {
  const id = Number(shipment?.id);
  const release = platform.clock.hold();
  const client = clientOf(platform);
  const [move] = await client.searchRead('stock.move', moveRow, { domain: [['picking_id', '=', id]] });
  const line = { product_id: move?.product_id.id, quantity: 2, move_id: move?.id };
  const context = { active_model: 'stock.picking', active_id: id, active_ids: [id] };
  const wizard = { picking_id: id, product_return_moves: [[0, 0, line]] };
  const ids = await client.create('stock.return.picking', [wizard], { context });
  const method = version === '17.0' ? 'create_returns' : 'action_create_returns';
  const answer = z.object({ res_id: z.number() });
  const made = await client.call('stock.return.picking', method, { ids, answer, safety: 'repeatable' });
  release();
  return refOf('return', made.res_id);
}
