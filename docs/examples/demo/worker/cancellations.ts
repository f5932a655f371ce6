import { addMoney, multiplyMoney, subtractMoney, sumMoney, type Order, type OrderLine } from '@crossdock/core';
import type { TillDocument } from '../till/document.ts';
import { articleOf } from './order-drafts.ts';

/** Whether everything that the document gives back was bought in this order, at this price. */
export function givesBack(document: TillDocument, order: Order): boolean {
  const open = order.lines.map(({ quantity }) => quantity);
  return document.lines.every((given) => takeFrom(order.lines, open, given.code, given.unitPrice, -given.quantity));
}

/** The order without what the document gives back, with its sums made new. */
export function withoutLines(order: Order, document: TillDocument): Order {
  const open = order.lines.map(({ quantity }) => quantity);
  for (const given of document.lines) takeFrom(order.lines, open, given.code, given.unitPrice, -given.quantity);
  const lines = order.lines.flatMap((line, index): readonly OrderLine[] => {
    const quantity = open[index] ?? 0;
    return quantity === 0 ? [] : [{ ...line, quantity, total: multiplyMoney(line.unitPrice, quantity) }];
  });
  const goods = sumMoney(
    lines.map(({ total }) => total),
    order.currency,
  );
  const total = addMoney(subtractMoney(order.totals.total, order.totals.goods), goods);
  return { ...order, lines, totals: { ...order.totals, goods, total } };
}

/** Takes a quantity out of the lines with that article and price. `false` when they have less than that. */
function takeFrom(
  lines: readonly OrderLine[],
  open: number[],
  code: string,
  unitPrice: string,
  quantity: number,
): boolean {
  let missing = quantity;
  for (const [index, line] of lines.entries()) {
    if (line.sku === undefined || articleOf(line.sku) !== articleOf(code)) continue;
    if (Number(line.unitPrice.amount) !== Number(unitPrice)) continue;
    const taken = Math.min(missing, open[index] ?? 0);
    open[index] = (open[index] ?? 0) - taken;
    missing -= taken;
  }
  return missing === 0;
}
