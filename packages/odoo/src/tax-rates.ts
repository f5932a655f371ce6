import type { OrderDraft, TaxLine, WriteOptions } from '@crossdock/core';
import type { Connection } from './connection.ts';
import { externalNamesOf } from './external-names.ts';
import { lineShape } from './line-shape.ts';
import { isApart, ruleFor } from './taxes.ts';
import { taxesOnLineRow, taxRow, type TaxWire } from './wire/order.ts';

type Draft = Omit<OrderDraft, 'customer'>;

/** That a channel's tax goes by a tax of Odoo which is of another rate. */
export interface RateDifference {
  readonly title: string;
  readonly rate: string;
  readonly tax: number;
  readonly percent: number;
}

/** A draft, and the quotation that was made of it where there is one. */
export interface RatedOrder<D extends Draft = Draft> {
  readonly draft: D;
  readonly made?: { readonly id: number; readonly externalId: string };
}

/**
 * Where rules in the options lead to a tax of another rate, by draft. Amounts do not always tell: two rules that are swapped
 * make the same sum on two lines of one price, and on cheap lines a wrong rate looks like rounding. What Odoo has as a
 * percentage is asked for once; a difference is told only if it still is one, and if the quotation's line still has the tax
 * of the rule: what a person put there instead stands. Where the channel's amounts are kept, the rate of Odoo's tax
 * reckons nothing.
 */
export async function rateDifferences<D extends Draft>(
  connection: Connection,
  orders: readonly RatedOrder<D>[],
  options: WriteOptions,
): Promise<ReadonlyMap<D, RateDifference>> {
  const { settings, taxRates } = connection;
  if (settings.taxAmounts === 'channel') return new Map();
  const stated = orders.map((order) => ({ order, rates: statedRates(connection, order.draft) }));
  const ids = new Set(stated.flatMap(({ rates }) => rates.map(({ tax }) => tax)));
  await learnRates(
    connection,
    [...ids].filter((id) => !taxRates.has(id)),
    options,
  );
  const otherRates = () =>
    stated.flatMap(({ order, rates }) => {
      const others = rates.filter((one) => isOther(one, taxRates.get(one.tax)));
      return others.length === 0 ? [] : [{ order, others }];
    });
  const doubted = otherRates().flatMap(({ others }) => others.map(({ tax }) => tax));
  await learnRates(connection, [...new Set(doubted)], options);
  const wrong = otherRates();
  const made = wrong.flatMap(({ order }) => order.made ?? []);
  const taxesOn = await taxesByName(connection, made, options);
  const differences = new Map<D, RateDifference>();
  for (const { order, others } of wrong) {
    const other = others.find(({ keys, tax }) => !order.made || stands(order.made.externalId, keys, tax, taxesOn));
    const percent = other && taxRates.get(other.tax);
    if (!other || percent === undefined) continue;
    const { title, rate, tax } = other;
    differences.set(order.draft, { title, rate, tax, percent });
  }
  return differences;
}

/** A stated rate, the tax of Odoo that it goes by, and the ends of the external ids of the lines that have it. */
interface StatedRate extends Omit<RateDifference, 'percent'> {
  readonly keys: readonly string[];
}

/**
 * The rates that a draft states, by the tax of Odoo on each line. Not of several that go by one tax: what they make
 * together, one on top of another or each rounded, no sum of their rates says.
 */
function statedRates(connection: Connection, draft: Draft): readonly StatedRate[] {
  const { settings } = connection;
  const lines = [
    ...draft.lines.map(({ taxes }, index) => ({ taxes, keys: [`l${index + 1}`, `l${index + 1}d`] })),
    ...draft.shippingLines.map(({ taxes }, index) => ({ taxes, keys: [`s${index + 1}`] })),
    ...draft.feeLines.map(({ taxes }, index) => ({ taxes, keys: [`f${index + 1}`] })),
  ];
  return lines.flatMap(({ taxes, keys }) => {
    const byTax = new Map<number, TaxLine[]>();
    for (const one of taxes) {
      if (isApart(one, settings)) continue;
      const tax = ruleFor(one, draft, settings);
      if (tax !== undefined) byTax.set(tax, [...(byTax.get(tax) ?? []), one]);
    }
    return [...byTax].flatMap(([tax, [only, ...more]]): readonly StatedRate[] =>
      only?.rate === undefined || more.length > 0 ? [] : [{ title: only.title, rate: only.rate, tax, keys }],
    );
  });
}

/** Channels state four digits of a fraction at least, rounded or cut off, so up to 0.01 %: that is no other rate. */
function isOther({ rate }: StatedRate, percent: number | undefined): boolean {
  return percent !== undefined && Math.abs(Number(rate) * 100 - percent) > 0.011;
}

/** Whether a line of a quotation has a tax: a person may have put another one there, or taken the line away. */
function stands(externalId: string, keys: readonly string[], tax: number, taxesOn: TaxesByName): boolean {
  return keys.some((key) => taxesOn.get(`${externalId}_${key}`)?.includes(tax));
}

type TaxesByName = ReadonlyMap<string, readonly number[]>;

/** The taxes that stand on the lines of quotations, by the external ids of the lines. */
async function taxesByName(
  connection: Connection,
  orders: readonly { readonly id: number }[],
  options: WriteOptions,
): Promise<TaxesByName> {
  if (orders.length === 0) return new Map();
  const { taxField } = await lineShape(connection, options);
  const domain = [['order_id', 'in', orders.map(({ id }) => id)] as const];
  const row = taxesOnLineRow(taxField);
  const lines = await connection.client.searchRead('sale.order.line', row, { domain, order: 'id' }, options);
  const ids = lines.map(({ id }) => id);
  const names = await externalNamesOf(connection, 'sale.order.line', ids, options);
  return new Map(lines.map(({ id, tax_ids }) => [names.get(id) ?? '', tax_ids]));
}

/**
 * Asks for taxes; one that is no percentage, such as a group, or that is not there, has no rate to compare. Odoo keeps
 * four digits of one.
 */
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
    taxRates.set(id, tax?.amount_type === 'percent' ? Number(tax.amount.toFixed(4)) : undefined);
  }
}
