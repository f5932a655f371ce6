import type { Ref } from '@crossdock/core';
import type { Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { recordId, rowOf } from '../../src/index.ts';
import { frozen, idsIn, refOf, type LiveGround } from './live-ground.ts';
import type { LiveErp, LiveState } from './live-platform.ts';

const returnWizard = 'stock.return.picking';
const move = rowOf(z.object({ id: recordId, quantity: z.number(), product_uom_qty: z.number(), state: z.string() }));
const moveOfDelivery = rowOf(z.object({ id: recordId, product_id: z.tuple([recordId, z.string()]) }));

/** What leaves to buyers, and what comes back from them. */
export function liveWarehouse(ground: LiveGround) {
  const { client, idsOf, tee } = ground;
  const goods = [{ id: '1', sku: tee.sku, quantity: 2 }] as const;

  return {
    'fulfillments.pull': {
      seed: ground.pooled(async (count) => openDeliveries(count)),
      touch: (_platform, ref) => ground.touch('stock.picking', ref, 'origin'),
      unknownStatus: async (platform) => {
        const [one = refOf('fulfillment', 0)] = await openDeliveries(1);
        return frozen(platform, 'stock.picking', one);
      },
    },
    'fulfillments.get': { unknown: () => refOf('fulfillment', 1_987_654_321) },
    'shipments.pull': {
      seed: ground.pooled(async (count) => (await ground.shipped(count)).map(({ shipment }) => shipment)),
      touch: (_platform, ref) => ground.touch('stock.picking', ref, 'origin'),
      unknownStatus() {
        throw new Error('Odoo is asked for deliveries in state "done" alone: no other word can come.');
      },
    },
    'shipments.confirm': {
      async ready() {
        const order = await ground.place();
        const lines = await ground.linesOf(order);
        return {
          order,
          lines: lines.map(({ id, product_uom_qty }) => ({ id: String(id), sku: tee.sku, quantity: product_uom_qty })),
        };
      },
      async shipped(_platform, order) {
        return (await ground.linesOf(order)).reduce((sum, { qty_delivered }) => sum + qty_delivered, 0);
      },
    },
    'returns.pull': {
      seed: ground.pooled(async (count) => {
        const refs: Ref<'return'>[] = [];
        for (const { shipment } of await ground.shipped(count)) refs.push(await sendBack(shipment));
        return refs;
      }),
      touch: (_platform, ref) => ground.touch('stock.picking', ref, 'origin'),
      async unknownStatus(platform) {
        const [one] = await ground.shipped(1);
        return frozen(platform, 'stock.picking', await sendBack(one?.shipment ?? refOf('shipment', 0)));
      },
    },
    'returns.get': { unknown: () => refOf('return', 1_987_654_321) },
    'returns.create': {
      draft: returnDraft,
      created: () =>
        idsOf('stock.picking', ['return_id', '!=', false], ['partner_id', '=', Number(ground.customer.id)]),
    },
    'returns.confirm': {
      async ready(platform, number) {
        const draft = await returnDraft(platform, number);
        const ref = await ground.connect().returns.create(draft, { idempotencyKey: draft.number });
        return { ref, lines: draft.lines };
      },
      async received(_platform, { id }) {
        const family = await familyOf(Number(id));
        const domain = [['picking_id', 'in', family]] as const;
        const moves = await client.searchRead('stock.move', move, { domain });
        return moves.reduce((sum, { state, quantity }) => sum + (state === 'done' ? quantity : 0), 0);
      },
      forSale: async (_platform, sku) => (await ground.connect().inventory.get([sku]))[0]?.available ?? 0,
    },
  } satisfies Partial<Scenery<LiveState>>;

  async function openDeliveries(count: number) {
    const ids = await ground.deliveriesOf(await ground.confirmed(count));
    return ids.map((id) => refOf('fulfillment', id));
  }

  /** A return of an order of two tees, each of another order. */
  async function returnDraft({ state }: LiveErp, number: number) {
    const [one] = await ground.shipped(1);
    const order = one?.order ?? refOf('order', 0);
    return { number: `RMA-${ground.run}-${state.number}-${number}`, order, lines: goods };
  }

  /** A return that a person opens on a delivery, of everything in it. */
  async function sendBack(shipment: Ref<'shipment'>): Promise<Ref<'return'>> {
    const [id = 0] = idsIn([shipment]);
    const moves = await client.searchRead('stock.move', moveOfDelivery, { domain: [['picking_id', '=', id]] });
    const lines = moves.map((one) => [0, 0, { product_id: one.product_id[0], quantity: 2, move_id: one.id }]);
    const context = { active_model: 'stock.picking', active_id: id, active_ids: [id] };
    const values = { picking_id: id, product_return_moves: lines };
    const wizards = await client.create(returnWizard, [values], { context });
    const method = (await client.version()) < 18 ? 'create_returns' : 'action_create_returns';
    await ground.hand.press(returnWizard, method, wizards, context);
    const [back] = await idsOf('stock.picking', ['return_id', '=', id]);
    return refOf('return', Number(back));
  }

  /** A transfer and what was left of it. */
  async function familyOf(first: number): Promise<readonly number[]> {
    const rests = await idsOf('stock.picking', ['backorder_id', '=', first]);
    const more = await Promise.all(rests.map((id) => familyOf(Number(id))));
    return [first, ...more.flat()];
  }
}
