import type { Ref, ReturnDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordId, rowOf } from '../src/index.ts';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
const moveRow = rowOf(z.object({ id: recordId, product_id: z.tuple([recordId, z.unknown()]) }));

function aReturn(order: Ref<'order'>, number: string, quantity: number): ReturnDraft {
  return { number, order, lines: [{ id: '1', sku: 'TEE', quantity }] };
}

async function ship({ erp }: World, order: Ref<'order'>, id: string, quantity: number): Promise<void> {
  const ref = { system: 'warehouse', kind: 'shipment', id } as const;
  const shipment = aShipment([{ sku: 'TEE', quantity }], { ref, number: id });
  await erp.shipments.confirm({ order, shipment }, { idempotencyKey: id });
}

/** A person sends back to the buyer what came back: Odoo's return of a return. */
async function sendOutAgain(world: World, from: Ref<'return'>, version: string, quantity: number): Promise<void> {
  const client = world.client();
  const id = Number(from.id);
  const context = { active_model: 'stock.picking', active_id: id, active_ids: [id] };
  const moves = await client.searchRead('stock.move', moveRow, { domain: [['picking_id', '=', id]] });
  const lines = moves.map((move) => [0, 0, { product_id: move.product_id[0], quantity, move_id: move.id }]);
  const ids = await client.create('stock.return.picking', [{ picking_id: id, product_return_moves: lines }], {
    context,
  });
  const method = version === '17.0' ? 'create_returns' : 'action_create_returns';
  await client.call('stock.return.picking', method, { ids, answer: z.unknown(), safety: 'once' }, { context });
}

describe.each(versions)('goods that came back and went out again, in Odoo %s', (version) => {
  it('are returned a second time under a number of their own', async () => {
    const world = aWorld(version);
    const { erp, customer } = world;
    const draft = aDraft({ lines: [aLine({ sku: 'TEE', quantity: 5 })], customer });
    const order = await erp.orders.create(draft, { idempotencyKey: 'o' });
    await ship(world, order, 'S-1', 5);
    const first = await erp.returns.create(aReturn(order, 'RMA-1', 3), { idempotencyKey: 'r1' });
    const line = { sku: 'TEE', received: 3, condition: 'sellable', disposition: 'restock' } as const;
    const receipt = { return: first, lines: [line], receivedAt: '2026-11-21T08:00:00Z' };
    await erp.returns.confirm(receipt, { idempotencyKey: 'b1' });
    await sendOutAgain(world, first, version, 3);
    await ship(world, order, 'S-2', 3);

    const second = await erp.returns.create(aReturn(order, 'RMA-2', 3), { idempotencyKey: 'r2' });

    expect(second.id).not.toBe(first.id);
    expect(await erp.returns.get(second)).toMatchObject({ status: 'approved', lines: [{ expected: 3, received: 0 }] });
    const again = world.connect().returns;
    expect(await again.create(aReturn(order, 'RMA-2', 3), { idempotencyKey: 'r2' })).toEqual(second);
    expect(await again.create(aReturn(order, 'RMA-1', 3), { idempotencyKey: 'r1' })).toEqual(first);
    expect(await erp.returns.get(first)).toMatchObject({ status: 'received', lines: [{ expected: 3, received: 3 }] });
  });
});
