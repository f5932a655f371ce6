import {
  isCommerceError,
  type Page,
  type PageProblem,
  type Payment,
  type PaymentDraft,
  type ReadOptions,
  type Ref,
  type Since,
  type TransactionStatus,
  type WriteOptions,
} from '@crossdock/core';
import { paymentState } from './account-statuses.ts';
import { moneyOf } from './amounts.ts';
import { changesSince } from './changes.ts';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { cursorOf, positionOf, reading, startOf } from './cursor.ts';
import { seenThrough } from './half-done.ts';
import { createPayment } from './payment-create.ts';
import { ownProblem } from './unreadable.ts';
import { paymentRow, type PaymentWire } from './wire/account.ts';
import { toMoment } from './wire/value.ts';

/** Payments changed per page. */
export const paymentsPerPage = 100;
const source = 'payment';
const operation = 'payments.pull';

/** Customers' payments, and what was paid back to them. */
export function paymentsPort(connection: Connection) {
  return {
    create: (draft: PaymentDraft, options: WriteOptions): Promise<Ref<'payment'>> =>
      seenThrough(connection, { operation: 'payments.create', refs: [draft.invoice] }, (watched) =>
        createPayment(watched, draft, options),
      ),

    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Payment>> {
      const { client, settings } = connection;
      let marks = positionOf(since, [source], connection)?.marks ?? {};
      const domain: Domain = [['partner_type', '=', 'customer']];
      const row = paymentRow(await client.fieldsGet('account.payment', options));
      const watched = { model: 'account.payment', domain, row };
      const from = startOf(marks, source, settings.overlapSeconds);
      const passed = reading(marks, source, connection);
      for await (const page of changesSince(client, watched, from, paymentsPerPage, options)) {
        marks = passed(page.newest, page.finished);
        const items: Payment[] = [];
        const problems: PageProblem[] = [];
        for (const payment of page.rows) {
          try {
            items.push(toPayment(connection, payment));
          } catch (error) {
            if (!isCommerceError(error) || error.kind !== 'business') throw error;
            problems.push({ ref: refTo(connection, 'payment', payment.id), error, version: payment.write_date });
          }
        }
        const about = { model: watched.model, operation };
        for (const bad of page.unreadable) problems.push(ownProblem(connection, 'payment', { ...about, bad }));
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: cursorOf({ marks }) };
      }
    },
  };
}

const transactionStatus: Readonly<Record<string, TransactionStatus>> = {
  pending: 'pending',
  paid: 'succeeded',
  voided: 'failed',
};

/** What was paid back to a customer is `refunded` once it is booked. Odoo keeps the day of a payment and no time. */
function toPayment(connection: Connection, payment: PaymentWire): Payment {
  const back = payment.payment_type === 'outbound';
  const status = paymentState.decode(payment.state, `Payment "${payment.name ?? payment.id}"`);
  const amount = moneyOf(payment.amount, payment.currency_id.name);
  const [invoice] = [...payment.reconciled_invoice_ids, ...payment.invoice_ids];
  return {
    ref: refTo(connection, 'payment', payment.id),
    ...(invoice === undefined ? {} : { invoice: refTo(connection, 'invoice', invoice) }),
    status: back && status === 'paid' ? 'refunded' : status,
    amount,
    transactions: [
      {
        id: String(payment.id),
        kind: back ? 'refund' : 'capture',
        status: transactionStatus[status] ?? 'unknown',
        gateway: gatewayOf(connection, payment),
        amount,
        processedAt: `${payment.date}T00:00:00Z`,
      },
    ],
    updatedAt: toMoment(payment.write_date),
  };
}

/** The channel's name for the journal where the options give it one, else Odoo's. */
function gatewayOf({ settings }: Connection, { journal_id }: PaymentWire): string {
  const given = Object.entries(settings.paymentJournals).find(([, id]) => id === journal_id.id);
  return given?.[0] ?? journal_id.name;
}
