import type { OrderDraft, TaxLine } from '@crossdock/core';
import { refused } from './connection.ts';
import type { OdooSettings } from './options.ts';

/** The Odoo taxes of a line, by the rules in the options. A tax without a rule raises `tax.mismatch`. */
export function taxesFor(
  taxes: readonly TaxLine[],
  draft: Omit<OrderDraft, 'customer'>,
  settings: OdooSettings,
): readonly number[] {
  return [...new Set(taxes.flatMap((tax) => ruleFor(tax, draft, settings) ?? []))];
}

/** The Odoo tax of one tax, or `undefined` where its amount stands on a line of its own, or inside the price. */
export function ruleFor(tax: TaxLine, draft: Omit<OrderDraft, 'customer'>, settings: OdooSettings): number | undefined {
  if (isApart(tax, settings)) return undefined;
  const rule = settings.taxes.find(
    ({ rate, title, included, owedBy }) =>
      (rate === undefined || (tax.rate !== undefined && sameRate(rate, tax.rate))) &&
      (title === undefined || title === tax.title) &&
      (included === undefined || included === draft.taxesIncluded) &&
      (owedBy === undefined || owedBy === tax.owedBy),
  );
  if (rule) return rule.tax;
  throw refused(settings, 'tax.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not created in "${settings.name}": no rule in odoo({ taxes }) fits the tax "${tax.title}" of rate "${tax.rate ?? 'unknown'}", owed by the ${tax.owedBy}, with prices that ${draft.taxesIncluded ? 'hold' : 'exclude'} it. Add a rule for it, then replay.`,
    refs: [draft.source],
    details: { title: tax.title, rate: tax.rate ?? '', owedBy: tax.owedBy },
  });
}

/** Whether the amount of a tax is no tax of its line in Odoo: the channel owes it, and a line of its own has it. */
export function isApart({ owedBy }: TaxLine, { channelTaxProduct }: OdooSettings): boolean {
  return owedBy === 'channel' && channelTaxProduct !== undefined;
}

/** "0.2" and "0.20" are one rate. */
function sameRate(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(rate: string): string {
  return rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate;
}
