import { addMoney, sumMoney, zeroMoney, type ExceptionCategory, type Money } from '@crossdock/core';
import type { TillDocument } from '../till/document.ts';
import { valueOf } from '../till/value.ts';
import type { Census } from './census.ts';
import type { Held, Outcome } from './outcome.ts';
import type { StockBalance } from './stock-balance.ts';

export type Balance = {
  readonly outcome: Outcome;
  /** Documents that are nowhere. */
  readonly missing: readonly string[];
  /** What was done twice, in words. */
  readonly doubled: readonly string[];
};

/** Holds every document against what the systems show and what waits for a person. */
export function strikeBalance(
  input: {
    readonly lines: number;
    readonly invoices: number;
    /** What really came in. */
    readonly documents: readonly TillDocument[];
    readonly turnedAway: number;
  },
  stock: StockBalance,
  census: Census,
  held: readonly Held[],
  run: { readonly restarts: number; readonly seconds: number },
): Balance {
  const waiting = new Set(held.map(({ document }) => document));
  const traces = [...census.traces.values()];
  const doubled = [...census.doubled, ...traces.flatMap((trace) => trace.doubled)];
  const missing: string[] = [];
  let worth: Money = zeroMoney('GBP');
  for (const document of input.documents) {
    const trace = census.traces.get(document.number);
    const done = trace ? trace.captured && trace.confirmed : census.cancelled.has(document.number);
    if (waiting.has(document.number)) worth = addMoney(worth, valueOf(document));
    if (done === waiting.has(document.number)) {
      (done ? doubled : missing).push(done ? `${document.number} is done and held` : document.number);
    }
  }
  const exceptions: Partial<Record<ExceptionCategory, number>> = {};
  for (const { record } of held) exceptions[record.category] = (exceptions[record.category] ?? 0) + 1;
  const count = (keep: (trace: (typeof traces)[number]) => boolean) => traces.filter(keep).length;
  return {
    missing,
    doubled,
    outcome: {
      input: { lines: input.lines, invoices: input.invoices },
      orders: {
        captured: count(({ captured }) => captured),
        created: count(({ created }) => created),
        shipped: count(({ shipped }) => shipped),
        confirmed: count(({ confirmed }) => confirmed),
        cancelled: census.cancelled.size,
      },
      channels: {
        shopify: count(({ channel }) => channel === 'shopify'),
        woocommerce: count(({ channel }) => channel === 'woocommerce'),
        amazon: count(({ channel }) => channel === 'amazon'),
      },
      turnedAway: { invoices: input.invoices - input.documents.length, units: input.turnedAway },
      exceptions,
      duplicates: doubled.length,
      lost: missing.length,
      oversold: stock.oversold,
      money: {
        in: sumMoney(input.documents.map(valueOf), 'GBP').amount,
        booked: sumMoney(
          traces.map(({ booked }) => booked),
          'GBP',
        ).amount,
        held: worth.amount,
      },
      ...run,
    },
  };
}
