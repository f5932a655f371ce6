import { divided, micro, percentOf, withoutPercent, type Micro } from '../decimal.ts';
import type { WooAddress, WooOrder, WooTaxRate } from '../records.ts';
import type { Site } from '../site.ts';

interface Place {
  readonly country: string;
  readonly state: string;
}

/**
 * Where an order is taxed: at its shipping address, else at its billing address, else where the shop is. Recorded on
 * WooCommerce 10.0.2, 2026-11-23: an order without addresses is taxed as the shop, an unknown country not at all.
 */
export function taxPlace(site: Site, order: Pick<WooOrder, 'billing' | 'shipping'>): Place {
  if (order.shipping.country !== '') return placeOf(order.shipping);
  if (order.billing.country !== '') return placeOf(order.billing);
  return { country: site.settings.baseCountry, state: '' };
}

function placeOf({ country, state }: WooAddress): Place {
  return { country, state };
}

/** The rates of a class at a place: one a priority, the more precise one first. */
export function ratesFor(site: Site, place: Place, taxClass: string): readonly WooTaxRate[] {
  const name = taxClass === '' ? 'standard' : taxClass;
  const fitting = [...site.store.rates.values()]
    .filter((rate) => rate.taxClass === name)
    .filter((rate) => rate.country === '' || rate.country === place.country)
    .filter((rate) => rate.state === '' || rate.state === place.state)
    .toSorted(
      (a, b) =>
        a.priority - b.priority ||
        Number(a.country === '') - Number(b.country === '') ||
        Number(a.state === '') - Number(b.state === '') ||
        a.id - b.id,
    );
  return fitting.filter((rate, index) => fitting[index - 1]?.priority !== rate.priority);
}

/** The tax of a net amount, rate by rate; a compound rate is on top of the others. */
export function taxOf(net: Micro, rates: readonly WooTaxRate[]): ReadonlyMap<number, Micro> {
  const taxes = new Map<number, Micro>();
  let plain = 0n;
  for (const rate of rates.filter(({ compound }) => !compound)) {
    const tax = percentOf(net, micro(rate.rate));
    taxes.set(rate.id, tax);
    plain += tax;
  }
  for (const rate of rates.filter(({ compound }) => compound)) {
    const tax = percentOf(net + plain, micro(rate.rate));
    taxes.set(rate.id, tax);
    plain += tax;
  }
  return taxes;
}

/** What is net of a gross price. */
export function netOf(gross: Micro, rates: readonly WooTaxRate[]): Micro {
  let net = gross;
  for (const rate of rates.filter(({ compound }) => compound).toReversed()) net = withoutPercent(net, micro(rate.rate));
  const plain = rates.filter(({ compound }) => !compound).reduce((sum, { rate }) => sum + micro(rate), 0n);
  return withoutPercent(net, plain);
}

/** What each of `quantity` costs, as the API computes it: a float. */
export function priceOf(total: Micro, quantity: number): number {
  if (quantity === 0) return 0;
  return Number(total) / 1_000_000 / quantity;
}

/** A part of an amount in proportion. */
export function share(amount: Micro, part: Micro, whole: Micro): Micro {
  return whole === 0n ? 0n : divided(amount * part, whole);
}
