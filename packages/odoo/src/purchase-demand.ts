import type { PurchaseDraft, WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import { refTo, refused, type Connection } from './connection.ts';
import { demandExact } from './exact-counts.ts';
import type { ProductKey } from './product-keys.ts';
import { productKeyRow } from './wire/product.ts';
import { purchaseLineRow, type PurchaseLineWire, type PurchaseWire } from './wire/purchase.ts';

const operation = 'purchases.create';

/** Refuses, before anything is written, quantities and prices that Odoo would round without a word. */
export async function demandKept(
  connection: Connection,
  draft: PurchaseDraft,
  products: ReadonlyMap<string, ProductKey>,
  options: WriteOptions,
): Promise<void> {
  const what = `Purchase "${draft.number}" was not created`;
  const refs = [draft.supplier];
  const counts = draft.lines.flatMap(({ sku, quantity }) => {
    const unit = products.get(sku)?.uom_id.id;
    return unit === undefined ? [] : [{ sku, quantity, unit, size: 1 }];
  });
  await demandExact(connection, counts, { what, operation, refs }, options);
  const fields = await connection.client.fieldsGet('purchase.order.line', options);
  const digits = digitsOf.safeParse(fields['price_unit']?.digits);
  // From 19 on every digit of a price is kept. Recorded on Odoo 19.0, 2026-11-26.
  if (!digits.success) return;
  const [, kept] = digits.data;
  for (const { sku, unitPrice } of draft.lines) {
    const [, fraction = ''] = unitPrice.amount.split('.');
    if (fraction.replace(/0+$/, '').length <= kept) continue;
    throw refused(connection.settings, 'record.rejected', operation, {
      message: `${what} in "${connection.settings.name}": the price "${unitPrice.amount}" of SKU "${sku}" has more than the ${kept} digits that Odoo keeps of one. Give its accuracy "Product Price" more digits or correct the price, then replay.`,
      refs,
      details: { sku, price: unitPrice.amount },
    });
  }
}

const digitsOf = z.tuple([z.number(), z.int().nonnegative()]);

/**
 * Refuses to confirm what is not what was ordered. Odoo fills what a line leaves open from the prices of the vendor: of one
 * who sells in dozens, 24 pieces became 24 dozens. Recorded on Odoo 19.0, 2026-11-26.
 */
export async function demandAsOrdered(
  connection: Connection,
  draft: PurchaseDraft,
  purchase: PurchaseWire,
  options: WriteOptions,
): Promise<void> {
  const { client, settings } = connection;
  const query = { domain: [['order_id', '=', purchase.id] as const], order: 'id' };
  const row = purchaseLineRow(await client.version(options));
  const lines = await client.searchRead('purchase.order.line', row, query, options);
  const ids = [...new Set(lines.flatMap(({ product_id }) => product_id?.id ?? []))];
  const archived = { ...options, context: { active_test: false } };
  const products = new Map(
    (await client.read('product.product', ids, productKeyRow, archived)).map((one) => [one.id, one]),
  );
  const found = lines
    .filter(({ product_id }) => product_id !== null)
    .map((line) => wordsOf(line, purchase, products.get(line.product_id?.id ?? 0)));
  const missing: string[] = [];
  for (const { sku, quantity, unitPrice } of draft.lines) {
    const unit = [...products.values()].find(({ default_code }) => default_code === sku)?.uom_id.name ?? '';
    const wanted = saying(sku, quantity, unit, Number(unitPrice.amount), unitPrice.currency);
    const at = found.indexOf(wanted);
    if (at < 0) missing.push(wanted);
    else found.splice(at, 1);
  }
  if (missing.length === 0 && found.length === 0) return;
  throw refused(settings, 'record.rejected', operation, {
    message: `Purchase "${draft.number}" was not confirmed in "${settings.name}": "${purchase.name}" has ${quoted(found)} there, and ${quoted(missing)} was to be ordered. It stays a draft. Correct its lines in Odoo and see who or what changed them, then replay.`,
    refs: [draft.supplier, refTo(connection, 'purchase', purchase.id)],
  });
}

function wordsOf(line: PurchaseLineWire, purchase: PurchaseWire, product: ProductKey | undefined): string {
  const sku = product?.default_code ?? `product ${line.product_id?.id ?? ''}`;
  return saying(sku, line.product_qty, line.unit?.name ?? '', line.price_unit, purchase.currency_id.name);
}

/** Without the noise of floats, so that what is the same reads the same. */
function saying(sku: string, quantity: number, unit: string, price: number, currency: string): string {
  return `${Number(quantity.toPrecision(12))} ${unit} of SKU ${sku} at ${Number(price.toPrecision(12))} ${currency}`;
}

function quoted(sayings: readonly string[]): string {
  return sayings.length === 0 ? 'nothing' : sayings.map((one) => `"${one}"`).join(', ');
}
