import type { PaymentDraft, Ref } from '@crossdock/core';
import { aDraft, aLine } from './drafts.ts';
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
