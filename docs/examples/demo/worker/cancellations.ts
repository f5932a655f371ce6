import {
  addMoney,
  equalMoney,
  money,
  multiplyMoney,
  subtractMoney,
  sumMoney,
  type Order,
  type OrderLine,
} from '@crossdock/core';
import type { TillDocument } from '../till/document.ts';
import { articleOf } from './order-drafts.ts';

/** What a document or another order has of an article, at a price. */
type Given = { readonly article: string; readonly unitPrice: string; readonly quantity: number };

/** The shop's order as far as it is booked in Odoo: earlier cancellations took the rest, which the shop does not know. */
export function asBooked(order: Order, booked: Order): Order {
  const kept = booked.lines.flatMap(({ sku, unitPrice, quantity }): readonly Given[] =>
    sku === undefined ? [] : [{ article: articleOf(sku), unitPrice: unitPrice.amount, quantity }],
  );
  const quantities = order.lines.map(() => 0);
  for (const given of kept) {
    take(order, given, (index, most) => {
      const room = Math.min(most, (order.lines[index]?.quantity ?? 0) - (quantities[index] ?? 0));
      quantities[index] = (quantities[index] ?? 0) + room;
      return room;
    });
  }
  return withQuantities(order, quantities);
}

/** Whether everything that the document gives back is in this order, at this price. */
export function givesBack(document: TillDocument, order: Order): boolean {
  return document.lines.length > 0 && remaining(order, document) !== undefined;
}

/** The order without what the document gives back, with its sums made new. */
export function withoutLines(order: Order, document: TillDocument): Order {
  const quantities = remaining(order, document);
  if (!quantities) throw new RangeError(`Order "${order.number}" has less than document "${document.number}" takes.`);
  return withQuantities(order, quantities);
}

function remaining(order: Order, document: TillDocument): readonly number[] | undefined {
  const quantities = order.lines.map(({ quantity }) => quantity);
  for (const { code, unitPrice, quantity } of document.lines) {
    const missing = take(order, { article: articleOf(code), unitPrice, quantity: -quantity }, (index, most) => {
      const taken = Math.min(most, quantities[index] ?? 0);
      quantities[index] = (quantities[index] ?? 0) - taken;
      return taken;
    });
    if (missing > 0) return undefined;
  }
  return quantities;
}

/** Offers the lines with that article and price one after the other; `use` says how much it took of one. */
function take(order: Order, given: Given, use: (index: number, most: number) => number): number {
  let missing = given.quantity;
  const price = money(given.unitPrice, order.currency);
  for (const [index, line] of order.lines.entries()) {
    if (missing === 0) break;
    if (line.sku === undefined || articleOf(line.sku) !== given.article || !equalMoney(line.unitPrice, price)) continue;
    missing -= use(index, missing);
  }
  return missing;
}

function withQuantities(order: Order, quantities: readonly number[]): Order {
  const lines = order.lines.flatMap((line, index): readonly OrderLine[] => {
    const quantity = quantities[index] ?? 0;
    return quantity === 0 ? [] : [{ ...line, quantity, total: multiplyMoney(line.unitPrice, quantity) }];
  });
  const goods = sumMoney(
    lines.map(({ total }) => total),
    order.currency,
  );
  const total = addMoney(subtractMoney(order.totals.total, order.totals.goods), goods);
  return { ...order, lines, totals: { ...order.totals, goods, total } };
}
