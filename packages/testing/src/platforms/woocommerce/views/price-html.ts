import { currencyEntity } from '../currencies.ts';
import { micro, show } from '../decimal.ts';
import { isOnSale, priceText, variationPrices } from '../life/price.ts';
import type { WooProduct } from '../records.ts';
import type { Site } from '../site.ts';

/** What the shop window shows as price, with the crossed out one before it. */
export function priceHtml(site: Site, product: WooProduct): string {
  if (product.type === 'variable') return rangeHtml(site, variationPrices(site, product));
  const price = priceText(site, product);
  if (price === '') return '';
  if (!isOnSale(site, product)) return amountHtml(site, price);
  const was = `Original price was: ${plain(site, product.regularPrice)}.`;
  const is = `Current price is: ${plain(site, price)}.`;
  return [
    `<del aria-hidden="true">${amountHtml(site, product.regularPrice)}</del> `,
    `<span class="screen-reader-text">${was}</span><ins aria-hidden="true">${amountHtml(site, price)}</ins>`,
    `<span class="screen-reader-text">${is}</span>`,
  ].join('');
}

function rangeHtml(site: Site, prices: readonly string[]): string {
  const [low, high] = [prices[0], prices.at(-1)];
  if (low === undefined || high === undefined) return '';
  if (low === high) return amountHtml(site, low);
  const hidden = ' aria-hidden="true"';
  return [
    `${amountHtml(site, low, hidden)} <span${hidden}>&ndash;</span> ${amountHtml(site, high, hidden)}`,
    `<span class="screen-reader-text">Price range: ${plain(site, low)} through ${plain(site, high)}</span>`,
  ].join('');
}

function amountHtml(site: Site, price: string, attributes = ''): string {
  const sign = `<span class="woocommerce-Price-currencySymbol">${currencyEntity(site.settings.currency)}</span>`;
  return `<span class="woocommerce-Price-amount amount"${attributes}><bdi>${sign}${grouped(site, price)}</bdi></span>`;
}

function plain(site: Site, price: string): string {
  return `${currencyEntity(site.settings.currency)}${grouped(site, price)}`;
}

function grouped(site: Site, price: string): string {
  const [whole = '', fraction] = show(micro(price), site.settings.decimals).split('.');
  const thousands = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}
