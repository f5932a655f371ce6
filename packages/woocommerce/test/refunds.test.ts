import { isCommerceError, type Refund, type RefundDraft } from '@crossdock/core';
import { wooKey, type FakeWooCommerceOptions } from '@crossdock/testing';
import { describe, expect, it } from 'vitest';
import type { WooCommerceOptions } from '../src/index.ts';
import { euros } from './drafts.ts';
import { refOf } from './shop.ts';
import { shopWithGoods } from './world.ts';

type World = ReturnType<typeof shopWithGoods>;

/** A shop with one order of three tees and two mugs and 4.90 of carriage: 53.43 altogether, of which 8.53 are tax. */
function sold(options: Partial<WooCommerceOptions> = {}, fakeOptions: FakeWooCommerceOptions = {}) {
  const world = shopWithGoods(options, fakeOptions);
  const id = world.place({ shippingLines: [{ methodId: 'flat_rate', title: 'Flat', total: '4.90' }] });
  const [tees, mugs] = (world.state.order(id)?.lines ?? []).map((line) => String(line.id));
  const line = (units: number, change: Partial<RefundDraft['lines'][number]> = {}) => ({
    orderLineId: tees ?? '',
    quantity: units,
    amount: euros('10.00'),
    tax: euros('1.90'),
    restocked: true,
    ...change,
  });
  const draft = (change: Partial<RefundDraft> = {}): RefundDraft => ({
    number: 'R-1',
    order: refOf(id),
    lines: [line(1)],
    total: euros('11.90'),
    refundedAt: '2026-11-01T10:00:00Z',
    ...change,
  });
  const refunds = () => (world.state.order(id)?.refunds ?? []).map(({ amount }) => amount.toString());
  return { ...world, id, mugs: mugs ?? '', line, draft, refunds };
}

const refund = (shop: World['shop'], draft: RefundDraft, idempotencyKey = 'k') =>
  shop.refunds.create(draft, { idempotencyKey });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (isCommerceError(error) ? error.code : 'no CommerceError'),
  );

async function pulled(shop: World['shop']): Promise<readonly Refund[]> {
  const all: Refund[] = [];
  for await (const { items } of shop.refunds.pull({})) all.push(...items);
  return all;
}

function remove({ fake }: Pick<World, 'fake'>, path: string) {
  const authorization = `Basic ${btoa(`${wooKey.key}:${wooKey.secret}`)}`;
  return fake.fetch(`https://shop.example/wp-json/wc/v3/${path}`, { method: 'DELETE', headers: { authorization } });
}

describe('money that went back', () => {
  it('is booked once, and never asked of a gateway', async () => {
    const { shop, connect, draft, refunds, state, id } = sold();
    const made = await refund(shop, draft({ note: 'Broken.' }));
    expect(await refund(connect(), draft({ note: 'Broken.' }))).toEqual(made);
    expect([refunds(), state.stockOf('TEE')]).toEqual([['11900000'], 998]);
    expect(state.order(id)?.refunds[0]).toMatchObject({ isPaidBack: false });
    expect(await pulled(shop)).toEqual([
      {
        ref: made,
        order: refOf(id),
        lines: [
          {
            orderLineId: draft().lines[0]?.orderLineId,
            quantity: 1,
            amount: euros('10.00'),
            tax: euros('1.90'),
            restocked: true,
          },
        ],
        total: euros('11.90'),
        note: 'Broken.',
        refundedAt: expect.any(String),
      },
    ]);
    const order = await shop.orders.get(refOf(id));
    expect([order?.lines[0]?.quantity, order?.paymentStatus]).toEqual([2, 'partially-refunded']);
  });

  it('leaves goods where they are that do not go back on sale', async () => {
    const { shop, draft, line, state } = sold();
    await refund(shop, draft({ lines: [line(1, { restocked: false })] }));
    expect(state.stockOf('TEE')).toBe(997);
    expect((await pulled(shop))[0]?.lines[0]?.restocked).toBe(false);
  });

  it('of money alone changes no units', async () => {
    const { shop, draft, line, state, id } = sold();
    await refund(shop, draft({ lines: [line(0)] }));
    expect(state.stockOf('TEE')).toBe(997);
    expect((await shop.orders.get(refOf(id)))?.lines[0]?.quantity).toBe(3);
    expect((await pulled(shop))[0]).toMatchObject({
      total: euros('11.90'),
      lines: [{ quantity: 0, amount: euros('10.00') }],
    });
  });

  it('of carriage is of the line that it was charged on, with its tax', async () => {
    const { shop, draft, refunds } = sold();
    const carriage = { lines: [], shipping: euros('2.00'), total: euros('2.00') };
    await refund(shop, draft(carriage));
    expect((await pulled(shop))[0]).toMatchObject({ shipping: euros('2.00'), total: euros('2.00') });
    const rest = { number: 'R-2', lines: [], shipping: euros('3.83'), total: euros('3.83') };
    await refund(shop, draft(rest), 'k2');
    expect(refunds()).toEqual(['2000000', '3830000']);
    const more = { number: 'R-3', lines: [], shipping: euros('0.01'), total: euros('0.01') };
    expect(await codeOf(refund(shop, draft(more), 'k3'))).toBe('record.rejected');
  });

  it('puts no unit back twice where an earlier refund took it', async () => {
    const { shop, draft, line, state } = sold();
    const three = { lines: [line(3, { amount: euros('5.00'), tax: euros('0.95') })], total: euros('5.95') };
    await refund(shop, draft(three));
    expect(state.stockOf('TEE')).toBe(1000);
    await refund(shop, draft({ ...three, number: 'R-2' }), 'k2');
    expect(state.stockOf('TEE')).toBe(1000);
  });

  it('is asked of the gateway where the team wants it, and refused as a whole by one that cannot', async () => {
    const world = sold({ refundAtGateway: true });
    world.state.settings.gateways = [{ id: 'card', title: 'Card', enabled: true, refunds: 'no' }];
    expect(await codeOf(refund(world.shop, world.draft()))).toBe('record.rejected');
    expect(world.refunds()).toEqual([]);
  });

  it('tells which return it was for', async () => {
    const { shop, draft } = sold();
    const of = { system: 'warehouse', kind: 'return', id: 'RMA-1' } as const;
    await refund(shop, draft({ return: of }));
    expect((await pulled(shop))[0]?.return).toEqual(of);
  });
});

describe('a refund that is refused books nothing', () => {
  it.each<[string, (world: ReturnType<typeof sold>) => Partial<RefundDraft>, string]>([
    ['another sum than its parts', () => ({ total: euros('12.00') }), 'totals.mismatch'],
    [
      'more than is left',
      ({ line }) => ({ lines: [line(3, { amount: euros('50.00') })], total: euros('51.90') }),
      'no error',
    ],
    [
      'more than was paid',
      ({ line }) => ({ lines: [line(3, { amount: euros('60.00') })], total: euros('61.90') }),
      'record.rejected',
    ],
    ['more units than were ordered', ({ line }) => ({ lines: [line(4)] }), 'record.rejected'],
    ['half a unit', ({ line }) => ({ lines: [line(0.5)] }), 'record.rejected'],
    ['a line that is not there', ({ line }) => ({ lines: [line(1, { orderLineId: '404' })] }), 'record.rejected'],
    [
      'goods of which some go back on sale',
      ({ line, mugs }) => ({
        lines: [line(1), line(1, { orderLineId: mugs, restocked: false })],
        total: euros('23.80'),
      }),
      'record.rejected',
    ],
    [
      'another currency',
      () => ({ lines: [], shipping: { amount: '1.00', currency: 'USD' }, total: { amount: '1.00', currency: 'USD' } }),
      'money.invalid',
    ],
    [
      'a comma',
      ({ line }) => ({ lines: [line(1, { amount: { amount: '10,00', currency: 'EUR' } })] }),
      'money.invalid',
    ],
    [
      'a part of a coin',
      ({ line }) => ({ lines: [line(1, { amount: euros('10.005') })], total: euros('11.905') }),
      'totals.mismatch',
    ],
    ['nothing', () => ({ lines: [], total: euros('0.00') }), 'record.rejected'],
    ['an order that is not there', () => ({ order: refOf(404_404) }), 'record.missing'],
    ['an order of another system', () => ({ order: { system: 'other', kind: 'order', id: '12' } }), 'record.missing'],
  ])('%s', async (_what, change, code) => {
    const world = sold();
    expect(await codeOf(refund(world.shop, world.draft(change(world))))).toBe(code);
    expect(world.refunds()).toHaveLength(code === 'no error' ? 1 : 0);
  });

  it('tax of an order that has none', async () => {
    const world = shopWithGoods();
    const id = world.place({ shipping: { country: 'CH' }, billing: { country: 'CH' } });
    const orderLineId = String(world.state.order(id)?.lines[0]?.id);
    const lines = [{ orderLineId, quantity: 1, amount: euros('10.00'), tax: euros('1.90'), restocked: true }];
    const draft = { number: 'R-1', order: refOf(id), lines, total: euros('11.90'), refundedAt: '2026-11-01T10:00:00Z' };
    expect(await codeOf(refund(world.shop, draft))).toBe('tax.mismatch');
    expect(world.state.order(id)?.refunds).toEqual([]);
  });

  it('another content under its key, and another one under its number', async () => {
    const { shop, connect, draft, refunds } = sold();
    await refund(shop, draft());
    expect(await codeOf(refund(connect(), draft({ note: 'Other.' })))).toBe('key.reused');
    expect(await codeOf(refund(connect(), draft({ number: 'R-2' })))).toBe('key.reused');
    expect(await codeOf(refund(connect(), draft({ note: 'Other.' }), 'k2'))).toBe('record.duplicate');
    expect(refunds()).toHaveLength(1);
  });
});

describe('two refunds at one moment', () => {
  it('of one process never give more than there is', async () => {
    const { shop, line, draft, refunds } = sold();
    const half = (number: string) =>
      draft({ number, lines: [line(1, { amount: euros('40.00') })], total: euros('41.90') });
    const codes = await Promise.all([codeOf(refund(shop, half('R-1'))), codeOf(refund(shop, half('R-2'), 'k2'))]);
    expect(codes).toEqual(['no error', 'record.rejected']);
    expect(refunds()).toHaveLength(1);
  });

  it('that both passed in the shop are told by name until a person deleted one', async () => {
    const world = sold();
    const { shop, connect, draft, line, state, id } = world;
    state.during('POST /orders/{id}/refunds', () => state.refund(id, { amount: '50.00' }));
    const much = draft({ lines: [line(1, { amount: euros('40.00') })], total: euros('41.90') });
    const ids = () => (state.order(id)?.refunds ?? []).map((one) => one.id);
    for (const caller of [shop, connect()]) {
      const told = refund(caller, much).catch((error: unknown) => error);
      const error = await told;
      expect(isCommerceError(error, 'record.rejected')).toBe(true);
      for (const one of ids()) expect(String(error)).toContain(`"${one}"`);
    }
    expect(ids()).toHaveLength(2);
    const other = state.order(id)?.refunds.find(({ reason }) => !reason.includes('(ref. '))?.id;
    await remove(world, `orders/${id}/refunds/${other}?force=true`);
    expect(await refund(connect(), much)).toMatchObject({ kind: 'refund' });
  });

  it('with the same number, of two processes, are told by name', async () => {
    const world = sold();
    const { connect, draft, refunds, fake } = world;
    let isDone = false;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (!isDone && request.method === 'POST') {
        isDone = true;
        await refund(connect(), draft());
      }
      return fake.fetch(request);
    };
    expect(await codeOf(refund(connect({ fetch }), draft()))).toBe('record.duplicate');
    expect(await codeOf(refund(connect(), draft()))).toBe('record.duplicate');
    expect(refunds()).toHaveLength(2);
  });
});
