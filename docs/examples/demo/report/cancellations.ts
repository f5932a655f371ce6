import { addMoney, equalMoney, money, subtractMoney, sumMoney, type Money } from '@crossdock/core';
import type { TillDocument } from '../till/document.ts';
import { valueOf } from '../till/value.ts';
import { documentNumber } from './document-number.ts';
import { goodsAskedFor } from './goods.ts';
import type { Systems } from './systems.ts';

/** The cancellations that the systems show as applied, by the number of the sale that they took something from. */
export type Applied = ReadonlyMap<string, readonly TillDocument[]>;

/**
 * A sale had something taken back where one of its sales orders is canceled, and what is booked of it now is worth as
 * much less as cancellations of the same account, with goods of that sale, say together.
 */
export function appliedCancellations(documents: readonly TillDocument[], { salesOrders }: Systems): Applied {
  const bySale = Map.groupBy(salesOrders, ({ clientOrderRef }) => documentNumber(clientOrderRef));
  const open = new Set(documents.filter(({ kind }) => kind === 'cancellation'));
  const applied = new Map<string, readonly TillDocument[]>();
  for (const sale of documents) {
    const orders = bySale.get(sale.number) ?? [];
    if (sale.kind !== 'sale' || !orders.some(({ state }) => state === 'cancel')) continue;
    const live = sumMoney(
      orders.filter(({ state }) => state === 'sale').map(({ amountTotal }) => odooMoney(amountTotal)),
      'GBP',
    );
    const candidates = [...open].filter((document) => takesFrom(document, sale));
    const taken = subsetWorth(candidates, subtractMoney(live, valueOf(sale)));
    if (!taken) continue;
    applied.set(sale.number, taken);
    for (const document of taken) open.delete(document);
  }
  return applied;
}

/** Odoo's floats mean cents. */
export function odooMoney(amount: number): Money {
  return money(amount.toFixed(2), 'GBP');
}

function takesFrom(cancellation: TillDocument, sale: TillDocument): boolean {
  const sold = goodsAskedFor([sale]);
  const given = goodsAskedFor([cancellation]);
  return (
    cancellation.account === sale.account &&
    given.size > 0 &&
    [...given].every(([article, quantity]) => (sold.get(article) ?? 0) >= -quantity)
  );
}

/** The smallest choice of documents that are worth exactly `worth` together, none of them when that is nothing. */
function subsetWorth(documents: readonly TillDocument[], worth: Money): readonly TillDocument[] | undefined {
  let sums: { readonly chosen: readonly TillDocument[]; readonly sum: Money }[] = [
    { chosen: [], sum: money('0', worth.currency) },
  ];
  for (const document of documents) {
    const value = valueOf(document);
    sums = [...sums, ...sums.map(({ chosen, sum }) => ({ chosen: [...chosen, document], sum: addMoney(sum, value) }))];
  }
  return sums
    .filter(({ chosen, sum }) => chosen.length > 0 && equalMoney(sum, worth))
    .toSorted((one, other) => one.chosen.length - other.chosen.length)[0]?.chosen;
}
