import { isZeroMoney, type OrderDraft, type TaxLine } from '@crossdock/core';
import type { OdooSettings } from './options.ts';
import { isApart } from './taxes.ts';

/** The most cents that rounding of taxes may explain over all lines of a draft. */
export function roundingCents(
  { lines, shippingLines, feeLines }: Omit<OrderDraft, 'customer'>,
  settings: OdooSettings,
): number {
  const halves = [...lines, ...shippingLines, ...feeLines].map(({ taxes }) =>
    roundingHalves(taxes.filter((tax) => !isApart(tax, settings))),
  );
  return Math.floor(halves.reduce((sum, one) => sum + one, 0) / 2);
}

/**
 * The most half cents that rounding may explain on one line: two for a line that is taxed, because some cut off in place of
 * rounding, and one for each tax where it has more than two. A tax of nothing cannot be rounded.
 */
export function roundingHalves(taxes: readonly TaxLine[]): number {
  const rounded = taxes.filter(isRounded).length;
  return rounded === 0 ? 0 : Math.max(2, rounded);
}

export function isRounded({ rate, amount }: TaxLine): boolean {
  return !isZeroMoney(amount) || (rate !== undefined && Number(rate) !== 0);
}
