import {
  equalMoney,
  subtractMoney,
  sumMoney,
  type Money,
  type OrderDraft,
  type TaxLine,
  type WriteOptions,
} from '@crossdock/core';
import { moneyOf } from './amounts.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { externalNamesOf } from './external-names.ts';
import type { OdooSettings } from './options.ts';
import { roundingCents } from './rounding-cents.ts';
import { fitsPart, isNear, reckonedSums, taxedParts, type TaxedPart } from './tax-parts.ts';
import type { RateDifference } from './tax-rates.ts';
import { isApart, ruleFor } from './taxes.ts';
import { lineTaxRow, type LineTaxWire, type OrderStateWire } from './wire/order.ts';

type Draft = Omit<OrderDraft, 'customer'>;

/** The tax that an order is to have in Odoo: all that the channel states, but for what is a line of its own there. */
export function taxOf(draft: Draft, settings: OdooSettings): Money {
  const apart = [...draft.lines, ...draft.shippingLines, ...draft.feeLines]
    .flatMap(({ taxes }) => taxes)
    .filter((tax) => isApart(tax, settings));
  return subtractMoney(draft.totals.tax, sumOf(apart, draft));
}

/**
 * Whether Odoo's tax is the channel's: to the cent, as far as the rounding of all lines goes, or not. With prices that
 * hold their taxes no sum would tell: it is the same at any rate.
 */
export function taxFit(draft: Draft, settings: OdooSettings, order: OrderStateWire): 'same' | 'near' | 'far' {
  const made = moneyIn(order, order.amount_tax);
  if (made?.currency !== draft.currency) return 'far';
  const stated = taxOf(draft, settings);
  if (equalMoney(made, stated)) return 'same';
  const cents = roundingCents(draft, settings);
  const reckoned = reckonedSums(draft, stated, settings).tax;
  return isNear(made, stated, cents) || isNear(made, reckoned, cents) ? 'near' : 'far';
}

/** That an order is taxed otherwise in Odoo than the channel says: where, by which tax of Odoo, and what to do. */
export function taxRefused(
  connection: Connection,
  draft: OrderDraft,
  order: OrderStateWire,
  differences: readonly TaxDifference[],
) {
  const { name } = connection.settings;
  const seen = String(moneyIn(order, order.amount_tax)?.amount ?? order.amount_tax);
  const stated = taxOf(draft, connection.settings).amount;
  const far = differences.filter(({ isFar }) => isFar);
  const named = far.length > 0 ? far : differences;
  const where =
    named.length === 0
      ? 'No one line of it explains that.'
      : `${named
          .slice(0, 5)
          .map(({ what, says, makes }) => `${what}: ${says}, ${makes}`)
          .join('. ')}.`;
  // Where prices hold their taxes Odoo fits the tax of all into their sum, which is right already: a line of rounding would
  // spoil it. Recorded on Odoo 19.0, 2026-11-26, with both of its ways to round and up to four taxes a line.
  const cents = draft.taxesIncluded ? 'On' : 'Cents of rounding go through with odoo({ roundingProduct }); on';
  return refused(connection.settings, 'tax.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not confirmed in "${name}": "${order.name}" has "${seen}" ${draft.currency} of tax there, the channel says "${stated}". It stays a quotation. ${where} If a rule in odoo({ taxes }) names the wrong tax, correct it, cancel the quotation in Odoo and replay; if only its lines are wrong, correct their taxes in Odoo and replay. ${cents} Odoo 19 taxAmounts: "channel" keeps the channel's amounts in new orders.`,
    refs: [draft.source, refTo(connection, 'order', order.id)],
    details: {
      made: seen,
      expected: stated,
      currency: draft.currency,
      lines: named.map(({ key }) => key),
    },
  });
}

/** The same of an order whose sums would do. */
export function rateRefused(
  connection: Connection,
  draft: OrderDraft,
  order: OrderStateWire,
  { title, rate, tax, percent }: RateDifference,
) {
  const { settings } = connection;
  return refused(settings, 'tax.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not confirmed in "${settings.name}": the channel states the rate "${rate}" for "${title}", and by odoo({ taxes }) it goes by the tax "${tax}" there, which is of ${percent} %. "${order.name}" stays a quotation, although its amounts differ by no more than rounding. Correct the rule, cancel the quotation in Odoo and replay; or put the right tax on its lines in Odoo and replay.`,
    refs: [draft.source, refTo(connection, 'order', order.id)],
    details: { title, rate, tax, percent },
  });
}

/** A part of an order that is taxed otherwise than the channel says, by more than rounding where it is far. */
export interface TaxDifference {
  readonly key: string;
  readonly what: string;
  readonly says: string;
  readonly makes: string;
  readonly isFar: boolean;
}

/**
 * What of orders is taxed otherwise than the channel says, by database id, with two questions for all of them: what the
 * rounding of all lines may explain could be the tax of one. Not of an order on which a person put taxed lines of their
 * own, nor of lines that are gone: there the sum alone can tell.
 */
export async function taxDifferences(
  connection: Connection,
  orders: readonly { readonly id: number; readonly externalId: string; readonly draft: Draft }[],
  options: WriteOptions,
): Promise<ReadonlyMap<number, readonly TaxDifference[]>> {
  const { client, settings } = connection;
  if (orders.length === 0) return new Map();
  const domain = [['order_id', 'in', orders.map(({ id }) => id)] as const];
  const lines = await client.searchRead('sale.order.line', lineTaxRow, { domain, order: 'id' }, options);
  const ids = lines.map(({ id }) => id);
  const names = await externalNamesOf(connection, 'sale.order.line', ids, options);
  return new Map(
    orders.map(({ id, externalId, draft }) => {
      const parts = taxedParts(draft, settings);
      const taken = new Set<LineTaxWire>();
      const compared = parts.flatMap((part) => {
        const own = new Set(part.keys.map((key) => `${externalId}_${key}`));
        const found = lines.filter((line) => line.order_id?.id === id && own.has(names.get(line.id) ?? ''));
        for (const line of found) taken.add(line);
        return found.length === 0 ? [] : differenceOf(part, found, draft, settings);
      });
      const isTouched = lines.some((line) => line.order_id?.id === id && line.price_tax !== 0 && !taken.has(line));
      return [id, isTouched ? compared.map((one) => ({ ...one, isFar: false })) : compared];
    }),
  );
}

function differenceOf(
  part: TaxedPart,
  found: readonly LineTaxWire[],
  draft: Draft,
  settings: OdooSettings,
): readonly TaxDifference[] {
  const { keys, what, taxes, stated } = part;
  const made = sumMoney(
    found.map(({ price_tax }) => moneyOf(price_tax, draft.currency)),
    draft.currency,
  );
  if (equalMoney(made, stated)) return [];
  const rules = [...new Set(taxes.map((tax) => ruleFor(tax, draft, settings)))].join(', ');
  const words = [...new Set(taxes.map((tax) => `"${tax.title}" of rate "${tax.rate ?? 'unknown'}"`))].join(' and ');
  const says = `the channel says "${stated.amount}"${words === '' ? '' : ` for ${words}`}`;
  const makes = `Odoo makes "${made.amount}"${rules === '' ? '' : ` by its tax ${rules}, as odoo({ taxes }) says`}`;
  return [{ key: keys[0] ?? '', what, says, makes, isFar: !fitsPart(part, made, found.length) }];
}

function sumOf(taxes: readonly TaxLine[], draft: Draft): Money {
  return sumMoney(
    taxes.map(({ amount }) => amount),
    draft.currency,
  );
}

function moneyIn({ currency_id: { name } }: OrderStateWire, amount: number): Money | undefined {
  return /^[A-Z]{3}$/.test(name) ? moneyOf(amount, name) : undefined;
}
