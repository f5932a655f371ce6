import type { OrderDraft, PaymentDraft, RefundDraft, Ref } from '@crossdock/core';
import { aDraft, aLine, aTax, eur } from './drafts.ts';
import type { aWorld } from './world.ts';

export type World = ReturnType<typeof aWorld>;

/** An order of two tees, confirmed and shipped by hand, and a connector that knows where money comes to. */
export async function aShippedOrder(world: World): Promise<Ref<'order'>> {
  const lines = [aLine({ sku: 'TEE', quantity: 2 })];
  const source = { system: 'shop', kind: 'order', id: '5001' } as const;
  const order = await world.erp.orders.create(aDraft({ lines, customer: world.customer, source }), {
    idempotencyKey: 'o',
  });
  const shipment = {
    ref: { system: 'warehouse', kind: 'shipment', id: 'S-1' },
    number: 'S-1',
    status: 'handed-over',
    wireStatus: 'shipped',
    parcels: [{ id: '1', carrier: 'UPS', trackingNumber: '1Z', lines: [{ sku: 'TEE', quantity: 2 }] }],
    updatedAt: '2026-11-23T10:00:00Z',
  } as const;
  await world.erp.shipments.confirm({ order, shipment }, { idempotencyKey: 's' });
  return order;
}

/** Money that came in by the gateway "stripe", of which connectors of these tests know the journal. */
export function aPayment(invoice: Ref<'invoice'>, amount: string, reference = 'ch_1'): PaymentDraft {
  return { invoice, amount: { amount, currency: 'EUR' }, gateway: 'stripe', reference, paidOn: '2026-11-24' };
}

/** An order that was billed with a final invoice, and the ids of its lines. */
export async function aBilledOrder(world: World, change: Partial<OrderDraft> = {}) {
  const lines = [aLine({ sku: 'TEE', quantity: 3, taxes: [aTax('0.2', '6.00')] })];
  const draft = aDraft({ lines, customer: world.customer, ...change });
  const order = await world.erp.orders.create(draft, { idempotencyKey: 'order' });
  const invoice = await bill(world, order, 'bill');
  const there = world.state.saleOrders.find(({ id }) => String(id) === order.id);
  return { order, invoice, lineIds: (there?.lines ?? []).map(({ id }) => String(id)) };
}

/** A final bill of an order. */
export async function bill({ erp }: World, order: Ref<'order'>, idempotencyKey: string): Promise<Ref<'invoice'>> {
  const invoice = await erp.invoices.create({ order }, { idempotencyKey });
  return erp.invoices.confirm(invoice, { idempotencyKey });
}

/** One tee that is given back, with its tax. */
export function aShare(
  orderLineId = '',
  change: Partial<RefundDraft['lines'][number]> = {},
): RefundDraft['lines'][number] {
  return { orderLineId, quantity: 1, amount: eur('10.00'), tax: eur('2.00'), restocked: false, ...change };
}

/** What the channel gave back on an order. */
export function aRefund(
  order: Ref<'order'>,
  lines: RefundDraft['lines'],
  total: string,
  more: Partial<RefundDraft> = {},
): RefundDraft {
  return { number: 'R-1', order, lines, total: eur(total), refundedAt: '2026-11-24T10:00:00Z', ...more };
}
