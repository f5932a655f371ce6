import {
  addMoney,
  CommerceError,
  compareMoney,
  equalMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  type CaptureDraft,
  type ErrorCode,
  type Money,
  type Ref,
  type WriteOptions,
} from '@crossdock/core';
import * as z from 'zod';
import { orderCapture, reservedMoney } from './documents/payments.ts';
import { raiseUserErrors, tidy } from './errors.ts';
import { onceOnOrder, type Found, type OnceSettings, type PlannedWrite } from './once-on-order.ts';
import { isOrderId } from './order-id.ts';
import { transactionKindWords, transactionStatusWords } from './statuses.ts';
import type { Side } from './order-totals.ts';
import { toMoney } from './wire/money.ts';
import type { WireReserved, WireReservedOrder } from './wire/payment.ts';

const operation = 'payments.capture';

/** What a capture sets out from, and is known by. Text and lists only: it is noted on the order. */
const traceSchema = z.object({
  authorization: z.string(),
  amount: z.string(),
  side: z.enum(['shopMoney', 'presentmentMoney']),
  /** The captures of this authorization that were there before. */
  before: z.array(z.string()),
});
type CaptureTrace = z.infer<typeof traceSchema>;

/**
 * Takes money that a buyer reserved. Shopify knows no key for it and takes a part of an authorization twice, so the key is
 * noted on the order first, with the captures that were there: a new one of the same sum is ours.
 */
export function paymentCapture(settings: OnceSettings) {
  const { client, system } = settings;
  return async function capture(draft: CaptureDraft, options: WriteOptions): Promise<Ref<'payment'>> {
    const { order: ref, authorization, amount } = draft;
    const refs = [ref];
    const what = `${amount.amount} ${amount.currency} of order "${ref.id}" in "${system}" were not taken`;
    const refuse = (code: ErrorCode, seen: string, next: string) =>
      new CommerceError({ code, system, operation, refs, message: `${what}: ${seen}. ${next}` });
    if (!isOrderId(ref, system)) throw refuse('record.missing', 'there is no such order', 'Check the link to it.');
    if (!equalMoney(amount, roundMoney(amount))) {
      // Shopify would round it, and nobody would know the capture again by its amount.
      const next = 'State it in whole coins, then replay.';
      throw refuse('money.invalid', `"${amount.currency}" has no such part of a coin`, next);
    }
    const call = { operation, lane: options.lane, signal: options.signal };

    async function read(): Promise<WireReservedOrder> {
      const { order } = await client.run(reservedMoney, { ...call, safety: 'read', variables: { id: ref.id } });
      if (order) return order;
      throw refuse('record.missing', 'there is no such order', 'Check the link to it.');
    }

    async function plan(): Promise<PlannedWrite<CaptureTrace>> {
      const order = await read();
      const side = sideOf(order, amount);
      if (side === undefined) {
        const seen = `the order is paid in "${order.presentmentCurrencyCode}"`;
        throw refuse('money.invalid', seen, 'State the amount in that currency, then replay.');
      }
      const reserved = order.transactions.find(({ id }) => id === authorization);
      if (!reserved) {
        const seen = `order "${order.name}" has no transaction "${authorization}"`;
        throw refuse('record.missing', seen, 'Pass the id of one of its authorizations.');
      }
      const left = leftOf(reserved, order.transactions, side);
      const isTooMuch = compareMoney(amount, left) > 0 || compareMoney(amount, subtractMoney(amount, amount)) <= 0;
      if (isTooMuch) {
        const seen = `${left.amount} ${left.currency} of "${authorization}" can still be taken`;
        throw refuse('record.rejected', seen, 'See in Shopify what became of it, then replay or resolve.');
      }
      const before = capturesOf(order.transactions, authorization).map(({ id }) => id);
      return { trace: { authorization, amount: amount.amount, side, before }, send };
    }

    async function find({ authorization: parent, amount: sum, side, before }: CaptureTrace): Promise<Found> {
      const order = await read();
      const isNew = (one: WireReserved) => !before.includes(one.id);
      const currency = side === 'shopMoney' ? order.currencyCode : order.presentmentCurrencyCode;
      const wanted = { amount: sum, currency };
      const ours = capturesOf(order.transactions, parent).find(
        (one) => isNew(one) && isTaken(one) && equalMoney(toMoney(one.amountSet[side]), wanted),
      );
      return ours ? { result: ours.id } : 'nothing';
    }

    async function send(signal: AbortSignal): Promise<string> {
      const input = {
        id: ref.id,
        parentTransactionId: authorization,
        amount: amount.amount,
        currency: amount.currency,
        ...(draft.isLast !== undefined && { finalCapture: draft.isLast }),
      };
      const { orderCapture: answer } = await client.run(orderCapture, {
        ...call,
        signal,
        safety: 'once',
        variables: { input },
      });
      raiseUserErrors(answer.userErrors, { what, system, operation, refs });
      const { transaction } = answer;
      if (transaction && isTaken(transaction)) return transaction.id;
      if (transaction) {
        const seen = `the gateway ended it as "${tidy(transaction.status)}"`;
        throw refuse('record.rejected', seen, 'See in Shopify what the gateway said, then replay with another key.');
      }
      throw refuse('response.unexpected', 'Shopify answered neither a transaction nor an error', 'Look at the order.');
    }

    const { idempotencyKey, lane, signal } = options;
    const id = await onceOnOrder(
      { ...settings, operation, order: ref, subject: authorization, content: draft, idempotencyKey, lane, signal },
      { plan, traceSchema, find },
    );
    return { system, kind: 'payment', id };
  };
}

/** Shopify takes the amount in the buyer's currency. shopify.dev, OrderCaptureInput.currency, API 2026-07. */
function sideOf(order: WireReservedOrder, { currency }: Money): Side | undefined {
  if (currency !== order.presentmentCurrencyCode) return undefined;
  return currency === order.currencyCode ? 'shopMoney' : 'presentmentMoney';
}

/** What of an authorization is still reserved: what Shopify says, and never more than its captures leave of it. */
function leftOf(reserved: WireReserved, all: readonly WireReserved[], side: Side): Money {
  const whole = toMoney(reserved.amountSet[side]);
  const nothing = subtractMoney(whole, whole);
  const isOpen = isKind(reserved, 'authorization') && statusOf(reserved) === 'succeeded';
  if (!isOpen || all.some((each) => isOf(each, reserved.id) && isKind(each, 'void') && isTaken(each))) return nothing;
  const captures = capturesOf(all, reserved.id).filter(isTaken);
  const taken = sumMoney(
    captures.map((each) => toMoney(each.amountSet[side])),
    whole.currency,
  );
  const rest = subtractMoney(whole, taken);
  const stated = reserved.totalUnsettledSet && toMoney(reserved.totalUnsettledSet[side]);
  return stated && compareMoney(stated, rest) < 0 ? addMoney(nothing, stated) : rest;
}

function capturesOf(all: readonly WireReserved[], authorization: string): readonly WireReserved[] {
  return all.filter((each) => isOf(each, authorization) && isKind(each, 'capture'));
}

function isOf({ parentTransaction }: WireReserved, id: string): boolean {
  return parentTransaction?.id === id;
}

function isKind({ id, kind }: WireReserved, wanted: 'authorization' | 'capture' | 'void'): boolean {
  return transactionKindWords.decode(kind, `Transaction "${id}"`) === wanted;
}

function statusOf({ id, status }: Pick<WireReserved, 'id' | 'status'>) {
  return transactionStatusWords.decode(status, `Transaction "${id}"`);
}

/** What failed took nothing; what the gateway has not said yet may have. */
function isTaken(transaction: Pick<WireReserved, 'id' | 'status'>): boolean {
  return statusOf(transaction) !== 'failed';
}
