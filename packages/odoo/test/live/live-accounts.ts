import { money, type InvoiceDraft, type Money, type PaymentDraft, type Ref, type RefundDraft } from '@crossdock/core';
import type { BillingStage, Scenery } from '@crossdock/testing/conformance';
import * as z from 'zod';
import { many2one, optionalText, recordId, rowOf } from '../../src/index.ts';
import { frozen, idsIn, refOf, type LiveGround } from './live-ground.ts';
import type { LiveState } from './live-platform.ts';

const bill = rowOf(
  z.object({ id: recordId, name: optionalText, state: z.string(), amount_residual: z.number(), currency_id: many2one }),
);
const billWizard = 'sale.advance.payment.inv';

/** What buyers owe, pay and are given back. */
export function liveAccounts(ground: LiveGround) {
  const { client, customer, hand, idsOf, options, teeId } = ground;
  const partner_id = Number(customer.id);

  return {
    'invoices.pull': {
      seed: ground.pooled(async (count) => typed('out_invoice', count)),
      touch: (_platform, ref) => ground.touch('account.move', ref, 'narration'),
      unknownStatus: async (platform) => frozen(platform, 'account.move', await typedBill()),
    },
    'invoices.get': { unknown: () => refOf('invoice', 1_987_654_321) },
    'invoices.readiness': { unknown: () => refOf('order', 1_987_654_321), at: (_platform, stage) => orderAt(stage) },
    'invoices.create': {
      draft: async (): Promise<InvoiceDraft> => ({ order: await shippedOrder() }),
      created: () => movesOf('out_invoice'),
      total: () => money('20.00', ground.currency),
      isDraft: async (_platform, id) => (await moveOf(id)).state === 'draft',
    },
    'invoices.confirm': {
      waiting: () => typedBill(),
      async number(_platform, { id }) {
        const { state, name } = await moveOf(id);
        return state === 'posted' ? String(name) : undefined;
      },
    },
    'payments.pull': {
      seed: ground.pooled(async (count) => {
        const journal_id = options.paymentJournals?.['card'];
        const one = { partner_id, partner_type: 'customer', payment_type: 'inbound', amount: 5, journal_id };
        const ids = await client.create(
          'account.payment',
          Array.from({ length: count }, () => one),
        );
        return ids.map((id) => refOf('payment', id));
      }),
      async touch(_platform, ref) {
        await ground.touch('account.payment', ref, (await client.version()) < 18 ? 'ref' : 'memo');
      },
    },
    'payments.create': {
      async draft({ state }, number): Promise<PaymentDraft> {
        const invoice = await typedBill();
        await hand.press('account.move', 'action_post', idsIn([invoice]));
        const reference = `TX-${ground.run}-${state.number}-${number}`;
        return { invoice, amount: await dueOf(invoice), gateway: 'card', reference, paidOn: '2026-11-23' };
      },
      created: () => idsOf('account.payment', ['partner_id', '=', partner_id]),
      due: (_platform, invoice) => dueOf(invoice),
    },
    'refunds.pull': {
      seed: ground.pooled(async (count) => {
        const [line] = await ground.linesOf(await shippedOrder());
        const more = { quantity: 0.01, sale_line_ids: [[6, 0, [line?.id ?? 0]]] };
        const notes = await typed('out_refund', count, more);
        await hand.press('account.move', 'action_post', idsIn(notes));
        return notes.map(({ id }) => refOf('refund', Number(id)));
      }),
      touch: (_platform, ref) => ground.touch('account.move', ref, 'narration'),
    },
    'refunds.create': {
      async draft({ state }, number): Promise<RefundDraft> {
        const order = await billedOrder();
        const [line] = await ground.linesOf(order);
        const amount = ground.money('10.00');
        const tax = ground.money('0.00');
        return {
          number: `REFUND-${ground.run}-${state.number}-${number}`,
          order,
          lines: [{ orderLineId: String(line?.id), quantity: 1, amount, tax, restocked: false }],
          total: amount,
          refundedAt: '2026-11-23T09:30:00Z',
        };
      },
      created: () => movesOf('out_refund'),
    },
  } satisfies Partial<Scenery<LiveState>>;

  /** Bills or credit notes that somebody types in, of one tee; drafts. */
  async function typed(move_type: string, count: number, more = {}): Promise<readonly Ref<'invoice'>[]> {
    const line = { product_id: teeId, quantity: 1, price_unit: 20, tax_ids: [[6, 0, []]], ...more };
    const values = { move_type, partner_id, invoice_line_ids: [[0, 0, line]] };
    const ids = await client.create(
      'account.move',
      Array.from({ length: count }, () => values),
    );
    return ids.map((id) => refOf('invoice', id));
  }

  async function typedBill(): Promise<Ref<'invoice'>> {
    const [one = refOf('invoice', 0)] = await typed('out_invoice', 1);
    return one;
  }

  async function shippedOrder(): Promise<Ref<'order'>> {
    const [one] = await ground.shipped(1);
    return one?.order ?? refOf('order', 0);
  }

  /** An order that left, with its bill as Odoo makes it for a person, final. */
  async function billedOrder(): Promise<Ref<'order'>> {
    const order = await shippedOrder();
    const values = { advance_payment_method: 'delivered', sale_order_ids: [[6, 0, idsIn([order])]] };
    await hand.press(billWizard, 'create_invoices', await client.create(billWizard, [values]));
    const bills = await idsOf('account.move', ['invoice_line_ids.sale_line_ids.order_id', '=', Number(order.id)]);
    await hand.press('account.move', 'action_post', bills.map(Number));
    return order;
  }

  async function orderAt(stage: BillingStage): Promise<Ref<'order'>> {
    if (stage === 'shipped') return shippedOrder();
    if (stage === 'billed') return billedOrder();
    const make = stage === 'draft' ? ground.quotes : ground.confirmed;
    const [order = refOf('order', 0)] = await make(1);
    if (stage === 'canceled') {
      await hand.press('sale.order', 'action_cancel', idsIn([order]), { disable_cancel_warning: true });
    }
    return order;
  }

  function movesOf(type: string): Promise<readonly string[]> {
    return idsOf('account.move', ['move_type', '=', type], ['partner_id', '=', partner_id]);
  }

  async function moveOf(id: string) {
    const [found] = await client.read('account.move', [Number(id)], bill);
    if (!found) throw new Error(`Odoo has no bill "${id}".`);
    return found;
  }

  async function dueOf({ id }: Ref<'invoice'>): Promise<Money> {
    const { amount_residual, currency_id } = await moveOf(id);
    return money(amount_residual.toFixed(2), currency_id.name);
  }
}
