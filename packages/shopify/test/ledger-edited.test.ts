import { money, type CaptureDraft, type RefundDraft, type TrackingReport } from '@crossdock/core';
import { describe, expect, it } from 'vitest';
import { between } from './calls.ts';
import { refOf, shopWithGoods } from './shop.ts';

type Shop = ReturnType<typeof shopWithGoods>['shop'];

/** An order that is reserved, shipped and on its way back, and a write of each operation that is noted on it. */
function scene() {
  const world = shopWithGoods();
  const { state } = world;
  const { id, lines } = world.place({ payments: [{ kind: 'authorization', multiCapturable: true }] });
  state.shipOrder(id);
  const opened = state.openReturn(id, { lines: [{ sku: 'TEE', quantity: 1 }] });
  const authorization = state.transactionsOf(id)[0]?.id ?? '';
  const fulfillment = state.fulfillmentsOf(id)[0]?.id ?? '';
  const capture: CaptureDraft = { order: refOf(id), authorization, amount: money('10.00', 'USD') };
  const amount = money('10.00', 'USD');
  const line = { orderLineId: lines[0]?.id ?? '', quantity: 1, amount, tax: money('0.00', 'USD'), restocked: false };
  const refund: RefundDraft = {
    number: 'R-1',
    order: refOf(id),
    lines: [line],
    total: amount,
    refundedAt: '2026-11-03T10:00:00Z',
  };
  const back = { number: 'RMA', order: refOf(id), lines: [{ id: '1', sku: 'MUG', quantity: 1 }] };
  const arrived = { sku: 'TEE', received: 1, condition: 'sellable', disposition: 'restock' } as const;
  const receipt = {
    return: { system: 'shopify', kind: 'return', id: opened.id } as const,
    receivedAt: '2026-11-02T10:00:00Z',
    lines: [arrived],
  };
  const report: TrackingReport = { status: 'in-transit', at: '2026-11-02T10:00:00Z' };
  const shipment = { system: 'shopify', kind: 'shipment', id: fulfillment } as const;
  const key = { idempotencyKey: 'key' };
  const writes: Readonly<
    Record<string, { readonly subject: string; readonly write: (shop: Shop) => Promise<object> }>
  > = {
    'payments.capture': { subject: authorization, write: (shop) => shop.payments.capture(capture, key) },
    'refunds.create': { subject: id, write: (shop) => shop.refunds.create(refund, key) },
    'returns.create': { subject: '', write: (shop) => shop.returns.create(back, key) },
    'returns.confirm': { subject: opened.id, write: (shop) => shop.returns.confirm(receipt, key) },
    'shipments.report': { subject: fulfillment, write: (shop) => shop.shipments.report(shipment, report, key) },
  };
  /** Writes into the metafield what people may. */
  const note = (value: string) => {
    const [there] = state.metafields(id);
    const metafield = there ?? { namespace: '$app', key: 'crossdock_writes', type: 'json' };
    state.setMetafield(id, { ...metafield, value });
  };
  const noted = () => state.metafields(id)[0]?.value ?? '';
  return { ...world, writes, note, noted, id, capture };
}

describe('what somebody wrote where open writes are noted', () => {
  it.each(['payments.capture', 'refunds.create', 'returns.create', 'returns.confirm', 'shipments.report'])(
    'is told where `%s` cannot read it, and nothing is sent',
    async (operation) => {
      for (const trace of [{}, 'x', null, { mark: 3, lines: [{ id: 7 }] }]) {
        const { writes, note, noted, fake, connect } = scene();
        const { subject, write } = writes[operation] ?? {};
        const open = { attempt: 'a', leaseMs: 1000, trace };
        note(JSON.stringify({ writes: [{ operation, subject, key: 'abc', content: 'def', open }] }));
        const before = noted();
        const sent: string[] = [];
        const fetch = between(fake.fetch, ({ operationName, query }) => {
          if (query.startsWith('mutation')) sent.push(operationName);
          return undefined;
        });
        await expect(write?.(connect({ fetch }))).rejects.toMatchObject({ code: 'record.invalid' });
        expect([sent, noted()]).toEqual([[], before]);
      }
    },
  );

  it('takes no write over that another process is at', async () => {
    const { fake, connect, capture, note, noted, state, id } = scene();
    let ended: unknown;
    const fetch = between(fake.fetch, async ({ operationName }) => {
      if (operationName !== 'OrderCapture' || ended !== undefined) return undefined;
      ended = 'asked';
      const seen = { since: 'yesterday', look: 'one' };
      note(noted().replace('"leaseMs"', `"seen":${JSON.stringify(seen)},"leaseMs"`));
      const other = connect().payments.capture(capture, { idempotencyKey: 'key' });
      ended = await other.catch((error: unknown) => error);
      return undefined;
    });
    await connect({ fetch }).payments.capture(capture, { idempotencyKey: 'key' });
    expect(ended).toMatchObject({ code: 'record.invalid' });
    expect(state.transactionsOf(id).filter(({ kind }) => kind === 'CAPTURE')).toHaveLength(1);
  });
});
