import { subtractMoney, type InvoiceDraft, type Money, type Ref } from '@crossdock/core';
import type { OdooState } from '@crossdock/testing';
import type { BillingStage, Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { moneyOf } from '../../src/amounts.ts';
import { refOf, saleOrder, type Erp, type Ground } from './ground.ts';

/** What buyers owe, pay and are given back. */
export function accountsScenery(ground: Ground) {
  const { frozen, rename, slowly } = ground;
  return {
    'invoices.pull': {
      seed: (platform, count) => Array.from({ length: count }, () => typedBill(platform, ground)),
      touch: (platform, { id }) => rename(platform, 'account.move', id, 'narration'),
      late: slowly('account.move', (_platform: Erp, { id }: Ref<'invoice'>) => id),
      unknownStatus: (platform) => frozen(platform, 'account.move', typedBill(platform, ground)),
    },
    'invoices.get': { unknown: () => refOf('invoice', 987_654) },
    'invoices.readiness': {
      unknown: () => refOf('order', 987_654),
      at: (platform, stage) => orderAt(platform, ground, stage),
    },
    'invoices.create': {
      draft: async (platform): Promise<InvoiceDraft> => ({ order: await shippedOrder(platform, ground) }),
      created: ({ state }) => billIds(state, 'out_invoice'),
      total({ state }, { order }) {
        const { amountTotal, currency } = saleOrder(state, order);
        return moneyOf(amountTotal, currency);
      },
      isDraft: ({ state }, id) => moveOf(state, id)['state'] === 'draft',
    },
    'invoices.confirm': {
      waiting: (platform) => typedBill(platform, ground),
      number({ state }, { id }) {
        const { state: stage, name } = moveOf(state, id);
        return stage === 'posted' && typeof name === 'string' ? name : undefined;
      },
    },
    'payments.pull': {
      seed: (platform, count) => Array.from({ length: count }, () => typedPayment(platform, ground)),
      touch: (platform, { id }) => rename(platform, 'account.payment', id, ground.version === '17.0' ? 'ref' : 'memo'),
      late: slowly('account.payment', (_platform: Erp, { id }: Ref<'payment'>) => id),
    },
    'payments.create': {
      async draft(platform, number) {
        const invoice = typedBill(platform, ground);
        await post(platform, ground, [invoice]);
        const amount = await dueOf(platform, ground, invoice);
        return { invoice, amount, gateway: 'card', reference: `TX-${number}`, paidOn: '2026-11-23' };
      },
      created: ({ state }) => state.records('account.payment').map(({ id }) => String(Number(id))),
      due: (platform, invoice) => dueOf(platform, ground, invoice),
    },
    'refunds.pull': {
      async seed(platform, count) {
        const order = await shippedOrder(platform, ground);
        const notes = Array.from({ length: count }, () => typedNote(platform, ground, order));
        await post(platform, ground, notes);
        return notes;
      },
      touch: (platform, { id }) => rename(platform, 'account.move', id, 'narration'),
      late: slowly('account.move', (_platform: Erp, { id }: Ref<'refund'>) => id),
    },
    'refunds.create': {
      async draft(platform, number) {
        const order = await billedOrder(platform, ground);
        await post(platform, ground, order.bills);
        const lines = saleOrder(platform.state, order.ref).lines.map(({ id, subtotal, total }) => {
          const { currency } = saleOrder(platform.state, order.ref);
          const amount = moneyOf(subtotal / 2, currency);
          return {
            orderLineId: String(id),
            quantity: 1,
            amount,
            tax: subtractMoney(moneyOf(total / 2, currency), amount),
            restocked: false,
          };
        });
        const { amountTotal, currency } = saleOrder(platform.state, order.ref);
        return {
          number: `REFUND-${number}`,
          order: order.ref,
          lines,
          total: moneyOf(amountTotal / 2, currency),
          refundedAt: '2026-11-23T09:30:00Z',
        };
      },
      created: ({ state }) => billIds(state, 'out_refund'),
    },
  } satisfies Partial<Scenery<OdooState>>;
}

/** A bill that somebody types in, of one tee and no order; a draft. */
function typedBill(platform: Erp, ground: Ground): Ref<'invoice'> {
  return refOf('invoice', typed(platform, ground, { move_type: 'out_invoice' }));
}

/** A credit note of a part of what an order was billed, a draft. */
function typedNote(platform: Erp, ground: Ground, order: Ref<'order'>): Ref<'refund'> {
  const [line] = saleOrder(platform.state, order).lines;
  const more = { quantity: 0.01, sale_line_ids: [[6, 0, [Number(line?.id)]]] };
  return refOf('refund', typed(platform, ground, { move_type: 'out_refund' }, more));
}

function typed(platform: Erp, { worldOf }: Ground, head: { readonly move_type: string }, more = {}): number {
  const { state } = platform;
  const tee = state.records('product.product').find((one) => one['default_code'] === 'TEE');
  const line = { product_id: Number(tee?.['id']), quantity: 1, price_unit: 20, ...more };
  const partner_id = Number(worldOf(platform).customer.id);
  return state.add('account.move', { ...head, partner_id, invoice_line_ids: [[0, 0, line]] });
}

function typedPayment(platform: Erp, { worldOf }: Ground): Ref<'payment'> {
  const partner_id = Number(worldOf(platform).customer.id);
  const payment = { partner_id, partner_type: 'customer', payment_type: 'inbound', amount: 5 };
  return refOf('payment', platform.state.add('account.payment', payment));
}

/** Makes drafts final, as a person does. */
async function post(
  platform: Erp,
  { clientOf }: Ground,
  moves: readonly (Ref<'invoice'> | Ref<'refund'>)[],
): Promise<void> {
  const release = platform.clock.hold();
  const call = { ids: moves.map(({ id }) => Number(id)), answer: z.unknown(), safety: 'repeatable' } as const;
  await clientOf(platform).call('account.move', 'action_post', call);
  release();
}

async function shippedOrder(platform: Erp, ground: Ground): Promise<Ref<'order'>> {
  const [one] = await ground.shipped(platform, 1);
  if (!one) throw new Error('No order left.');
  return one.order;
}

/** An order that left, with its bill as Odoo makes it for a person: a draft. */
async function billedOrder(platform: Erp, ground: Ground) {
  const ref = await shippedOrder(platform, ground);
  const before = new Set(billIds(platform.state, 'out_invoice'));
  const release = platform.clock.hold();
  const client = ground.clientOf(platform);
  const wizard = { advance_payment_method: 'delivered', sale_order_ids: [[6, 0, [Number(ref.id)]]] };
  const ids = await client.create('sale.advance.payment.inv', [wizard]);
  const model = 'sale.advance.payment.inv';
  await client.call(model, 'create_invoices', { ids, answer: z.unknown(), safety: 'repeatable' });
  release();
  const made = billIds(platform.state, 'out_invoice').filter((id) => !before.has(id));
  return { ref, bills: made.map((id) => refOf('invoice', Number(id))) };
}

/** An order in a shop that bills what was shipped: Odoo bills what was ordered unless a product says otherwise. */
async function orderAt(platform: Erp, ground: Ground, stage: BillingStage): Promise<Ref<'order'>> {
  const tee = platform.state.records('product.template').find((one) => one['name'] === 'Tee, red');
  platform.state.change('product.template', Number(tee?.['id']), { invoice_policy: 'delivery' });
  if (stage === 'draft') return ground.quote(platform);
  if (stage === 'shipped') return shippedOrder(platform, ground);
  if (stage === 'billed') return (await billedOrder(platform, ground)).ref;
  const [order = refOf('order', 0)] = await ground.open(platform, 1);
  if (stage === 'canceled') platform.state.change('sale.order', Number(order.id), { state: 'cancel' });
  return order;
}

const dueRow = {
  fields: ['amount_residual', 'currency_id'],
  schema: z.object({ id: z.number(), amount_residual: z.number(), currency_id: z.tuple([z.number(), z.string()]) }),
};

/** What a bookkeeper has still to ask for: Odoo takes nothing off for what waits for the bank. */
async function dueOf(platform: Erp, { clientOf }: Ground, { id }: Ref<'invoice'>): Promise<Money> {
  const release = platform.clock.hold();
  const [bill] = await clientOf(platform).read('account.move', [Number(id)], dueRow);
  release();
  if (!bill) throw new Error(`Odoo has no bill "${id}".`);
  const waiting = platform.state.records('account.payment').filter((payment) => {
    const bills = payment['invoice_ids'];
    const isLive = payment['state'] === 'in_process' || payment['state'] === 'paid';
    return isLive && payment['move_id'] === false && Array.isArray(bills) && bills.includes(Number(id));
  });
  const paid = waiting.reduce((sum, payment) => sum + Number(payment['amount']), 0);
  return moneyOf(bill.amount_residual - paid, bill.currency_id[1]);
}

function billIds(state: OdooState, type: 'out_invoice' | 'out_refund'): readonly string[] {
  const bills = state.records('account.move').filter((move) => move['move_type'] === type);
  return bills.map(({ id }) => String(Number(id)));
}

function moveOf(state: OdooState, id: string) {
  const move = state.records('account.move').find((one) => one['id'] === Number(id));
  if (!move) throw new Error(`Odoo has no bill "${id}".`);
  return move;
}
