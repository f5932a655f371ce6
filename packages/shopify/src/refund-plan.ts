import {
  addMoney,
  compareMoney,
  equalMoney,
  isZeroMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  toMinorUnits,
  fromMinorUnits,
  zeroMoney,
  type Money,
  type Ref,
  type RefundDraft,
} from '@crossdock/core';
import type { ShopifyClient } from './client.ts';
import { suggestedRefund } from './documents/refunds.ts';
import type { Locations } from './inventory-location.ts';
import type { Side } from './order-totals.ts';
import { refundTransactions, type RefundTransaction } from './refund-payments.ts';
import { refusal, type RefundCall, type Refunding } from './refund-refusal.ts';
import { isOfBookedReturn } from './refund-returned.ts';
import { toMoney } from './wire/money.ts';
import type { WireRefundableLine, WireRefundOrder, WireSuggestion } from './wire/refund.ts';

/** What is sent, as Shopify takes it: amounts in the buyer's currency. */
export interface RefundPlan {
  readonly currency: string;
  readonly lines: readonly RefundLineInput[];
  readonly shipping: { readonly amount: string } | undefined;
  readonly transactions: readonly RefundTransaction[];
  /** The return that took the units off the order. */
  readonly returned: Ref<'return'> | undefined;
}
interface RefundLineInput {
  readonly lineItemId: string;
  readonly quantity: number;
  readonly restockType: 'RETURN' | 'CANCEL' | 'NO_RESTOCK';
  readonly locationId: string | null;
}

/** What a plan is made with. */
export interface RefundScene {
  readonly client: ShopifyClient;
  readonly locations: Locations;
  readonly call: RefundCall;
  readonly about: Refunding;
  readonly facts: { readonly order: WireRefundOrder; readonly lines: readonly WireRefundableLine[] };
}

/**
 * What gives the draft's total back, and nothing else: units by line, carriage, and money alone for what names no units.
 * Throws `totals.mismatch` where Shopify reckons another sum, and `record.rejected` for more than can be given back.
 */
export async function refundPlan(scene: RefundScene, draft: RefundDraft): Promise<RefundPlan> {
  const { about, facts } = scene;
  const { order } = facts;
  const side = sideOf(scene, draft);
  demandOwnSum(about, draft);
  const isReturned = await isOfBookedReturn(scene, draft);
  const owed = subtractMoney(zeroMoney(draft.total.currency), toMoney(order.totalOutstandingSet[side]));
  const alone = moneyAlone(scene, draft, isReturned, owed);
  if (!isReturned) demandUnbooked(scene, draft, owed);
  const lines = isReturned ? [] : await linesOf(scene, draft);
  const all = order.suggestedRefund;
  const most = all ? toMoney(all.maximumRefundableSet[side]) : zeroMoney(draft.total.currency);
  if (!all || compareMoney(draft.total, most) > 0) {
    const seen = `${most.amount} ${most.currency} of the order can still be given back`;
    throw refusal(
      about,
      'record.rejected',
      seen,
      'See in Shopify what was given back before, then correct or resolve.',
    );
  }
  const shipping = shippingOf(scene, draft, all, side);
  const goods =
    lines.length > 0 || shipping ? await suggestionOf(scene, draft, lines, shipping?.amount ?? null) : undefined;
  const nothing = zeroMoney(draft.total.currency);
  const reckoned = goods ? toMoney(goods.amountSet[side]) : nothing;
  const expected = addMoney(reckoned, alone);
  if (!equalMoney(expected, draft.total)) {
    const seen = `Shopify reckons ${expected.amount} ${expected.currency} for it, and its total is ${draft.total.amount}`;
    throw refusal(about, 'totals.mismatch', seen, 'Correct the refund at its source, then replay.');
  }
  return {
    currency: order.presentmentCurrencyCode,
    lines,
    shipping,
    transactions: refundTransactions({ about, order, total: draft.total, side, goods, all, alone }),
    returned: isReturned ? draft.return : undefined,
  };
}

/** Shopify gives amounts back in the buyer's currency; in the shop's own a draft may state them where Shopify says both. */
function sideOf({ about, facts: { order } }: RefundScene, { total, lines, shipping }: RefundDraft): Side {
  const { currency } = total;
  const all = [total, ...lines.flatMap(({ amount, tax }) => [amount, tax]), ...(shipping ? [shipping] : [])];
  const broken = all.find((money) => !equalMoney(money, roundMoney(money)));
  if (broken) {
    const seen = `"${broken.currency}" has no such part of a coin as in ${broken.amount}`;
    throw refusal(about, 'money.invalid', seen, 'State its amounts in whole coins, then replay.');
  }
  const isOne = all.every((money) => money.currency === currency);
  if (isOne && currency === order.currencyCode) return 'shopMoney';
  if (isOne && currency === order.presentmentCurrencyCode) return 'presentmentMoney';
  const seen = `its amounts are not all in "${order.currencyCode}", the currency of the order`;
  throw refusal(about, 'money.invalid', seen, 'State them in that currency, then replay.');
}

function demandOwnSum(about: Refunding, draft: RefundDraft): void {
  const { currency, amount } = draft.total;
  const parts = draft.lines.flatMap((line) => [line.amount, line.tax]);
  const sum = sumMoney([...parts, ...(draft.shipping ? [draft.shipping] : [])], currency);
  if (equalMoney(sum, draft.total)) return;
  const seen = `its parts come to ${sum.amount} ${currency}, and its total is ${amount}`;
  throw refusal(about, 'totals.mismatch', seen, 'Correct the refund at its source, then replay.');
}

/** Money for which no units come off the order. What a return is owed is never more than Shopify says it owes. */
function moneyAlone({ about }: RefundScene, draft: RefundDraft, isReturned: boolean, owed: Money): Money {
  const { currency } = draft.total;
  const sumOf = (lines: RefundDraft['lines']) =>
    sumMoney(
      lines.flatMap(({ amount, tax }) => [amount, tax]),
      currency,
    );
  const ofReturn = isReturned ? sumOf(draft.lines.filter(({ quantity }) => quantity > 0)) : zeroMoney(currency);
  if (!isZeroMoney(ofReturn) && compareMoney(ofReturn, owed) > 0) {
    const code = compareMoney(owed, zeroMoney(currency)) > 0 ? 'totals.mismatch' : 'record.rejected';
    const seen = `Shopify owes ${owed.amount} ${currency} for what came back, and it gives ${ofReturn.amount}`;
    throw refusal(about, code, seen, 'See in Shopify what the buyer got, then correct or resolve.');
  }
  return addMoney(ofReturn, sumOf(draft.lines.filter(({ quantity }) => quantity === 0)));
}

/**
 * A return that Shopify does not know brings shipped units only. Where Shopify owes money already, somebody may have booked
 * the same return there: whether these are its units cannot be told.
 */
function demandUnbooked({ about }: RefundScene, draft: RefundDraft, owed: Money): void {
  if (!draft.return || compareMoney(owed, zeroMoney(owed.currency)) <= 0) return;
  const seen = `it names return "${draft.return.id}" of "${draft.return.system}", and Shopify owes ${owed.amount} ${owed.currency} for what is off the order already`;
  throw refusal(about, 'record.rejected', seen, 'Name the return in Shopify, or see there what the buyer got.');
}

async function linesOf(scene: RefundScene, draft: RefundDraft): Promise<readonly RefundLineInput[]> {
  const { about, facts, locations, call } = scene;
  const inputs: RefundLineInput[] = [];
  const used = new Map<string, number>();
  for (const wanted of draft.lines) {
    const { orderLineId, quantity, restocked } = wanted;
    if (quantity === 0) continue;
    const line = facts.lines.find(({ id }) => id === orderLineId);
    if (!line) {
      const seen = `the order has no line "${orderLineId}"`;
      throw refusal(about, 'record.missing', seen, 'Pass the id of a line of the order in Shopify.');
    }
    const before = used.get(orderLineId) ?? 0;
    if (!Number.isInteger(quantity) || before + quantity > line.refundableQuantity) {
      const seen = `${line.refundableQuantity} of line "${orderLineId}" can still be given back, and it names ${before + quantity}`;
      throw refusal(about, 'record.rejected', seen, 'See in Shopify what came back before, then correct or resolve.');
    }
    const shipped = Math.max(0, line.refundableQuantity - line.unfulfilledQuantity);
    if (draft.return && before + quantity > shipped) {
      const seen = `${shipped} of line "${orderLineId}" were shipped, and ${before + quantity} are said to have come back`;
      throw refusal(about, 'record.rejected', seen, 'Name no return for what has not left, or correct, then replay.');
    }
    used.set(orderLineId, before + quantity);
    const locationId = restocked ? await locations.own(call) : null;
    // What has not left is canceled, what has comes back: Shopify counts them in different ways.
    const unshipped = draft.return ? 0 : Math.max(0, Math.min(quantity, line.unfulfilledQuantity - before));
    const parts = restocked
      ? ([['CANCEL', unshipped] as const, ['RETURN', quantity - unshipped] as const] as const)
      : ([['NO_RESTOCK', quantity] as const] as const);
    for (const [restockType, part] of parts) {
      if (part > 0) inputs.push({ lineItemId: orderLineId, quantity: part, restockType, locationId });
    }
  }
  return inputs;
}

/** Shopify wants carriage without the tax that it adds; a draft states what the buyer gets. */
function shippingOf({ about, facts: { order } }: RefundScene, draft: RefundDraft, all: WireSuggestion, side: Side) {
  const { shipping } = draft;
  if (!shipping || isZeroMoney(shipping)) return undefined;
  const price = toMoney(all.shipping.maximumRefundableSet[side]);
  const gross = order.taxesIncluded ? price : addMoney(price, taxOfAll(all, price, side));
  if (compareMoney(shipping, gross) > 0) {
    const seen = `${gross.amount} ${gross.currency} of the carriage can still be given back, and it names ${shipping.amount}`;
    throw refusal(
      about,
      'record.rejected',
      seen,
      'See in Shopify what was given back before, then correct or resolve.',
    );
  }
  if (equalMoney(shipping, gross)) return { amount: all.shipping.maximumRefundableSet.presentmentMoney.amount };
  if (side === 'shopMoney' && order.currencyCode !== order.presentmentCurrencyCode) {
    const seen = `it gives a part of the carriage back, which Shopify takes in "${order.presentmentCurrencyCode}" only`;
    throw refusal(about, 'record.rejected', seen, 'Give all of it back, or do it in Shopify.');
  }
  return { amount: order.taxesIncluded ? shipping.amount : shareOf(shipping, price, gross).amount };
}

/** The tax that comes with all of the carriage. */
function taxOfAll({ shipping }: WireSuggestion, price: Money, side: Side): Money {
  const suggested = toMoney(shipping.amountSet[side]);
  const tax = toMoney(shipping.taxSet[side]);
  return isZeroMoney(suggested) ? tax : shareOf(price, tax, suggested);
}

/** `amount` × `part` / `whole`, to the coin. */
function shareOf(amount: Money, part: Money, whole: Money): Money {
  const [a, b, c] = [amount, part, whole].map((money) => toMinorUnits(roundMoney(money)));
  if (a === undefined || b === undefined || !c) return zeroMoney(amount.currency);
  return fromMinorUnits((2n * a * b + c) / (2n * c), amount.currency);
}

async function suggestionOf(
  { client, call, about }: RefundScene,
  draft: RefundDraft,
  lines: readonly RefundLineInput[],
  shipping: string | null,
): Promise<WireSuggestion | undefined> {
  // What it comes to does not depend on what is restocked: each line once.
  const sums = Map.groupBy(lines, ({ lineItemId }) => lineItemId);
  const asked = [...sums].map(([lineItemId, parts]) => {
    return { lineItemId, quantity: parts.reduce((sum, { quantity }) => sum + quantity, 0) };
  });
  const variables = { id: draft.order.id, lines: asked, shipping };
  const { order } = await client.run(suggestedRefund, { ...call, safety: 'read', variables });
  if (!order) throw refusal(about, 'record.missing', 'there is no such order', 'Check the link to it.');
  return order.suggestedRefund ?? undefined;
}
