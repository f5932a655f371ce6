import {
  compareMoney,
  equalMoney,
  isZeroMoney,
  multiplyMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type OrderDraft,
  type OrderLine,
} from '@crossdock/core';
import { exactPercentage, exactUnitPrice, quantityText } from './amounts.ts';
import { refused } from './connection.ts';
import type { OdooSettings } from './options.ts';
import { productFor, service, type LineDraft } from './line-draft.ts';
import { noMoreTax, statedTaxes } from './tax-amounts.ts';
import { taxesFor } from './taxes.ts';

/** The lines of the goods, with lines for reductions that no percentage expresses, and for one of the whole order. */
export function goodsLines(draft: OrderDraft, settings: OdooSettings): readonly LineDraft[] {
  demandSkus(draft, settings);
  const lines = draft.lines.flatMap((line, index) => goodsLine(line, `l${index + 1}`, draft, settings));
  const reduction = wholeOrderReduction(draft, settings);
  if (isZeroMoney(reduction)) return lines;
  const sku = productFor(settings, 'discountProduct', draft, 'a reduction of the whole order');
  const title = draft.discounts.map((discount) => discount.code ?? discount.title).join(', ') || 'Discount';
  const taxes = commonTaxes(lines, draft, settings);
  const reduced = service('d0', sku, title, reduction, taxes, false);
  return [...lines, { ...reduced, ...noMoreTax(taxes, reduction, draft, settings) }];
}

/**
 * A reduction becomes a percentage, a lower unit price or a line of its own: the first of the three that is exact. A
 * rounded percentage would be off by a cent in some orders, and by another one after the tax.
 */
function goodsLine(line: OrderLine, key: string, draft: OrderDraft, settings: OdooSettings): readonly LineDraft[] {
  const quantity = quantityText(line.quantity);
  const taxes = taxesFor(line.taxes, draft, settings);
  const stated = statedTaxes(line.taxes, line.total, draft, settings);
  const plain = { key, sku: line.sku ?? '', title: line.title, quantity, taxes, delivery: false, percentOff: '0' };
  const base = { ...plain, ...stated };
  const gross = multiplyMoney(line.unitPrice, quantity);
  if (equalMoney(gross, line.total)) return [{ ...base, unitPrice: line.unitPrice.amount }];
  const percentOff = exactPercentage(gross, line.total);
  if (percentOff !== undefined) return [{ ...base, unitPrice: line.unitPrice.amount, percentOff }];
  const unitPrice = exactUnitPrice(line.total, quantity);
  if (unitPrice !== undefined) return [{ ...base, unitPrice }];
  const reduction = subtractMoney(line.total, gross);
  if (compareMoney(reduction, zeroMoney(draft.currency)) > 0) {
    throw mismatch(draft, settings, `the line of SKU "${base.sku}" has a total above quantity times unit price`);
  }
  const sku = productFor(settings, 'discountProduct', draft, 'a reduction that no percentage expresses exactly');
  const title = line.discounts.map((discount) => discount.code ?? discount.title).join(', ') || 'Discount';
  const whole = { ...plain, unitPrice: line.unitPrice.amount, ...statedTaxes(line.taxes, gross, draft, settings) };
  const reduced = service(`${key}d`, sku, title, reduction, taxes, false);
  return [whole, { ...reduced, ...noMoreTax(taxes, reduction, draft, settings) }];
}

/** A reduction of the whole order lowers the tax as its lines are taxed, which is clear only when all are taxed alike. */
function commonTaxes(lines: readonly LineDraft[], draft: OrderDraft, settings: OdooSettings): readonly number[] {
  const first = lines[0]?.taxes ?? [];
  if (lines.every(({ taxes }) => taxes.join() === first.join())) return first;
  throw refused(settings, 'tax.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": a reduction of the whole order falls on lines that are taxed differently. Share it out among the lines, then replay.`,
    refs: [draft.source],
  });
}

function demandSkus(draft: OrderDraft, settings: OdooSettings): void {
  const without = draft.lines.filter(({ sku }) => sku === undefined).map(({ id }) => id);
  if (without.length === 0) return;
  throw refused(settings, 'sku.missing', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": ${without.length} of its lines have no SKU (${without.map((id) => `"${id}"`).join(', ')}). Say which products they are, then replay.`,
    refs: [draft.source],
    details: { lines: without },
  });
}

function mismatch(draft: OrderDraft, settings: OdooSettings, seen: string) {
  return refused(settings, 'totals.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": ${seen}. Find out in the channel which is right, then replay.`,
    refs: [draft.source],
  });
}

/**
 * What of the goods' sum the lines do not say themselves: a reduction of the whole order, as a negative amount. Only
 * discounts that are on no line explain it; goods that anything else lowers would be sold for less than was agreed.
 */
function wholeOrderReduction(draft: OrderDraft, settings: OdooSettings): Money {
  const { currency, totals } = draft;
  const sumOf = (amounts: readonly Money[]) => sumMoney(amounts, currency);
  const lines = sumOf(draft.lines.map(({ total }) => total));
  const reduction = subtractMoney(totals.goods, lines);
  if (isZeroMoney(reduction)) return reduction;
  const onLines = [...draft.lines, ...draft.shippingLines].flatMap(({ discounts }) => discounts);
  const left = subtractMoney(
    sumOf(draft.discounts.map(({ amount }) => amount)),
    sumOf(onLines.map(({ amount }) => amount)),
  );
  const missing = subtractMoney(lines, totals.goods);
  const isBelow = compareMoney(missing, zeroMoney(currency)) > 0;
  if (isBelow && equalMoney(left, missing)) return reduction;
  const why = isZeroMoney(left)
    ? `no discount of the whole order explains the "${missing.amount}" between them`
    : `discounts that are on no line, "${left.amount}", are not the "${missing.amount}" between them`;
  throw refused(settings, 'totals.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": it states "${totals.goods.amount}" ${currency} as goods, its lines make "${lines.amount}"${isBelow ? `, and ${why}` : ''}. Find out in the channel which is right, state a discount that is missing, then replay.`,
    refs: [draft.source],
    details: { what: 'goods', stated: totals.goods.amount, seen: lines.amount, discounts: left.amount, currency },
  });
}
