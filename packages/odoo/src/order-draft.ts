import { addMoney, equalMoney, isZeroMoney, sumMoney, zeroMoney, type Money, type OrderDraft } from '@crossdock/core';
import { refused } from './connection.ts';
import { goodsLines } from './goods-line.ts';
import { productFor, service, type LineDraft } from './line-draft.ts';
import type { OdooSettings } from './options.ts';
import { statedTaxes } from './tax-amounts.ts';
import { taxesFor } from './taxes.ts';

/**
 * A draft's lines for Odoo, so that they sum up to the draft's total to the cent. Raises what a person has to settle:
 * `sku.missing`, `tax.mismatch`, `totals.mismatch`, and of nothing at all `record.invalid`.
 */
export function fromDraft(draft: OrderDraft, settings: OdooSettings): readonly LineDraft[] {
  checkSums(draft, settings);
  const goods = goodsLines(draft, settings);
  const carriage = draft.shippingLines.map((line, index): LineDraft => {
    const sku = productFor(settings, 'shippingProduct', draft, 'carriage');
    const taxes = taxesFor(line.taxes, draft, settings);
    const carried = service(`s${index + 1}`, sku, line.title, line.total, taxes, true);
    return { ...carried, ...statedTaxes(line.taxes, line.total, draft, settings) };
  });
  const fees = draft.feeLines.map((line, index): LineDraft => {
    const sku = productFor(settings, 'feeProduct', draft, 'a fee');
    const taxes = taxesFor(line.taxes, draft, settings);
    const charged = service(`f${index + 1}`, sku, line.title, line.total, taxes, false);
    return { ...charged, ...statedTaxes(line.taxes, line.total, draft, settings) };
  });
  const lines = [...goods, ...carriage, ...fees, ...channelTax(draft, settings)];
  if (lines.length === 0) throw empty(draft, settings);
  // Odoo has no line without a name.
  return lines.map((line) => (line.title.trim() === '' ? { ...line, title: line.sku } : line));
}

/** Odoo would confirm it: a sale of nothing, that waits for nothing. */
function empty(draft: OrderDraft, settings: OdooSettings) {
  return refused(settings, 'record.invalid', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": it has no lines, so there is nothing to sell. Dismiss it if everything was taken off it, else read it again from the channel.`,
    refs: [draft.source],
  });
}

/** What the channel collects and owes itself is part of what the buyer pays, but no tax of ours: a line of its own. */
function channelTax(draft: OrderDraft, settings: OdooSettings): readonly LineDraft[] {
  const sku = settings.channelTaxProduct;
  if (sku === undefined || draft.taxesIncluded) return [];
  const owed = allTaxes(draft).filter(({ owedBy }) => owedBy === 'channel');
  const sum = sumMoney(
    owed.map(({ amount }) => amount),
    draft.currency,
  );
  return isZeroMoney(sum) ? [] : [service('t1', sku, 'Tax that the channel owes', sum, [], false)];
}

function allTaxes(draft: OrderDraft) {
  return [...draft.lines, ...draft.shippingLines, ...draft.feeLines].flatMap(({ taxes }) => taxes);
}

/** Refuses a draft whose parts do not make its total, before anything is written. */
function checkSums(draft: OrderDraft, settings: OdooSettings): void {
  const { currency, totals } = draft;
  const sumOf = (parts: readonly { readonly total: Money }[]) =>
    sumMoney(
      parts.map(({ total }) => total),
      currency,
    );
  const complain = (what: string, stated: Money, seen: Money) => {
    throw refused(settings, 'totals.mismatch', 'orders.create', {
      message: `Order "${draft.number}" was not created in "${settings.name}": it states "${stated.amount}" ${currency} as ${what}, its parts make "${seen.amount}". Find out in the channel which is right, then replay.`,
      refs: [draft.source],
      details: { what, stated: stated.amount, seen: seen.amount, currency },
    });
  };
  const shipping = sumOf(draft.shippingLines);
  if (!equalMoney(shipping, totals.shipping)) complain('carriage', totals.shipping, shipping);
  const fees = sumOf(draft.feeLines);
  if (!equalMoney(fees, totals.fees)) complain('fees', totals.fees, fees);
  const tax = draft.taxesIncluded ? zeroMoney(currency) : totals.tax;
  const total = [totals.goods, totals.shipping, totals.fees, tax].reduce((sum, part) => addMoney(sum, part));
  if (!equalMoney(total, totals.total)) complain('total', totals.total, total);
  const taxes = allTaxes(draft);
  if (taxes.length > 0 || isZeroMoney(totals.tax)) return;
  throw refused(settings, 'tax.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": it states "${totals.tax.amount}" ${currency} of tax, and none of its lines has any. Find out which tax it is, then replay.`,
    refs: [draft.source],
  });
}
