import {
  addMoney,
  compareMoney,
  equalMoney,
  subtractMoney,
  zeroMoney,
  type Money,
  type ReadOptions,
} from '@crossdock/core';
import * as z from 'zod';
import { paymentState } from './account-statuses.ts';
import { moneyOf } from './amounts.ts';
import type { Domain } from './client.ts';
import type { Connection } from './connection.ts';
import { paymentRow, type MoveWire, type PaymentWire } from './wire/account.ts';
import { many2one, optionalMany2one, optionalText, recordId, rowOf } from './wire/value.ts';

/** What payments without a journal entry have paid of a bill: Odoo takes none of it off what it calls due. */
export interface Waiting {
  /** At most what Odoo calls due. */
  readonly paid: Money;
  /** More than Odoo calls due. */
  readonly isOver: boolean;
  /** Those that count. */
  readonly payments: readonly PaymentWire[];
  /** When one of them or of those that do not count any more was written last. */
  readonly writtenAt: string;
  /** One in another currency than the bill's: what it pays of it nobody can tell. */
  readonly foreign: PaymentWire | undefined;
}

/**
 * The payments of bills that wait for the bank's statement. Where books are matched with statements, from 18 on, a payment
 * makes no entry, and the bill stays due with its whole sum whatever was paid; of any such payment Odoo calls it "in
 * payment". A bill without any such payment is not in the answer. Recorded on Odoo 19.0, 2026-11-26.
 */
export async function waitingOn(
  connection: Connection,
  bills: readonly MoveWire[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, Waiting>> {
  const { client } = connection;
  const open = bills.filter(({ state, amount_residual }) => state === 'posted' && amount_residual > 0);
  if (open.length === 0) return new Map();
  const fields = await client.fieldsGet('account.payment', options);
  if (!Object.hasOwn(fields, 'invoice_ids')) return new Map();
  const domain: Domain = [...withoutEntry, ['invoice_ids', 'in', open.map(({ id }) => id)]];
  const payments = await client.searchRead('account.payment', paymentRow(fields), { domain, order: 'id' }, options);
  if (payments.length === 0) return new Map();
  const [matched, residuals] = await Promise.all([
    matchedSums(connection, open, payments, options),
    residualsOf(connection, open, payments, options),
  ]);
  return new Map(
    open.flatMap((bill) => {
      const waiting = waitingOf(bill, payments, matched.get(bill.id) ?? [], residuals);
      return waiting ? [[bill.id, waiting] as const] : [];
    }),
  );
}

/** Every payment that made no entry and is for bills. */
export const withoutEntry: Domain = [
  ['partner_type', '=', 'customer'],
  ['move_id', '=', false],
  ['invoice_ids', '!=', false],
];

/** What is left to pay of a bill, as `payments.create` takes it. */
export function dueOf(bill: MoveWire, waiting: Waiting | undefined): Money {
  const due = moneyOf(bill.amount_residual, bill.currency_id.name);
  return waiting ? subtractMoney(due, waiting.paid) : due;
}

function waitingOf(
  bill: MoveWire,
  payments: readonly PaymentWire[],
  matched: readonly Money[],
  residuals: ReadonlyMap<number, Money>,
): Waiting | undefined {
  const currency = bill.currency_id.name;
  const direction = bill.move_type === 'out_refund' ? 'outbound' : 'inbound';
  const left = [...matched];
  const all = payments.filter(({ invoice_ids }) => invoice_ids.includes(bill.id));
  if (all.length === 0) return undefined;
  const own = all.filter((payment) => {
    if (payment.payment_type !== direction || paymentState.decode(payment.state, 'A payment') !== 'paid') return false;
    // Odoo calls one paid when the bill is matched with its sum, and a person may call it so before.
    const sum = moneyOf(payment.amount, payment.currency_id.name);
    const at = payment.state === 'paid' ? left.findIndex((amount) => isSame(amount, sum)) : -1;
    if (at === -1) return true;
    left.splice(at, 1);
    return false;
  });
  const due = moneyOf(bill.amount_residual, currency);
  const foreign = own.find((payment) => payment.currency_id.name !== currency);
  const paid = own
    .filter((payment) => payment.currency_id.name === currency)
    .reduce((sum, payment) => addMoney(sum, shareOf(bill, payment, residuals)), zeroMoney(currency));
  const isOver = compareMoney(paid, due) > 0;
  const writtenAt = all.reduce((latest, { write_date }) => (write_date > latest ? write_date : latest), '');
  return { paid: isOver ? due : paid, isOver, payments: own, writtenAt, foreign };
}

/** Nobody says how one payment goes to several bills: the oldest is paid first. */
function shareOf(bill: MoveWire, payment: PaymentWire, residuals: ReadonlyMap<number, Money>): Money {
  const currency = bill.currency_id.name;
  let left = moneyOf(payment.amount, currency);
  for (const id of payment.invoice_ids.toSorted((one, other) => one - other)) {
    if (id === bill.id) return payment.invoice_ids.length === 1 ? left : smaller(left, residuals.get(id) ?? left);
    const before = residuals.get(id);
    if (before?.currency === currency) left = subtractMoney(left, smaller(left, before));
  }
  return left;
}

/** The sums with which bills were matched by entries that are no payment's and no other bill's: the bank's, for payments called paid. */
async function matchedSums(
  { client }: Connection,
  bills: readonly MoveWire[],
  payments: readonly PaymentWire[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, readonly Money[]>> {
  const called = new Set(payments.filter(({ state }) => state === 'paid').flatMap(({ invoice_ids }) => invoice_ids));
  const asked = bills.filter(({ id }) => called.has(id));
  if (asked.length === 0) return new Map();
  const ids = asked.map(({ id }) => id);
  const domain: Domain = ['|', ['debit_move_id.move_id', 'in', ids], ['credit_move_id.move_id', 'in', ids]];
  const partials = await client.searchRead('account.partial.reconcile', partialRow, { domain, order: 'id' }, options);
  const lineIds = new Set(partials.flatMap((one) => [one.debit_move_id.id, one.credit_move_id.id]));
  const lines = await client.read('account.move.line', [...lineIds], matchedLineRow, options);
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  return new Map(
    asked.map((bill) => [
      bill.id,
      partials.flatMap((one) => {
        const [debit, credit] = [lineOf.get(one.debit_move_id.id), lineOf.get(one.credit_move_id.id)];
        const isDebit = debit?.move_id.id === bill.id;
        const other = isDebit ? credit : debit;
        const isOwn = isDebit || credit?.move_id.id === bill.id;
        if (!isOwn || other?.move_type !== 'entry' || other.payment_id !== null) return [];
        return [moneyOf(isDebit ? one.debit_amount_currency : one.credit_amount_currency, bill.currency_id.name)];
      }),
    ]),
  );
}

/** What Odoo calls due of the bills of payments that are for several. */
async function residualsOf(
  { client }: Connection,
  bills: readonly MoveWire[],
  payments: readonly PaymentWire[],
  options?: ReadOptions,
): Promise<ReadonlyMap<number, Money>> {
  const several = payments.filter(({ invoice_ids }) => invoice_ids.length > 1);
  const ids = new Set(several.flatMap(({ invoice_ids }) => invoice_ids));
  const missing = [...ids].filter((id) => bills.every((bill) => bill.id !== id));
  const others = await client.read('account.move', missing, residualRow, options);
  return new Map(
    [...bills, ...others].map(({ id, amount_residual, currency_id }) => [
      id,
      moneyOf(amount_residual, currency_id.name),
    ]),
  );
}

function isSame(one: Money, other: Money): boolean {
  return one.currency === other.currency && equalMoney(one, other);
}

function smaller(one: Money, other: Money): Money {
  return one.currency === other.currency && compareMoney(other, one) < 0 ? other : one;
}

const partialRow = rowOf(
  z.object({
    id: recordId,
    debit_move_id: many2one,
    credit_move_id: many2one,
    debit_amount_currency: z.number(),
    credit_amount_currency: z.number(),
  }),
);
const residualRow = rowOf(z.object({ id: recordId, amount_residual: z.number(), currency_id: many2one }));
const matchedLineRow = rowOf(
  z.object({ id: recordId, move_id: many2one, payment_id: optionalMany2one, move_type: optionalText }),
);
