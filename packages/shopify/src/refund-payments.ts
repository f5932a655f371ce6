import {
  equalMoney,
  fromMinorUnits,
  isZeroMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  type Money,
} from '@crossdock/core';
import type { Side } from './order-totals.ts';
import { refusal, type Refunding } from './refund-refusal.ts';
import { transactionKindWords, transactionStatusWords } from './statuses.ts';
import { toMoney } from './wire/money.ts';
import type { WirePaid, WireRefundOrder, WireSuggestion } from './wire/refund.ts';

/** Money that goes back on one payment, in the buyer's currency. */
export interface RefundTransaction {
  readonly orderId: string;
  readonly parentId: string | null;
  readonly gateway: string;
  readonly kind: 'REFUND';
  readonly amount: string;
}

/** What is to be given back, and what Shopify itself suggests for its units and carriage. */
export interface Payable {
  readonly about: Refunding;
  readonly order: WireRefundOrder;
  readonly total: Money;
  readonly side: Side;
  readonly goods: WireSuggestion | undefined;
  /** For all that is left of the order: in its order payments are taken. */
  readonly all: WireSuggestion;
  /** How much of the total is for no units. */
  readonly alone: Money;
}

/**
 * Which payments the money goes back on: as Shopify suggests, and the rest wherever something is left. Comes to the total
 * to the coin, or throws: `record.rejected` where the payments cannot give so much, `totals.mismatch` where rounding between
 * two currencies would make it another sum.
 */
export function refundTransactions(payable: Payable): readonly RefundTransaction[] {
  const { about, order, side, goods, alone } = payable;
  const isForeign = order.currencyCode !== order.presentmentCurrencyCode;
  const suggested = (goods?.suggestedTransactions ?? []).map(toShare);
  if (isForeign && side === 'shopMoney' && !isZeroMoney(alone)) {
    const seen = `it gives money alone back, which Shopify takes in "${order.presentmentCurrencyCode}" only`;
    throw refusal(about, 'record.rejected', seen, inBuyersCurrency);
  }
  const shares = isForeign && side === 'shopMoney' ? suggested : filled(payable, suggested);
  const given = shares.filter(({ amount }) => amount > 0n);
  demandExact(payable, given);
  return given.map(({ parentId, gateway, amount }) => ({
    orderId: about.order.id,
    parentId,
    gateway,
    kind: 'REFUND',
    amount: fromMinorUnits(amount, order.presentmentCurrencyCode).amount,
  }));
}

const inBuyersCurrency = 'State its amounts in that currency, or do it in Shopify.';

/** A payment with what goes back on it, in the buyer's smallest coin. */
interface Share {
  readonly parentId: string | null;
  readonly gateway: string;
  amount: bigint;
}

function toShare({ gateway, parentTransaction, amountSet }: WireSuggestion['suggestedTransactions'][number]): Share {
  const amount = toMinorUnits(roundMoney(toMoney(amountSet.presentmentMoney)));
  return { parentId: parentTransaction?.id ?? null, gateway: gateway ?? '', amount };
}

/** The suggested shares, and what they leave open from every payment that still has some. */
function filled({ about, order, total, all }: Payable, suggested: readonly Share[]): readonly Share[] {
  const shares = suggested.map((share) => ({ ...share }));
  let rest = toMinorUnits(roundMoney(total)) - shares.reduce((sum, { amount }) => sum + amount, 0n);
  const preferred = [...suggested, ...all.suggestedTransactions.map(toShare)].map(({ parentId }) => parentId);
  const rank = ({ id }: Payment) => (preferred.includes(id) ? preferred.indexOf(id) : preferred.length);
  const left = paymentsOf(order).toSorted((one, other) => rank(one) - rank(other));
  for (const { id, gateway, left: most } of left) {
    const own = shares.find(({ parentId }) => parentId === id) ?? { parentId: id, gateway, amount: 0n };
    const room = most - own.amount;
    const part = rest < room ? rest : room;
    if (part <= 0n) continue;
    if (!shares.includes(own)) shares.push(own);
    own.amount += part;
    rest -= part;
  }
  if (rest === 0n) return shares;
  const missing = fromMinorUnits(rest, total.currency);
  const seen = `its payments can give ${subtractMoney(total, missing).amount} ${total.currency} of ${total.amount} back`;
  throw refusal(about, 'record.rejected', seen, 'See in Shopify what was given back before, then correct or resolve.');
}

interface Payment {
  readonly id: string;
  readonly gateway: string;
  /** What it can still give back, in the buyer's smallest coin. */
  left: bigint;
}

/** What was paid, less what went back or may still: gift cards last, as Shopify does. */
function paymentsOf({ name, transactions }: WireRefundOrder): readonly Payment[] {
  const record = `A payment of order "${name}"`;
  const moves = transactions.map((each) => ({
    each,
    kind: transactionKindWords.decode(each.kind, record),
    status: transactionStatusWords.decode(each.status, record),
    amount: theirs(each),
  }));
  const payments = moves
    .filter(({ kind, status }) => status === 'succeeded' && (kind === 'sale' || kind === 'capture'))
    .map(({ each, amount }): Payment => ({ id: each.id, gateway: each.gateway ?? '', left: amount }));
  for (const { each, kind, status, amount } of moves) {
    if (status === 'failed' || (kind !== 'refund' && kind !== 'change')) continue;
    const parent =
      payments.find(({ id }) => id === each.parentTransaction?.id) ??
      payments.find(({ gateway, left }) => gateway === each.gateway && left >= amount);
    if (parent) parent.left -= amount;
  }
  return payments.toSorted((one, other) => Number(isGiftCard(one)) - Number(isGiftCard(other)));
}

function isGiftCard({ gateway }: Payment): boolean {
  return gateway === 'gift_card';
}

function theirs({ amountSet }: WirePaid): bigint {
  return toMinorUnits(roundMoney(toMoney(amountSet.presentmentMoney)));
}

/** The last look before money moves: what goes back is what was asked for. */
function demandExact({ about, order, total, side }: Payable, shares: readonly Share[]): void {
  const given = sumMoney(
    shares.map(({ amount }) => fromMinorUnits(amount, order.presentmentCurrencyCode)),
    order.presentmentCurrencyCode,
  );
  if (order.presentmentCurrencyCode === total.currency) {
    if (equalMoney(given, total)) return;
    const seen = `Shopify would give ${given.amount} ${given.currency} back, and its total is ${total.amount}`;
    throw refusal(about, 'totals.mismatch', seen, 'Correct the refund at its source, then replay.');
  }
  const worth = shares.map((share) => shopWorth(order, share));
  const sum = worth.every((each) => each !== undefined) ? sumMoney(worth, order.currencyCode) : undefined;
  if (side === 'shopMoney' && sum && equalMoney(sum, total)) return;
  const seen = `${given.amount} ${given.currency} go back, which is not ${total.amount} ${total.currency} to the coin`;
  throw refusal(about, 'totals.mismatch', seen, inBuyersCurrency);
}

/**
 * What a part of a payment is in the shop's currency. It is rounded, by itself or so that all parts meet the whole: told only
 * where both come to the same.
 */
function shopWorth({ transactions, currencyCode }: WireRefundOrder, { parentId, amount }: Share): Money | undefined {
  const parent = transactions.find(({ id }) => id === parentId);
  const whole = parent ? theirs(parent) : 0n;
  if (!parent || whole <= 0n) return undefined;
  const shop = toMinorUnits(roundMoney(toMoney(parent.amountSet.shopMoney)));
  const upTo = (part: bigint) => (2n * part * shop + whole) / (2n * whole);
  const before = transactions
    .filter(({ kind, parentTransaction }) => kind === 'REFUND' && parentTransaction?.id === parentId)
    .reduce((sum, each) => sum + theirs(each), 0n);
  const alone = upTo(amount);
  return alone === upTo(before + amount) - upTo(before) ? fromMinorUnits(alone, currencyCode) : undefined;
}
