import { roundMicro, type Micro } from '../decimal.ts';
import type { LineTax, OrderItem, OrderLine, TaxLine, WooOrder } from '../records.ts';
import type { Site } from '../site.ts';
import { productOf } from './stock.ts';
import { ratesFor, share, taxOf, taxPlace } from './tax.ts';

/**
 * Throws away what the items have of taxes, and computes them and the totals anew from addresses and rates. What a client
 * sent as tax is never kept. Recorded on WooCommerce 10.0.2, 2026-11-23 (order-forced-tax).
 */
export function calculateTotals(site: Site, order: WooOrder): void {
  const place = taxPlace(site, order);
  for (const line of order.lines) {
    const rates = isTaxable(site, line) ? ratesFor(site, place, line.taxClass) : [];
    const totals = taxOf(line.total, rates);
    const subtotals = taxOf(line.subtotal, rates);
    line.taxes = rates.map(({ id }) => ({
      rateId: id,
      total: totals.get(id) ?? 0n,
      subtotal: subtotals.get(id) ?? 0n,
    }));
    line.totalTax = roundedSum(site, line.taxes, ({ total }) => total);
    line.subtotalTax = roundedSum(site, line.taxes, ({ subtotal }) => subtotal ?? 0n);
  }
  const shippingClass = shippingClassOf(site, order);
  const shippingRates =
    shippingClass === undefined ? [] : ratesFor(site, place, shippingClass).filter(({ shipping }) => shipping);
  for (const line of order.shippingLines) taxItem(site, line, taxOf(line.total, shippingRates));
  for (const fee of order.feeLines) {
    const rates = fee.taxStatus === 'none' ? [] : ratesFor(site, place, fee.taxClass);
    taxItem(site, fee, fee.total < 0n ? taxOfDeduction(site, order, fee.total) : taxOf(fee.total, rates));
  }
  sumUp(site, order);
}

/** Whether what is sold is taxed; of what is gone nothing else is known. */
function isTaxable(site: Site, line: OrderLine, statuses: readonly string[] = ['taxable']): boolean {
  return statuses.includes(productOf(site, line)?.taxStatus ?? 'taxable');
}

/** Shipping is taxed as what is shipped is, as the standard class when there is any of it; without goods it is not taxed. */
function shippingClassOf(site: Site, order: WooOrder): string | undefined {
  const classes = order.lines
    .filter((line) => isTaxable(site, line, ['taxable', 'shipping']))
    .map(({ taxClass }) => taxClass);
  return ['', ...site.store.taxClasses.keys()].find((taxClass) => classes.includes(taxClass));
}

/**
 * A fee below zero takes tax off everything else in proportion, whatever its own status says. Compared with WooCommerce
 * 10.5.0, 2026-11-26; the proportions are from its source.
 */
function taxOfDeduction(site: Site, order: WooOrder, amount: Micro): ReadonlyMap<number, Micro> {
  const place = taxPlace(site, order);
  const costs = new Map<string | undefined, Micro>();
  const add = (taxClass: string | undefined, cost: Micro) => {
    if (cost > 0n) costs.set(taxClass, (costs.get(taxClass) ?? 0n) + cost);
  };
  for (const line of order.lines) add(isTaxable(site, line) ? line.taxClass : undefined, line.total);
  for (const fee of order.feeLines) add(fee.taxStatus === 'none' ? undefined : fee.taxClass, fee.total);
  const inherited = order.lines.find((line) => isTaxable(site, line))?.taxClass;
  for (const { total } of order.shippingLines) add(inherited, total);
  const whole = sum([...costs.values()]);
  const taxes = new Map<number, Micro>();
  for (const [taxClass, cost] of costs) {
    if (taxClass === undefined) continue;
    for (const [rateId, tax] of taxOf(share(amount, cost, whole), ratesFor(site, place, taxClass))) {
      taxes.set(rateId, (taxes.get(rateId) ?? 0n) + tax);
    }
  }
  return taxes;
}

/** Sums up what the items have, without computing taxes anew. */
function sumUp(site: Site, order: WooOrder): void {
  const cartItems = [...order.lines, ...order.feeLines];
  writeTaxLines(site, order, cartItems);
  order.discountTotal = sum(order.lines.map(({ subtotal, total }) => subtotal - total));
  order.discountTax = sum(order.lines.map(({ subtotalTax, totalTax }) => subtotalTax - totalTax));
  order.shippingTotal = sum(order.shippingLines.map(({ total }) => total));
  order.shippingTax = lineTax(site, taxSum(site, order.shippingLines));
  order.cartTax = lineTax(site, taxSum(site, cartItems));
  const goods = sum([...order.lines, ...order.feeLines].map(({ total }) => total));
  order.total = roundMicro(goods + order.shippingTotal + order.cartTax + order.shippingTax, site.settings.decimals);
}

/** An order's tax by rate, in the order in which rates appear; a rate that is there already keeps its line. */
function writeTaxLines(site: Site, order: WooOrder, cartItems: readonly OrderItem[]): void {
  const cart = taxByRate(site, cartItems);
  const shipping = taxByRate(site, order.shippingLines);
  const before = new Map(order.taxLines.map((line) => [line.rateId, line]));
  const rateIds = new Set([...before.keys(), ...cart.keys(), ...shipping.keys()]);
  order.taxLines = [...rateIds]
    .filter((rateId) => cart.has(rateId) || shipping.has(rateId))
    .map((rateId): TaxLine => {
      const kept = before.get(rateId) ?? { id: site.store.nextId('item'), rateId, taxTotal: 0n, shippingTaxTotal: 0n };
      kept.taxTotal = lineTax(site, cart.get(rateId) ?? 0n);
      kept.shippingTaxTotal = lineTax(site, shipping.get(rateId) ?? 0n);
      return kept;
    });
}

function taxItem(site: Site, item: OrderItem, taxes: ReadonlyMap<number, Micro>): void {
  item.taxes = [...taxes].map(([rateId, total]): LineTax => ({ rateId, total, subtotal: undefined }));
  item.totalTax = roundedSum(site, item.taxes, ({ total }) => total);
}

function taxByRate(site: Site, items: readonly OrderItem[]): Map<number, Micro> {
  const sums = new Map<number, Micro>();
  for (const { taxes } of items) {
    for (const { rateId, total } of taxes) sums.set(rateId, (sums.get(rateId) ?? 0n) + lineTax(site, total));
  }
  return sums;
}

function taxSum(site: Site, items: readonly OrderItem[]): Micro {
  return sum([...taxByRate(site, items).values()]);
}

/** A tax of one line as it enters the sum: rounded, unless the shop rounds once at the end. */
function lineTax(site: Site, tax: Micro): Micro {
  return site.settings.roundTaxAtSubtotal ? tax : roundTax(site, tax);
}

/** Half a cent goes down where prices include tax, and up where they do not. WooCommerce source, read 2026-11-23. */
function roundTax({ settings }: Site, tax: Micro): Micro {
  return roundMicro(tax, settings.decimals, settings.pricesIncludeTax ? 'down' : 'up');
}

function roundedSum(site: Site, taxes: readonly LineTax[], of: (tax: LineTax) => Micro): Micro {
  return sum(taxes.map((tax) => lineTax(site, of(tax))));
}

function sum(amounts: readonly Micro[]): Micro {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
