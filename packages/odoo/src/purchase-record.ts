import {
  CommerceError,
  defineStatusMap,
  isCommerceError,
  purchaseStatuses,
  type PageProblem,
  type PurchaseOrder,
  type PurchaseStatus,
  type ReadOptions,
} from '@crossdock/core';
import { moneyOf } from './amounts.ts';
import { refTo, type Connection } from './connection.ts';
import { purchaseCounter, type PurchaseCounter } from './purchase-units.ts';
import { misfit } from './unreadable.ts';
import { productKeyRow } from './wire/product.ts';
import { pickingTypeRow, purchaseLineRow, type PurchaseLineWire, type PurchaseWire } from './wire/purchase.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { toMoment } from './wire/value.ts';

const byReceipt = { held: 'Odoo says it with the receipt status of the purchase' };
const byState = { held: 'Odoo says it with the state of the purchase' };

/** `to approve` waits for a manager; `done` is a locked one on 17 and 18. fields_get of 17.0, 18.0 and 19.0. */
const purchaseState = defineStatusMap({
  name: 'odoo purchase.order.state',
  wire: ['draft', 'sent', 'to approve', 'purchase', 'done', 'cancel'],
  canonical: purchaseStatuses,
  decode: {
    draft: 'draft',
    sent: 'sent',
    'to approve': 'draft',
    purchase: 'confirmed',
    done: 'confirmed',
    cancel: 'canceled',
  },
  encode: {
    draft: 'draft',
    sent: 'sent',
    confirmed: 'purchase',
    canceled: 'cancel',
    'partially-received': byReceipt,
    received: byReceipt,
  },
});
const receiptStatus = defineStatusMap({
  name: 'odoo purchase.order.receipt_status',
  wire: ['pending', 'partial', 'full'],
  canonical: purchaseStatuses,
  decode: { pending: 'confirmed', partial: 'partially-received', full: 'received' },
  encode: {
    confirmed: 'pending',
    'partially-received': 'partial',
    received: 'full',
    draft: byState,
    sent: byState,
    canceled: byState,
  },
});

/** Purchases with their lines, each for itself. */
export async function readPurchases(
  connection: Connection,
  purchases: readonly PurchaseWire[],
  operation: string,
  options?: ReadOptions,
): Promise<{ readonly items: PurchaseOrder[]; readonly problems: PageProblem[] }> {
  const { client } = connection;
  const items: PurchaseOrder[] = [];
  const problems: PageProblem[] = [];
  if (purchases.length === 0) return { items, problems };
  const archived = { ...options, context: { active_test: false } };
  const query = { domain: [['order_id', 'in', purchases.map(({ id }) => id)] as const], order: 'id' };
  const found = await client.searchRead(
    'purchase.order.line',
    rowByRow(purchaseLineRow(await client.version(options))),
    query,
    options,
  );
  const lines = readable(found);
  const productIds = [...new Set(lines.flatMap(({ product_id }) => product_id?.id ?? []))];
  const typeIds = [...new Set(purchases.flatMap(({ picking_type_id }) => picking_type_id?.id ?? []))];
  const [products, types] = await Promise.all([
    client.read('product.product', productIds, productKeyRow, archived),
    client.read('stock.picking.type', typeIds, pickingTypeRow, archived),
  ]);
  const byId = new Map(products.map((product) => [product.id, product]));
  const count = await purchaseCounter(connection, lines, byId, options);
  const skus = new Map(products.flatMap(({ id, default_code }) => (default_code === null ? [] : [[id, default_code]])));
  const warehouses = new Map(types.map(({ id, warehouse_id }) => [id, warehouse_id?.id]));
  for (const purchase of purchases) {
    const ref = refTo(connection, 'purchase', purchase.id);
    const bad = unreadable(found).find((one) => (one.linkOf('order_id') ?? purchase.id) === purchase.id);
    try {
      if (bad) throw misfit(connection, { model: 'purchase.order.line', operation, bad, ref });
      const own = lines.filter(({ order_id }) => order_id.id === purchase.id);
      items.push(toPurchase(connection, purchase, { lines: own, skus, warehouses, count }));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref, error, version: purchase.write_date });
    }
  }
  return { items, problems };
}

function toPurchase(
  connection: Connection,
  purchase: PurchaseWire,
  around: {
    readonly lines: readonly PurchaseLineWire[];
    readonly skus: ReadonlyMap<number, string>;
    readonly warehouses: ReadonlyMap<number, number | undefined>;
    readonly count: PurchaseCounter;
  },
): PurchaseOrder {
  const currency = purchase.currency_id.name;
  const warehouse = purchase.picking_type_id && around.warehouses.get(purchase.picking_type_id.id);
  return {
    ref: refTo(connection, 'purchase', purchase.id),
    number: purchase.name,
    status: statusOf(purchase),
    wireStatus: purchase.receipt_status === null ? purchase.state : `${purchase.state}/${purchase.receipt_status}`,
    supplier: refTo(connection, 'customer', purchase.partner_id.id),
    ...(warehouse ? { location: refTo(connection, 'location', warehouse) } : {}),
    lines: around.lines
      // A heading or a note has none.
      .filter(({ product_id }) => product_id !== null)
      .map((line) => ({
        id: String(line.id),
        sku: skuOf(connection, purchase, line, around.skus),
        ...around.count(purchase, line, skuOf(connection, purchase, line, around.skus)),
        ...(line.date_planned === null ? {} : { expectedAt: toMoment(line.date_planned) }),
      })),
    total: moneyOf(purchase.amount_total, currency),
    updatedAt: toMoment(purchase.write_date),
  };
}

function statusOf(purchase: PurchaseWire): PurchaseStatus {
  const record = `Purchase "${purchase.name}"`;
  const status = purchaseState.decode(purchase.state, record);
  if (status !== 'confirmed' || purchase.receipt_status === null) return status;
  return receiptStatus.decode(purchase.receipt_status, record);
}

function skuOf(
  { settings }: Connection,
  purchase: PurchaseWire,
  { product_id }: PurchaseLineWire,
  skus: ReadonlyMap<number, string>,
): string {
  const sku = product_id === null ? undefined : skus.get(product_id.id);
  if (sku !== undefined) return sku;
  throw new CommerceError({
    code: 'sku.missing',
    message: `Purchase "${purchase.name}" was not taken over from "${settings.name}": its product "${product_id?.id ?? 'of no id'}" has no internal reference. Give it one in Odoo.`,
    system: settings.name,
  });
}
