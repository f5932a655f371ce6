import { cleanText } from '../clean-text.ts';
import type { WooProduct } from '../records.ts';
import { textOf, type Body } from '../rest/body.ts';
import { Refused } from '../rest/refused.ts';
import type { Site } from '../site.ts';

/** Refuses what has the SKU or the trade number of another product. Who comes at the same time passes too. */
export function checkNewProduct(site: Site, body: Body): void {
  checkSku(site, cleanText(textOf(body['sku']) ?? ''));
  checkGtin(site, textOf(body['global_unique_id']) ?? '');
}

/** Refuses numbers of another product in a product that is there. */
export function checkNumbers(site: Site, product: WooProduct, body: Body): void {
  const sku = textOf(body['sku']);
  if (sku !== undefined && cleanText(sku) !== product.sku) checkSku(site, cleanText(sku), product.id);
  const gtin = textOf(body['global_unique_id']);
  if (gtin !== undefined && gtin !== product.gtin) checkGtin(site, gtin);
}

/** Writes the SKU and the trade number that were sent. */
export function writeNumbers(site: Site, product: WooProduct, body: Body): void {
  const sku = textOf(body['sku']);
  writeSku(site, product, sku === undefined ? undefined : cleanText(sku));
  writeGtin(site, product, textOf(body['global_unique_id']));
}

/** Takes the numbers of a product that is gone out of the lists of what is taken. */
export function freeNumbers({ store }: Site, { sku, gtin }: WooProduct): void {
  if (sku !== '') store.bySku.delete(sku.toLowerCase());
  if (gtin !== '') store.byGtin.delete(gtin);
}

/** Of two at the same time the second one ends here, and hears no id. Recorded on WooCommerce 10.0.2, 2026-11-23. */
export function skuInLookup(sku: string): Refused {
  const message = `The product with SKU (${sku}) you are trying to insert is already present in the lookup table`;
  return new Refused(400, 'woocommerce_rest_product_not_created', message);
}

/** SKUs are unique over products, variations and the trash. Recorded on WooCommerce 10.0.2 (product-dup-sku, sku-reuse-after-trash). */
function checkSku(site: Site, sku: string, own?: number): void {
  const holder = sku === '' ? undefined : site.store.bySku.get(sku.toLowerCase());
  if (holder === undefined || holder === own) return;
  if (site.store.products.get(holder)?.status === 'trash') throw skuInLookup(sku);
  let suffix = 1;
  while (site.store.bySku.has(`${sku}-${suffix}`.toLowerCase())) suffix += 1;
  throw new Refused(400, 'product_invalid_sku', 'Invalid or duplicated SKU.', {
    status: 400,
    resource_id: holder,
    unique_sku: `${sku}-${suffix}`,
  });
}

function checkGtin(site: Site, gtin: string): void {
  if (gtin === '') return;
  const holder = site.store.products.get(site.store.byGtin.get(gtin) ?? 0);
  if (!holder) return;
  throw new Refused(400, 'product_invalid_global_unique_id', 'Invalid or duplicated GTIN, UPC, EAN or ISBN.', {
    status: 400,
    resource_id: holder.id,
  });
}

function writeSku(site: Site, product: WooProduct, sku: string | undefined): void {
  if (sku === undefined || sku === product.sku) return;
  if (product.sku !== '') site.store.bySku.delete(product.sku.toLowerCase());
  product.sku = sku;
  if (sku !== '') site.store.bySku.set(sku.toLowerCase(), product.id);
}

/** What is neither digit nor dash is left out. Compared with WooCommerce 10.5.0, 2026-11-26. */
function writeGtin(site: Site, product: WooProduct, sent: string | undefined): void {
  if (sent === undefined) return;
  if (product.gtin !== '') site.store.byGtin.delete(product.gtin);
  product.gtin = sent.replaceAll(/[^0-9-]/g, '');
  if (product.gtin !== '') site.store.byGtin.set(product.gtin, product.id);
}
