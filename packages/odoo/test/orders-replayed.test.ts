import type { OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aDraft, aLine } from './drafts.ts';
import { aWorldWithAction } from './world-action.ts';
import { versions } from './world.ts';

const ways = ['orders.create', 'a batch', 'the server action'] as const;
type Way = (typeof ways)[number];
type World = Awaited<ReturnType<typeof aWorldWithAction>>;

async function send(world: World, way: Way, draft: OrderDraft): Promise<number> {
  const item = { draft, customer: world.customer, idempotencyKey: 'k' };
  if (way === 'orders.create') return Number((await world.erp.orders.create(draft, item)).id);
  const importer = way === 'a batch' ? world.importer({ serverAction: undefined }) : world.importer();
  const [outcome] = await importer.orders([item]);
  if (!outcome?.ok) throw outcome?.error ?? new Error('no outcome');
  return Number(outcome.order.id);
}

/** What a person does to an order in Odoo. */
async function press(world: World, button: 'action_cancel' | 'action_confirm', id: number) {
  const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
  await world.client().call('sale.order', button, call, { context: { disable_cancel_warning: true } });
}

const anOrder = (world: World, sku: string) => aDraft({ lines: [aLine({ sku })], customer: world.customer });

function writesIn({ platform }: World): number {
  return platform.journal.all.filter(({ operation }) => /\.(write|load|create|action_\w+)$/.test(operation)).length;
}

describe.each(versions)('an order that was confirmed in Odoo %s', (version) => {
  it.each(ways)('is not made again by %s when it is of services alone and a person canceled it', async (way) => {
    const world = await aWorldWithAction(version);
    const draft = anOrder(world, 'FEE');
    const id = await send(world, way, draft);
    expect(world.state.pickings).toEqual([]);
    await press(world, 'action_cancel', id);
    for (const again of ways) expect(await send(world, again, draft)).toBe(id);
    expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['cancel']);
    const ref = { system: 'odoo', kind: 'order', id: String(id) } as const;
    expect(await world.erp.orders.confirm(ref, { idempotencyKey: 'c' })).toEqual(ref);
  });

  it('is not made again when a person confirmed and canceled the quotation', async () => {
    const world = await aWorldWithAction(version);
    const draft = anOrder(world, 'FEE');
    const { orders } = world.connect({ confirmOrders: false });
    const { id } = await orders.create(draft, { idempotencyKey: 'k' });
    await press(world, 'action_confirm', Number(id));
    await press(world, 'action_cancel', Number(id));
    for (const way of ways) expect(await send(world, way, draft)).toBe(Number(id));
    expect(world.state.saleOrders).toHaveLength(1);
  });

  it.each(ways)('keeps the day that a person moved it to, and nothing is written by %s', async (way) => {
    const world = await aWorldWithAction(version);
    const draft = anOrder(world, 'TEE');
    const id = await send(world, way, draft);
    await world.client().write('sale.order', [id], { date_order: '2026-11-25 10:00:00' });
    for (const again of ways) {
      const before = writesIn(world);
      expect(await send(world, again, draft)).toBe(id);
      expect(writesIn(world)).toBe(before);
    }
    expect(world.state.saleOrders.map(({ dateOrder }) => dateOrder)).toEqual(['2026-11-25 10:00:00']);
  });

  it.each(ways)('gets the day of the purchase by %s when the run before broke off', async (way) => {
    const world = await aWorldWithAction(version);
    const draft = anOrder(world, 'TEE');
    const { orders } = world.connect({ confirmOrders: false });
    const { id } = await orders.create(draft, { idempotencyKey: 'k' });
    await press(world, 'action_confirm', Number(id));
    const placed = draft.placedAt.replace('T', ' ').replace('Z', '');
    expect(world.state.saleOrders.map(({ dateOrder }) => dateOrder)).not.toEqual([placed]);
    expect(await send(world, way, draft)).toBe(Number(id));
    expect(world.state.saleOrders.map(({ dateOrder }) => dateOrder)).toEqual([placed]);
  });
});
