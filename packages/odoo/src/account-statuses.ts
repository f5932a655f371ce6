import { defineStatusMap, invoiceStatuses, paymentStatuses, type InvoiceStatus } from '@crossdock/core';

// Odoo's words as fields_get lists them: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.

const byPayment = { held: 'Odoo says it with the payment state of the invoice' };
const byState = { held: 'Odoo says it with the state of the invoice' };

const moveState = defineStatusMap({
  name: 'odoo account.move.state',
  wire: ['draft', 'posted', 'cancel'],
  canonical: invoiceStatuses,
  decode: { draft: 'draft', posted: 'open', cancel: 'canceled' },
  encode: { draft: 'draft', open: 'posted', canceled: 'cancel', 'partially-paid': byPayment, paid: byPayment },
});

/** `reversed`: a credit note of the whole sum settled it, so that nobody pays it any more. */
const settlement = defineStatusMap({
  name: 'odoo account.move.payment_state',
  wire: ['not_paid', 'in_payment', 'paid', 'partial', 'reversed', 'blocked', 'invoicing_legacy'],
  canonical: invoiceStatuses,
  decode: {
    not_paid: 'open',
    in_payment: 'paid',
    paid: 'paid',
    partial: 'partially-paid',
    reversed: 'canceled',
    blocked: { held: 'somebody blocked the payment of the invoice' },
    invoicing_legacy: { held: 'the invoice is from a release that kept no payments' },
  },
  encode: { open: 'not_paid', 'partially-paid': 'partial', paid: 'paid', canceled: 'reversed', draft: byState },
});

/** A posted invoice stands where its payments stand. */
export function invoiceStatusOf(
  move: { readonly state: string; readonly payment_state: string | null },
  record: string,
): InvoiceStatus {
  const status = moveState.decode(move.state, record);
  return status === 'open' && move.payment_state !== null ? settlement.decode(move.payment_state, record) : status;
}

const notHere = { held: 'Odoo says it on the invoice and not on the payment' };

/** `posted` is the word of 17; from 18 it is `in_process`, and `paid` once the bank confirmed it. */
export const paymentState = defineStatusMap({
  name: 'odoo account.payment.state',
  wire: ['draft', 'posted', 'in_process', 'paid', 'canceled', 'cancel', 'cancelled', 'rejected'],
  canonical: paymentStatuses,
  decode: {
    draft: 'pending',
    posted: 'paid',
    in_process: 'paid',
    paid: 'paid',
    canceled: 'voided',
    cancel: 'voided',
    cancelled: 'voided',
    rejected: 'voided',
  },
  encode: {
    pending: 'draft',
    paid: 'paid',
    voided: 'canceled',
    authorized: notHere,
    'partially-paid': notHere,
    'partially-refunded': notHere,
    refunded: notHere,
    expired: notHere,
  },
});
