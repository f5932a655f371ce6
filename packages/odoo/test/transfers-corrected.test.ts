import type { Ref } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { recordId, rowOf } from '../src/index.ts';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
const moveRow = rowOf(z.object({ id: recordId }));
const touchedRow = rowOf(z.object({ id: recordId, write_date: z.string() }));

/** A person writes another quantity on what is done already: Odoo changes the stock, and not the transfer. */
async function correct(world: World, transfer: Ref, quantity: number): Promise<void> {
  await world.platform.clock.advance(600_000);
  const client = world.client();
  const before = await writtenAt(world, transfer);
  const moves = await client.searchRead('stock.move', moveRow, { domain: [['picking_id', '=', Number(transfer.id)]] });
  await client.write(
    'stock.move',
    moves.map(({ id }) => id),
    { quantity },
  );
  expect(await writtenAt(world, transfer)).toEqual(before);
}

function writtenAt(world: World, { id }: Ref): Promise<unknown> {
  return world.client().read('stock.picking', [Number(id)], touchedRow);
}

describe.each(versions)('a done transfer that a person corrects, in Odoo %s', (version) => {
  it('comes again as a shipment of what was delivered', async () => {
    const world = aWorld(version);
    const { erp, customer } = world;
    const draft = aDraft({ lines: [aLine({ sku: 'TEE', quantity: 4 })], customer });
    const order = await erp.orders.create(draft, { idempotencyKey: 'o' });
    const ref = { system: 'warehouse', kind: 'shipment', id: 'S-1' } as const;
    const shipment = aShipment([{ sku: 'TEE', quantity: 4 }], { ref, number: 'S-1' });
    const booked = await erp.shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
    const cursor = (await all(erp.shipments.pull({}))).at(-1)?.cursor;
    await correct(world, booked, 3);
    const items = (await all(erp.shipments.pull({ cursor }))).flatMap((page) => page.items);
    expect(items).toMatchObject([{ ref: booked, parcels: [{ lines: [{ sku: 'TEE', quantity: 3 }] }] }]);
  });

  it('comes again as an arrival of what was received', async () => {
    const world = aWorld(version);
    const { erp, customer } = world;
    const lines = [{ id: '1', sku: 'TEE', quantity: 3, unitPrice: { amount: '3.50', currency: 'USD' } }];
    const purchase = await erp.purchases.create({ number: 'PO-1', supplier: customer, lines }, { idempotencyKey: 'p' });
    const arrival = {
      purchase,
      number: 'A-1',
      lines: [{ sku: 'TEE', received: 3, damaged: 0 }],
      receivedAt: '2026-11-26T08:00:00Z',
    };
    const booked = await erp.receipts.confirm(arrival, { idempotencyKey: 'a' });
    const cursor = (await all(erp.receipts.pull({}))).at(-1)?.cursor;
    await correct(world, booked, 1);
    const items = (await all(erp.receipts.pull({ cursor }))).flatMap((page) => page.items);
    expect(items).toMatchObject([{ ref: booked, lines: [{ sku: 'TEE', received: 1 }] }]);
  });
});
