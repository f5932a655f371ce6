import type { OrderDraft, TaxLine, WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import { isApart, ruleFor } from './taxes.ts';
import { taxRow, type TaxWire } from './wire/order.ts';

type Draft = Omit<OrderDraft, 'customer'>;

/** That a channel's tax goes by a tax of Odoo which is of another rate. */
export interface RateDifference {
  readonly title: string;
  readonly rate: string;
  readonly tax: number;
  readonly percent: number;
}

/**
 * Where rules in the options lead to a tax of another rate, by draft. Amounts do not always tell: two rules that are swapped
 * make the same sum on two lines of one price, and on cheap lines a wrong rate looks like rounding. What Odoo has as a
 * percentage is asked for once; a difference is told only if it still is one. Where the channel's amounts are kept, the
 * rate of Odoo's tax reckons nothing.
 */
export async function rateDifferences<D extends Draft>(
  connection: Connection,
  drafts: readonly D[],
  options: WriteOptions,
): Promise<ReadonlyMap<D, RateDifference>> {
  const { settings, taxRates } = connection;
  if (settings.taxAmounts === 'channel') return new Map();
  const stated = new Map(drafts.map((draft) => [draft, statedRates(connection, draft)]));
  const ids = new Set([...stated.values()].flatMap((rates) => rates.map(({ tax }) => tax)));
  await learnRates(
    connection,
    [...ids].filter((id) => !taxRates.has(id)),
    options,
  );
  const doubted = [...stated.values()].flatMap((rates) => rates.filter((one) => isOther(one, taxRates.get(one.tax))));
  await learnRates(connection, [...new Set(doubted.map(({ tax }) => tax))], options);
  const differences = new Map<D, RateDifference>();
  for (const [draft, rates] of stated) {
    const other = rates.find((one) => isOther(one, taxRates.get(one.tax)));
    const percent = other && taxRates.get(other.tax);
    if (other && percent !== undefined) differences.set(draft, { ...other, percent });
  }
  return differences;
}

type StatedRate = Omit<RateDifference, 'percent'>;

/** The rates that a draft states, by the tax of Odoo on each line; those of a line that go by one tax together. */
function statedRates(connection: Connection, draft: Draft): readonly StatedRate[] {
  return [...draft.lines, ...draft.shippingLines, ...draft.feeLines].flatMap(({ taxes }) => {
    const byTax = new Map<number, TaxLine[]>();
    for (const one of taxes) {
      if (isApart(one, connection.settings)) continue;
      const tax = ruleFor(one, draft, connection.settings);
      if (tax !== undefined) byTax.set(tax, [...(byTax.get(tax) ?? []), one]);
    }
    return [...byTax].flatMap(([tax, parts]): readonly StatedRate[] => {
      const rates = parts.flatMap(({ rate }) => (rate === undefined ? [] : [Number(rate)]));
      if (rates.length < parts.length) return [];
      const [first] = parts;
      const rate = rates.length === 1 ? (first?.rate ?? '') : String(rates.reduce((sum, one) => sum + one, 0));
      return [{ title: first?.title ?? '', rate, tax }];
    });
  });
}

/** Channels state four digits of a fraction at least: what they cut off is no other rate. */
function isOther({ rate }: StatedRate, percent: number | undefined): boolean {
  return percent !== undefined && Math.abs(Number(rate) * 100 - percent) > 0.0051;
}

/** Asks for taxes; one that is no percentage, such as a group, or that is not there, has no rate to compare. */
async function learnRates(
  { client, taxRates }: Connection,
  ids: readonly number[],
  options: WriteOptions,
): Promise<void> {
  if (ids.length === 0) return;
  // Looked for and not read: one that is not there would take the answer away from all others.
  const domain = [['id', 'in', ids] as const];
  const context = { active_test: false };
  const found = await client.searchRead('account.tax', taxRow, { domain, order: 'id' }, { ...options, context });
  const byId = new Map<number, TaxWire>(found.map((tax) => [tax.id, tax]));
  for (const id of ids) {
    const tax = byId.get(id);
    taxRates.set(id, tax?.amount_type === 'percent' ? tax.amount : undefined);
  }
}
