import {
  compareMoney,
  fromMinorUnits,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type OrderDraft,
  type TaxLine,
  type WriteOptions,
} from '@crossdock/core';
import { moneyOf } from './amounts.ts';
import { refTo, refused, type Connection } from './connection.ts';
import { externalNamesOf } from './external-names.ts';
import type { OdooSettings } from './options.ts';
import { roundingCents, roundingHalves } from './order-rounding.ts';
import { isApart, ruleFor } from './taxes.ts';
import { lineTaxRow, type OrderStateWire } from './wire/order.ts';

type Draft = Omit<OrderDraft, 'customer'>;

/** The tax that an order is to have in Odoo: all that the channel states, but for what is a line of its own there. */
export function taxOf(draft: Draft, settings: OdooSettings): Money {
  const apart = partsOf(draft)
    .flatMap(({ taxes }) => taxes)
    .filter((tax) => isApart(tax, settings));
  return subtractMoney(draft.totals.tax, sumOf(apart, draft));
}

/**
 * Whether Odoo's tax is the channel's as far as rounding goes. With prices that
 * hold their taxes no sum would tell: it is the same at any rate.
 */
export function isTaxed(draft: Draft, settings: OdooSettings, order: OrderStateWire): boolean {
  const made = moneyIn(order, order.amount_tax);
  return made?.currency === draft.currency && isNear(made, taxOf(draft, settings), roundingCents(draft, settings));
}

/** That an order is taxed otherwise in Odoo than the channel says: where, by which tax of Odoo, and what to do. */
export async function taxRefused(
  connection: Connection,
  draft: OrderDraft,
  order: OrderStateWire,
  externalId: string,
  options: WriteOptions,
) {
  const { name } = connection.settings;
  const seen = String(moneyIn(order, order.amount_tax)?.amount ?? order.amount_tax);
  const stated = taxOf(draft, connection.settings).amount;
  const differences = await differencesIn(connection, draft, order, externalId, options);
  const where =
    differences.length === 0
      ? 'No one line of it explains that.'
      : `${differences
          .slice(0, 5)
          .map(({ what, says, makes }) => `${what}: ${says}, ${makes}`)
          .join('. ')}.`;
  // Where prices hold their taxes the sum is right already, and a line of rounding would spoil it.
  const cents = draft.taxesIncluded ? 'On' : 'Cents of rounding go through with odoo({ roundingProduct }); on';
  return refused(connection.settings, 'tax.mismatch', 'orders.create', {
    message: `Order "${draft.number}" was not confirmed in "${name}": "${order.name}" has "${seen}" ${draft.currency} of tax there, the channel says "${stated}". It stays a quotation. ${where} If a rule in odoo({ taxes }) names the wrong tax, correct it, cancel the quotation in Odoo and replay; if only its lines are wrong, correct their taxes in Odoo and replay. ${cents} Odoo 19 taxAmounts: "channel" keeps the channel's amounts in new orders.`,
    refs: [draft.source, refTo(connection, 'order', order.id)],
    details: {
      made: seen,
      expected: stated,
      currency: draft.currency,
      lines: differences.map(({ key }) => key),
    },
  });
}

/** The lines whose tax is off by more than rounding, or all that are off where none is by more. */
async function differencesIn(
  connection: Connection,
  draft: OrderDraft,
  order: OrderStateWire,
  externalId: string,
  options: WriteOptions,
) {
  const { client, settings } = connection;
  const domain = [['order_id', '=', order.id] as const];
  const lines = await client.searchRead('sale.order.line', lineTaxRow, { domain, order: 'id' }, options);
  const ids = lines.map(({ id }) => id);
  const names = await externalNamesOf(connection, 'sale.order.line', ids, options);
  const madeOf = (key: string) =>
    sumMoney(
      lines
        .filter(({ id }) => [`${externalId}_${key}`, `${externalId}_${key}d`].includes(names.get(id) ?? ''))
        .map(({ price_tax }) => moneyOf(price_tax, draft.currency)),
      draft.currency,
    );
  const compared = partsOf(draft).map(({ key, what, taxes }) => {
    const ours = taxes.filter((tax) => ruleFor(tax, draft, settings) !== undefined);
    const stated = sumOf(ours, draft);
    const made = madeOf(key);
    const rules = [...new Set(ours.map((tax) => ruleFor(tax, draft, settings)))].join(', ');
    const words = ours.map((tax) => `"${tax.title}" of rate "${tax.rate ?? 'unknown'}"`).join(' and ');
    const says = `the channel says "${stated.amount}"${words === '' ? '' : ` for ${words}`}`;
    const makes = `Odoo makes "${made.amount}"${rules === '' ? '' : ` by its tax ${rules}, as odoo({ taxes }) says`}`;
    return { key, what, says, makes, cents: Math.ceil(roundingHalves(ours) / 2), off: subtractMoney(stated, made) };
  });
  const zero = zeroMoney(draft.currency);
  const off = compared.filter((one) => compareMoney(one.off, zero) !== 0);
  const far = off.filter((one) => !isNear(one.off, zero, one.cents));
  return far.length > 0 ? far : off;
}

/** Everything of a draft that may be taxed, by the key of its line in Odoo. */
function partsOf(draft: Draft) {
  return [
    ...draft.lines.map(({ sku, taxes }, index) => ({ key: `l${index + 1}`, what: `SKU "${sku ?? ''}"`, taxes })),
    ...draft.shippingLines.map(({ taxes }, index) => ({ key: `s${index + 1}`, what: `carriage ${index + 1}`, taxes })),
    ...draft.feeLines.map(({ taxes }, index) => ({ key: `f${index + 1}`, what: `fee ${index + 1}`, taxes })),
  ];
}

function sumOf(taxes: readonly TaxLine[], draft: Draft): Money {
  return sumMoney(
    taxes.map(({ amount }) => amount),
    draft.currency,
  );
}

/** Whether two amounts differ by no more than so many cents. */
function isNear(one: Money, other: Money, cents: number): boolean {
  const difference = subtractMoney(one, other);
  const size = compareMoney(difference, zeroMoney(one.currency)) < 0 ? negateMoney(difference) : difference;
  return compareMoney(size, fromMinorUnits(BigInt(cents), one.currency)) <= 0;
}

function moneyIn({ currency_id: { name } }: OrderStateWire, amount: number): Money | undefined {
  return /^[A-Z]{3}$/.test(name) ? moneyOf(amount, name) : undefined;
}
