import {
  addMoney,
  compareMoney,
  equalMoney,
  fromMinorUnits,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type OrderDraft,
  type TaxLine,
} from '@crossdock/core';
import type { OdooSettings } from './options.ts';
import { isRounded, roundingHalves } from './rounding-cents.ts';
import { reckonedTax } from './piece-taxes.ts';
import { isApart } from './taxes.ts';

type Draft = Omit<OrderDraft, 'customer'>;

/** Lines of Odoo that stand for one thing of a draft, and what the channel says of their tax. */
export interface TaxedPart {
  /** Ends of the external ids that their lines have, where there are such. */
  readonly keys: readonly string[];
  readonly what: string;
  readonly taxes: readonly TaxLine[];
  readonly stated: Money;
  /** What Odoo makes of it where the channel rounded the tax of each piece; else the same. */
  readonly reckoned: Money;
  /** How many lines the channel has of it. */
  readonly lines: number;
  /** The half cents that rounding may explain, and those more for each further line in Odoo, on which it rounds again. */
  readonly halves: number;
  readonly again: number;
}

/** Everything of a draft that may be taxed. Goods that a reduction of the whole order lowers are one: their taxes know it. */
export function taxedParts(draft: Draft, settings: OdooSettings): readonly TaxedPart[] {
  const goods = draft.lines.map(({ sku, taxes, quantity, total }, index) => {
    const part = partOf([`l${index + 1}`, `l${index + 1}d`], `SKU "${sku ?? ''}"`, taxes, draft, settings);
    const { taxesIncluded } = draft;
    return { ...part, reckoned: reckonedTax(part.taxes, { quantity, total, taxesIncluded }) };
  });
  const sum = sumMoney(
    draft.lines.map(({ total }) => total),
    draft.currency,
  );
  return [
    ...(equalMoney(sum, draft.totals.goods) ? goods : [together(goods, draft)]),
    ...draft.shippingLines.map(({ taxes }, index) =>
      partOf([`s${index + 1}`], `carriage ${index + 1}`, taxes, draft, settings),
    ),
    ...draft.feeLines.map(({ taxes }, index) => partOf([`f${index + 1}`], `fee ${index + 1}`, taxes, draft, settings)),
  ];
}

function partOf(
  keys: readonly string[],
  what: string,
  taxes: readonly TaxLine[],
  draft: Draft,
  settings: OdooSettings,
): TaxedPart {
  const ours = taxes.filter((tax) => !isApart(tax, settings));
  const stated = sumMoney(
    ours.map(({ amount }) => amount),
    draft.currency,
  );
  return {
    keys,
    what,
    taxes: ours,
    stated,
    reckoned: stated,
    lines: 1,
    halves: roundingHalves(ours),
    again: ours.filter(isRounded).length,
  };
}

/** What they are taxed after the reduction nobody can reckon of each: what the channel states has to do. */
function together(parts: readonly TaxedPart[], draft: Draft): TaxedPart {
  const stated = sumMoney(
    parts.map((part) => part.stated),
    draft.currency,
  );
  return {
    keys: [...parts.flatMap(({ keys }) => keys), 'd0'],
    what: 'its goods',
    taxes: parts.flatMap(({ taxes }) => taxes),
    stated,
    reckoned: stated,
    lines: parts.length,
    halves: parts.reduce((sum, { halves }) => sum + halves, 0),
    again: Math.max(0, ...parts.map(({ again }) => again)),
  };
}

/**
 * The sums of an order as Odoo makes them where the channel rounded the tax of each piece: they are that much less or more
 * than stated. Prices that hold their taxes make the same total at any tax.
 */
export function reckonedSums(
  draft: Draft,
  tax: Money,
  settings: OdooSettings,
): { readonly tax: Money; readonly total: Money } {
  const parts = taxedParts(draft, settings);
  const more = sumMoney(
    parts.map(({ stated, reckoned }) => subtractMoney(reckoned, stated)),
    draft.currency,
  );
  const { total } = draft.totals;
  return { tax: addMoney(tax, more), total: draft.taxesIncluded ? total : addMoney(total, more) };
}

/** Whether the tax of so many lines in Odoo is that of their part as far as rounding goes. */
export function fitsPart({ stated, reckoned, lines, halves, again }: TaxedPart, made: Money, count: number): boolean {
  const cents = Math.ceil((halves + again * Math.max(0, count - lines)) / 2);
  return isNear(made, stated, cents) || isNear(made, reckoned, cents);
}

/** Whether two amounts differ by no more than so many cents. */
export function isNear(one: Money, other: Money, cents: number): boolean {
  const difference = subtractMoney(one, other);
  const size = compareMoney(difference, zeroMoney(one.currency)) < 0 ? negateMoney(difference) : difference;
  return compareMoney(size, fromMinorUnits(BigInt(cents), one.currency)) <= 0;
}
