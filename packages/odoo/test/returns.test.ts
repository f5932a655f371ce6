import { isCommerceError, returnSchema, type Ref, type ReturnDraft, type ReturnReceipt } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { aDraft, aLine, aShipment } from './drafts.ts';
import { all, aWorld, versions } from './world.ts';

type World = ReturnType<typeof aWorld>;
const key = { idempotencyKey: 'rma-77' };

/** An order of ten tees that left in two deliveries: four, then six. */
async function aShippedOrder(world: World): Promise<Ref<'order'>> {
  const draft = aDraft({ lines: [aLine({ sku: 'TEE', quantity: 10 })], customer: world.customer });
  const order = await world.erp.orders.create(draft, { idempotencyKey: 'o' });
  for (const [id, quantity] of [
    ['S-1', 4],
    ['S-2', 6],
  ] as const) {
    const ref = { system: 'warehouse', kind: 'shipment', id } as const;
    const shipment = aShipment([{ sku: 'TEE', quantity }], { ref, number: id });
    await world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: id });
  }
  return order;
}

function aReturn(order: Ref<'order'>, quantity: number, change: Partial<ReturnDraft> = {}): ReturnDraft {
  return { number: 'RMA-77', order, lines: [{ id: '1', sku: 'TEE', quantity, reason: 'too small' }], ...change };
}

function arrived(
  ref: Ref<'return'>,
  ...counts: readonly (readonly [number, ReturnReceipt['lines'][number]['disposition']])[]
): ReturnReceipt {
  const lines = counts.map(([received, disposition]) => ({
    sku: 'TEE',
    received,
    condition: 'opened' as const,
    disposition,
  }));
  return { return: ref, lines, receivedAt: '2026-11-21T08:00:00Z' };
}

/** What is to come back, over all transfers that are one. */
function announced({ state }: World): number {
  const returns = state.pickings.filter(({ name, state: word }) => name.startsWith('RET/') && word !== 'cancel');
  return returns.flatMap(({ moves }) => moves).reduce((sum, { demand }) => sum + demand, 0);
}

describe.each(versions)('a return in Odoo %s', (version) => {
  it('is opened once by eight callers, over the deliveries that the goods left with', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const refs = await Promise.all(
      Array.from({ length: 8 }, () => world.connect().returns.create(aReturn(order, 7), key)),
    );
    expect(new Set(refs.map(({ id }) => id)).size).toBe(1);
    expect(announced(world)).toBe(7);
    const [ref] = refs;
    const found = ref && (await world.erp.returns.get(ref));
    expect(() => returnSchema.parse(found)).not.toThrow();
    expect(found).toMatchObject({ order, status: 'approved', lines: [{ sku: 'TEE', expected: 7, received: 0 }] });
  });

  it.each(['before', 'after'] as const)('is opened once when the answer is lost %s the work', async (when) => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const method = version === '17.0' ? 'create_returns' : 'action_create_returns';
    world.platform.faults.next(`stock.return.picking.${method}`, { kind: 'drop', when });
    await world.erp.returns.create(aReturn(order, 7), key);
    await world.connect().returns.create(aReturn(order, 7), key);
    expect(announced(world)).toBe(7);
  });

  it('is gone on with where the process died before its mark was written', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const revive = world.platform.faults.always('stock.picking.write', { kind: 'drop', when: 'before' });
    await expect(world.erp.returns.create(aReturn(order, 7), key)).rejects.toMatchObject({ code: 'write.uncertain' });
    revive();
    await world.connect().returns.create(aReturn(order, 7), key);
    expect(announced(world)).toBe(7);
  });

  it('is refused under a key that opened another one, and opens nothing', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    await world.erp.returns.create(aReturn(order, 2), key);
    const others = [aReturn(order, 3), aReturn(order, 2, { number: 'RMA-78' })];
    for (const other of others) {
      await expect(world.erp.returns.create(other, key)).rejects.toMatchObject({ code: 'key.reused' });
    }
    const double = world.erp.returns.create(aReturn(order, 3), { idempotencyKey: 'another' });
    await expect(double).rejects.toMatchObject({ code: 'record.duplicate' });
    expect(announced(world)).toBe(2);
  });

  it('of more than was shipped and is not back is refused, and opens nothing', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    await world.erp.returns.create(aReturn(order, 8), key);
    const more = aReturn(order, 3, { number: 'RMA-78' });
    await expect(world.erp.returns.create(more, { idempotencyKey: 'more' })).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"TEE": 1 too many, 2 can come back') as string,
    });
    expect(announced(world)).toBe(8);
  });

  it('books what arrived once, and leaves the rest open', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const ref = await world.erp.returns.create(aReturn(order, 7), key);
    const receipt = arrived(ref, [5, 'restock']);
    world.platform.faults.next('stock.picking.button_validate', { kind: 'drop', when: 'after' });
    await world.erp.returns.confirm(receipt, { idempotencyKey: 'a' });
    await world.connect().returns.confirm(receipt, { idempotencyKey: 'a' });
    expect(world.state.stockOf('TEE').onHand).toBe(95);
    const open = await world.erp.returns.get(ref);
    expect(open).toMatchObject({ status: 'approved', lines: [{ expected: 7, received: 5 }] });
    await world.erp.returns.confirm(arrived(ref, [2, 'restock']), { idempotencyKey: 'b' });
    expect(world.state.stockOf('TEE').onHand).toBe(97);
    const pulled = (await all(world.erp.returns.pull({}))).flatMap(({ items }) => items);
    expect(pulled).toMatchObject([
      { ref, status: 'received', lines: [{ expected: 7, received: 7, disposition: 'restock' }] },
    ]);
  });

  it('refuses other counts under one key, more than is open, and goods that have no place', async () => {
    const world = aWorld(version);
    const order = await aShippedOrder(world);
    const ref = await world.erp.returns.create(aReturn(order, 3), key);
    await world.erp.returns.confirm(arrived(ref, [1, 'restock']), { idempotencyKey: 'a' });
    const book = (receipt: ReturnReceipt, idempotencyKey: string) =>
      world.erp.returns.confirm(receipt, { idempotencyKey });
    await expect(book(arrived(ref, [2, 'restock']), 'a')).rejects.toMatchObject({ code: 'key.reused' });
    await expect(book(arrived(ref, [3, 'restock']), 'b')).rejects.toMatchObject({ code: 'record.rejected' });
    await expect(book(arrived(ref, [1, 'dispose']), 'c')).rejects.toMatchObject({
      code: 'record.rejected',
      message: expect.stringContaining('"dispose"') as string,
    });
    expect(world.state.stockOf('TEE').onHand).toBe(91);
  });
});

describe('two returns of the same goods', () => {
  it('that are opened at one moment never bring back more than was shipped', async () => {
    const world = aWorld();
    const order = await aShippedOrder(world);
    const open = (name: string) =>
      world
        .connect()
        .returns.create(aReturn(order, 8, { number: name }), { idempotencyKey: name })
        .catch((error: unknown) => error);
    const answers = await Promise.all(['A', 'B', 'C'].map(open));
    expect(announced(world)).toBeLessThanOrEqual(10);
    const refusals = answers.flatMap((answer) => (isCommerceError(answer) ? [answer.code] : []));
    expect(refusals.filter((code) => code !== 'record.rejected' && code !== 'platform.conflict')).toEqual([]);
  });
});
