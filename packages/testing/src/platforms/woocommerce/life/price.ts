import { micro, roundMicro, type Micro } from '../decimal.ts';
import type { WooProduct } from '../records.ts';
import type { Site } from '../site.ts';
import { netOf, ratesFor } from './tax.ts';

/** What a buyer pays for one: the sale price while it holds; of a variable product its cheapest variation. */
export function priceText(site: Site, product: WooProduct): string {
  if (product.type === 'variable') return cheapest(variationPrices(site, product));
  return isOnSale(site, product) ? product.salePrice : product.regularPrice;
}

/** Whether the sale price holds now, the second in which it ends included. */
export function isOnSale(site: Site, { salePrice, saleFrom, saleUntil }: WooProduct): boolean {
  const now = site.now();
  return salePrice !== '' && (saleFrom ?? now) <= now && (saleUntil ?? now) >= now;
}

export function variationPrices(site: Site, product: WooProduct): readonly string[] {
  return (site.store.variationsOf.get(product.id) ?? [])
    .flatMap((id) => site.store.products.get(id) ?? [])
    .map((variation) => priceText(site, variation))
    .filter((price) => price !== '')
    .toSorted((a, b) => Number(a) - Number(b));
}

/** The class that a product is taxed by; a variation's `parent` is its parent's. */
export function taxClassOf(site: Site, product: WooProduct): string {
  if (product.taxClass !== 'parent') return product.taxClass;
  return site.store.products.get(product.parentId)?.taxClass ?? '';
}

/**
 * What so many of a product cost without tax. Where catalogue prices include tax it is taken out by the rates of the
 * shop's own place. Recorded on WooCommerce 10.0.2, 2026-11-23 (order-tax-inclusive).
 */
export function netPrice(site: Site, product: WooProduct, quantity: number): Micro {
  const gross = micro(priceText(site, product)) * BigInt(quantity);
  if (!site.settings.pricesIncludeTax || product.taxStatus !== 'taxable') return gross;
  const home = { country: site.settings.baseCountry, state: '' };
  return roundMicro(netOf(gross, ratesFor(site, home, taxClassOf(site, product))), 6);
}

function cheapest(prices: readonly string[]): string {
  return prices[0] ?? '';
}
