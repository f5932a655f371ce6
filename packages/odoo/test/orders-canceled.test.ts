import { isCommerceError, type CommerceError, type OrderDraft } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { aDraft, aLine, aTax } from './drafts.ts';
import { aWorld, versions } from './world.ts';

const key = { idempotencyKey: 'shop/order 5001#create' };
type World = ReturnType<typeof aWorld>;

/** Odoo rounds its tax over the whole order to another cent: it stays a quotation. */
function offByACent(world: World, change: Partial<OrderDraft> = {}): OrderDraft {
  const lines = [aLine({ sku: 'TEE', price: '10.03', taxes: [aTax('0.2', '2.00')] })];
  return aDraft({ lines, customer: world.customer, ...change });
}

function corrected(world: World, change: Partial<OrderDraft> = {}): OrderDraft {
  const lines = [aLine({ sku: 'TEE', price: '10.00', taxes: [aTax('0.2', '2.00')] })];
  return aDraft({ lines, customer: world.customer, ...change });
}

async function refusalOf(write: Promise<unknown>): Promise<CommerceError> {
  const error = await write.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (isCommerceError(error)) return error;
  throw new Error('it was not refused', { cause: error });
}

/** What a person does to an order in Odoo. */
async function press(world: World, button: 'action_cancel' | 'action_confirm' | 'action_draft', id: number) {
  const call = { ids: [id], answer: z.unknown(), safety: 'repeatable' as const };
  const context = { disable_cancel_warning: true };
  await world.client().call('sale.order', button, call, { context });
}

function idsAndStates({ state }: World) {
  return state.saleOrders.map((order) => [order.id, order.state]);
}

describe.each(versions)('a quotation that was canceled in Odoo %s before it was an order', (version) => {
  it('does not count as the order: the same key makes one that is confirmed', async () => {
    const world = aWorld(version);
    expect((await refusalOf(world.erp.orders.create(offByACent(world), key))).code).toBe('totals.mismatch');
    await press(world, 'action_cancel', 1);
    // The second one has to pass: the cents may be evened out now.
    const { orders } = world.connect({ roundingProduct: 'ROUND' });
    const ref = await orders.create(offByACent(world), key);
    expect(await orders.create(offByACent(world), key)).toEqual(ref);
    expect(idsAndStates(world)).toEqual([
      [1, 'cancel'],
      [Number(ref.id), 'sale'],
    ]);
    expect(world.state.pickings).toHaveLength(1);
  });

  it('goes on being refused while nothing was corrected, with one quotation for a person to see', async () => {
    const world = aWorld(version);
    await refusalOf(world.erp.orders.create(offByACent(world), key));
    await press(world, 'action_cancel', 1);
    for (let nth = 0; nth < 2; nth++)
      expect((await refusalOf(world.erp.orders.create(offByACent(world), key))).code).toBe('totals.mismatch');
    expect(idsAndStates(world)).toEqual([
      [1, 'cancel'],
      [2, 'draft'],
    ]);
  });

  it('is no second order when a person opens it again after the next one was confirmed', async () => {
    const world = aWorld(version);
    await refusalOf(world.erp.orders.create(offByACent(world), key));
    await press(world, 'action_cancel', 1);
    const { orders } = world.connect({ roundingProduct: 'ROUND' });
    const ref = await orders.create(offByACent(world), key);
    await press(world, 'action_draft', 1);
    expect(await orders.create(offByACent(world), key)).toEqual(ref);
    expect(world.state.pickings).toHaveLength(1);
  });

  it('is not confirmed beside its replacement when a person opens it again', async () => {
    const world = aWorld(version);
    await refusalOf(world.erp.orders.create(offByACent(world), key));
    await press(world, 'action_cancel', 1);
    await world.erp.orders.create(corrected(world), { idempotencyKey: 'another' });
    await press(world, 'action_draft', 1);
    const { orders } = world.connect({ roundingProduct: 'ROUND' });
    expect((await refusalOf(orders.create(offByACent(world), key))).code).toBe('record.duplicate');
    expect(world.state.pickings).toHaveLength(1);
  });

  it('is not the order when it was canceled in the moment of its confirmation', async () => {
    const world = aWorld(version);
    const draft = corrected(world);
    const revive = world.platform.faults.always('sale.order.action_confirm', { kind: 'drop', when: 'before' });
    await refusalOf(world.erp.orders.create(draft, key));
    revive();
    const { fetch } = world.platform;
    let canceled = false;
    const meddled = world.connect({
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (!canceled && `${request.url} ${await request.clone().text()}`.includes('action_confirm')) {
          canceled = true;
          await press(world, 'action_cancel', 1);
        }
        return fetch(request);
      },
    });
    expect(await refusalOf(meddled.orders.create(draft, key))).toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('canceled'),
    });
    expect(canceled).toBe(true);
    await meddled.orders.create(draft, key);
    expect(idsAndStates(world)).toEqual([
      [1, 'cancel'],
      [2, 'sale'],
    ]);
  });
});

describe.each(versions)('a draft that was corrected after Odoo %s refused its total', (version) => {
  it('is told to cancel the quotation, and goes through under the same key then', async () => {
    const world = aWorld(version);
    await refusalOf(world.erp.orders.create(offByACent(world), key));
    expect(await refusalOf(world.erp.orders.create(corrected(world), key))).toMatchObject({
      code: 'key.reused',
      message: expect.stringContaining('cancel that quotation in Odoo, then replay'),
    });
    await press(world, 'action_cancel', 1);
    const ref = await world.erp.orders.create(corrected(world), key);
    expect(await world.erp.orders.create(corrected(world), key)).toEqual(ref);
    expect((await refusalOf(world.erp.orders.create(offByACent(world), key))).code).toBe('key.reused');
    expect(idsAndStates(world)).toEqual([
      [1, 'cancel'],
      [Number(ref.id), 'sale'],
    ]);
  });

  it('is told the same with another source, and goes through then as well', async () => {
    const world = aWorld(version);
    const other = corrected(world, { source: { system: 'shop', kind: 'order', id: '5002' } });
    await refusalOf(world.erp.orders.create(offByACent(world), key));
    expect((await refusalOf(world.erp.orders.create(other, key))).code).toBe('key.reused');
    await press(world, 'action_cancel', 1);
    await world.erp.orders.create(other, key);
    expect(world.state.saleOrders.map(({ state }) => state)).toEqual(['cancel', 'sale']);
  });

  it('is not told to cancel what was confirmed', async () => {
    const world = aWorld(version);
    await world.erp.orders.create(corrected(world), key);
    const { code, message } = await refusalOf(world.erp.orders.create(corrected(world, { number: '#1043' }), key));
    expect(code).toBe('key.reused');
    expect(message).not.toContain('cancel');
  });
});

describe.each(versions)('a confirmed order that was canceled in Odoo %s', (version) => {
  it('stays the order of its key', async () => {
    const world = aWorld(version);
    const ref = await world.erp.orders.create(corrected(world), key);
    await press(world, 'action_cancel', Number(ref.id));
    expect(await world.erp.orders.create(corrected(world), key)).toEqual(ref);
    expect(idsAndStates(world)).toEqual([[1, 'cancel']]);
  });
});
