import { subtractMoney, sumMoney, type Money, type OrderDraft, type TaxLine, type WriteOptions } from '@crossdock/core';
import { refused, type Connection } from './connection.ts';
import type { LineDraft } from './line-draft.ts';
import type { OdooSettings } from './options.ts';
import { ruleFor } from './taxes.ts';
import { currencyRow } from './wire/account.ts';

/**
 * What the channel says a line is taxed, by Odoo's tax, and what of its price is then no tax. Nothing where Odoo is to
 * reckon the taxes itself. `of` is the amount that the line stands for.
 */
export function statedTaxes(
  taxes: readonly TaxLine[],
  of: Money,
  draft: OrderDraft,
  settings: OdooSettings,
): Pick<LineDraft, 'stated'> {
  if (settings.taxAmounts !== 'channel') return {};
  const amounts = new Map<number, Money[]>();
  for (const tax of taxes) {
    const rule = ruleFor(tax, draft, settings);
    if (rule !== undefined) amounts.set(rule, [...(amounts.get(rule) ?? []), tax.amount]);
  }
  if (amounts.size === 0) return {};
  const sums = [...amounts].map(([tax, parts]) => [tax, sumMoney(parts, draft.currency)] as const);
  const all = sumMoney(
    sums.map(([, sum]) => sum),
    draft.currency,
  );
  const net = draft.taxesIncluded ? { net: subtractMoney(of, all).amount } : {};
  return { stated: { taxes: sums.map(([tax, { amount }]) => ({ tax, amount })), ...net } };
}

/** The same for a reduction whose tax its goods state already. */
export function noMoreTax(
  taxes: readonly number[],
  of: Money,
  draft: OrderDraft,
  settings: OdooSettings,
): Pick<LineDraft, 'stated'> {
  if (settings.taxAmounts !== 'channel' || taxes.length === 0) return {};
  const net = draft.taxesIncluded ? { net: of.amount } : {};
  return { stated: { taxes: taxes.map((tax) => ({ tax, amount: '0' })), ...net } };
}

/**
 * A line's taxes as Odoo keeps what was not reckoned by it, without the currency. Odoo goes by them as long as price,
 * discount, quantity and currency are these, through the confirmation and into the posted invoice, in a list of another
 * currency too. Recorded on Odoo 19.0, 2026-11-26.
 */
export function extraTaxData({ stated, unitPrice, percentOff, quantity }: LineDraft) {
  if (!stated) return undefined;
  const amounts = stated.taxes.map(
    ({ tax, amount }) => [String(tax), { tax_amount_currency: Number(amount) }] as const,
  );
  return {
    price_unit: Number(unitPrice),
    discount: Number(percentOff),
    quantity: Number(quantity),
    manual_tax_amounts: Object.fromEntries(amounts),
    ...(stated.net === undefined ? {} : { manual_total_excluded_currency: Number(stated.net) }),
  };
}

/** Refuses `taxAmounts: 'channel'` where Odoo has no place for them. */
export async function demandPlaceForTaxes({ client, settings }: Connection, options: WriteOptions): Promise<void> {
  if (settings.taxAmounts !== 'channel' || (await client.version(options)) >= 19) return;
  throw refused(settings, 'options.invalid', 'orders.create', {
    message: `No order was created in "${settings.name}": odoo({ taxAmounts }) is "channel", and an Odoo before 19 reckons every tax itself. Leave the option out and pass roundingProduct for the cents, or use Odoo 19.`,
  });
}

/** The ids of currencies by code. Raises nothing: an order in a currency that is not in use has another sum anyway. */
export async function currencyIds(
  { client, settings }: Connection,
  codes: readonly string[],
  options: WriteOptions,
): Promise<ReadonlyMap<string, number>> {
  if (settings.taxAmounts !== 'channel') return new Map();
  const domain = [['name', 'in', [...new Set(codes)]] as const];
  const found = await client.searchRead('res.currency', currencyRow, { domain, order: 'id' }, options);
  return new Map(found.map(({ id, name }) => [name, id]));
}
