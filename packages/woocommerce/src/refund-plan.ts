import {
  addMoney,
  compareMoney,
  decimalSchema,
  equalMoney,
  isZeroMoney,
  negateMoney,
  roundMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
} from '@crossdock/core';
import { portionOf, toMoney } from './amounts.ts';
import { keptUnits, originOf } from './order-refunds.ts';
import { refusal, type Refunding } from './refund-refusal.ts';
import type { WireLine, WireOrder, WireRefund } from './wire/order.ts';

/** An item of a refund as WooCommerce takes it. Its amounts are numbers there, and not text. */
interface RefundItem {
  readonly id: number;
  readonly quantity: number;
  readonly refund_total: number;
  readonly refund_tax: readonly { readonly id: number; readonly refund_total: number }[];
}

/** What of a refund is sent. */
export interface RefundPlan {
  readonly amount: string;
  readonly api_restock: boolean;
  readonly line_items: readonly RefundItem[];
}

/**
 * What a draft gives back, as items of its order. WooCommerce checks the sum alone: a line that is not there is left out in
 * silence, and more units than were ordered go back on sale. recorded on WooCommerce 10.0.2, 2026-11-23
 */
export function refundPlan(about: Refunding, order: WireOrder, refunds: readonly WireRefund[]): RefundPlan {
  const { draft } = about;
  demandSums(about, order.currency);
  demandLeft(about, order, refunds);
  const kept = keptUnits(order, refunds);
  const units = new Map<number, number>();
  const lines = draft.lines.map((line): RefundItem => {
    const wire = order.line_items.find(({ id }) => String(id) === line.orderLineId);
    if (!wire) {
      const seen = `the order has no line "${line.orderLineId}" there`;
      throw refusal(about, 'record.rejected', seen, 'Correct the line that is meant, then replay.');
    }
    const named = (units.get(wire.id) ?? 0) + line.quantity;
    if (!Number.isSafeInteger(line.quantity) || line.quantity < 0 || named > wire.quantity) {
      const seen = `it gives back ${named} of line "${wire.id}", of which ${wire.quantity} were ordered`;
      throw refusal(about, 'record.rejected', seen, 'Correct the refund at its source, then replay.');
    }
    units.set(wire.id, named);
    // Units that an earlier refund took are not taken again: the money is, the goods went back once.
    const left = Math.max(0, (kept.get(wire.id) ?? wire.quantity) - (named - line.quantity));
    return itemOf(about, wire, { quantity: Math.min(line.quantity, left), net: line.amount, tax: line.tax });
  });
  return {
    amount: draft.total.amount,
    api_restock: isRestocked(about),
    line_items: [...lines, ...carriageItems(about, order, refunds)],
  };
}

/** WooCommerce puts all goods of a refund back on sale, or none. */
function isRestocked(about: Refunding): boolean {
  const goods = about.draft.lines.filter(({ quantity }) => quantity > 0);
  const restocked = goods.filter((line) => line.restocked).length;
  if (restocked === 0 || restocked === goods.length) return restocked > 0;
  const seen = 'some of its goods go back on sale and some do not, and WooCommerce does it with all or none';
  throw refusal(about, 'record.rejected', seen, 'Book it in two refunds.');
}

function demandSums(about: Refunding, currency: string): void {
  const { draft } = about;
  const parts = [
    ...draft.lines.flatMap(({ amount, tax }) => [amount, tax]),
    ...(draft.shipping ? [draft.shipping] : []),
  ];
  for (const part of [...parts, draft.total]) {
    const isAmount = decimalSchema.safeParse(part.amount).success && !part.amount.startsWith('-');
    if (isAmount && part.currency === currency) continue;
    const seen = `"${part.amount.slice(0, 20)}" ${part.currency} is no amount in ${currency} that can be given back`;
    throw refusal(about, 'money.invalid', seen, 'Correct it at its source, then replay.');
  }
  const sum = sumMoney(parts, currency);
  if (!equalMoney(sum, draft.total)) {
    const seen = `its parts come to ${sum.amount} ${currency}, and its total is ${draft.total.amount}`;
    throw refusal(about, 'totals.mismatch', seen, 'Correct the refund at its source, then replay.');
  }
  if (!equalMoney(roundMoney(draft.total), draft.total)) {
    const seen = `its total is ${draft.total.amount} ${currency}, which no coin pays`;
    throw refusal(about, 'totals.mismatch', seen, 'Round it at its source, then replay.');
  }
  if (!isZeroMoney(draft.total)) return;
  throw refusal(about, 'record.rejected', 'it gives nothing back', 'Dismiss it, or correct it at its source.');
}

function demandLeft(about: Refunding, order: WireOrder, refunds: readonly WireRefund[]): void {
  const left = subtractMoney(toMoney(order.total, order.currency), sumOfRefunds(order, refunds));
  if (compareMoney(about.draft.total, left) <= 0) return;
  const seen = `${left.amount} ${order.currency} of the order can still be given back, and it is ${about.draft.total.amount}`;
  throw refusal(about, 'record.rejected', seen, 'See there what was given back before, then correct or resolve.');
}

/** What was given back of an order altogether. */
export function sumOfRefunds({ currency }: WireOrder, refunds: readonly WireRefund[]): Money {
  return sumMoney(
    refunds.map(({ amount }) => toMoney(amount, currency)),
    currency,
  );
}

interface Part {
  readonly quantity: number;
  readonly net: Money;
  readonly tax: Money;
}

/** The tax in the shares that the order's rates have in it, the last of which gets what rounding leaves. */
function itemOf(about: Refunding, wire: Pick<WireLine, 'id' | 'taxes'>, { quantity, net, tax }: Part): RefundItem {
  const { currency } = net;
  const rates = wire.taxes.flatMap(({ id, total }) => (total === '' ? [] : [{ id, total: toMoney(total, currency) }]));
  if (!isZeroMoney(tax) && rates.length === 0) {
    const seen = `it gives back ${tax.amount} ${currency} of tax on "${wire.id}", which has none there`;
    throw refusal(about, 'tax.mismatch', seen, 'Correct the refund at its source, then replay.');
  }
  const whole = sumMoney(
    rates.map(({ total }) => total),
    currency,
  );
  let rest = tax;
  const shares = rates.map(({ id, total }, index) => {
    const share = index === rates.length - 1 || isZeroMoney(whole) ? rest : portionOf(tax, total, whole);
    rest = subtractMoney(rest, share);
    return { id: Number(id), refund_total: Number(share.amount) };
  });
  return {
    id: wire.id,
    quantity,
    refund_total: Number(net.amount),
    refund_tax: shares.filter(({ refund_total: part }) => part !== 0),
  };
}

/** Carriage is given back of the lines that it was charged on, as far as each of them reaches. */
function carriageItems(about: Refunding, order: WireOrder, refunds: readonly WireRefund[]): readonly RefundItem[] {
  const { draft } = about;
  const { currency } = order;
  let open = draft.shipping ?? zeroMoney(currency);
  const items: RefundItem[] = [];
  for (const line of order.shipping_lines) {
    if (isZeroMoney(open)) break;
    const net = toMoney(line.total, currency);
    const taxes = line.taxes.flatMap(({ total }) => (total === '' ? [] : [roundMoney(toMoney(total, currency))]));
    const gross = addMoney(net, sumMoney(taxes, currency));
    const left = subtractMoney(gross, givenBack(line.id, refunds, currency));
    const part = compareMoney(open, left) < 0 ? open : left;
    if (compareMoney(part, zeroMoney(currency)) <= 0) continue;
    const share = equalMoney(part, gross) ? net : roundMoney(portionOf(part, net, gross));
    items.push(itemOf(about, line, { quantity: 0, net: share, tax: subtractMoney(part, share) }));
    open = subtractMoney(open, part);
  }
  if (isZeroMoney(open)) return items;
  const seen = `it gives back ${open.amount} ${currency} more of carriage than is left`;
  throw refusal(about, 'record.rejected', seen, 'See there what was given back before, then correct or resolve.');
}

function givenBack(lineId: number, refunds: readonly WireRefund[], currency: string): Money {
  const parts = refunds
    .flatMap(({ shipping_lines: lines }) => lines)
    .filter(({ meta_data }) => originOf(meta_data) === lineId)
    .flatMap(({ total, total_tax: tax }) => [total, tax === '' ? '0' : tax]);
  return negateMoney(
    sumMoney(
      parts.map((part) => toMoney(part, currency)),
      currency,
    ),
  );
}
