import {
  CommerceError,
  isCommerceError,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Receipt,
  type ReceiptDraft,
  type Ref,
  type Since,
  type WriteOptions,
} from '@crossdock/core';
import type { Domain } from './client.ts';
import { refTo, type Connection } from './connection.ts';
import { seenThrough } from './half-done.ts';
import { confirmReceipt } from './receipt-confirm.ts';
import { tidy } from './shipment-demand.ts';
import { transferChanges } from './transfer-changes.ts';
import { misfit } from './unreadable.ts';
import { productKeyRow } from './wire/product.ts';
import { arrivalLineRow, arrivalRow, pickingTypeRow, type ArrivalLineWire, type ArrivalWire } from './wire/purchase.ts';
import { readable, rowByRow, unreadable } from './wire/row-by-row.ts';
import { toMoment } from './wire/value.ts';

/** Receipts changed per page. */
export const receiptsPerPage = 100;
const isDone = ['state', '=', 'done'] as const;
const fromSuppliers = (path: '' | 'picking_id.'): Domain => [
  [`${path}picking_type_id.code`, '=', 'incoming'],
  [`${path}location_id.usage`, '=', 'supplier'],
];
const operation = 'receipts.pull';

/** Goods that arrived from suppliers. */
export function receiptsPort(connection: Connection) {
  return {
    confirm: (receipt: ReceiptDraft, options: WriteOptions): Promise<Ref<'receipt'>> =>
      seenThrough(connection, { operation: 'receipts.confirm', refs: [receipt.purchase] }, (watched) =>
        confirmReceipt(watched, receipt, options),
      ),

    /** Arrivals that are done, again when a person corrects what arrived. */
    async *pull(since: Since, options?: ReadOptions): AsyncGenerator<Page<Receipt>> {
      const transfers = { domain: [isDone, ...fromSuppliers('')], row: arrivalRow };
      const moves: Domain = [isDone, ...fromSuppliers('picking_id.')];
      const watched = { kind: 'receipt', operation, transfers, moves, perPage: receiptsPerPage } as const;
      for await (const page of transferChanges(connection, since, watched, options)) {
        const { items, problems } = await readReceipts(connection, page.rows, options);
        problems.push(...page.problems);
        yield { items, ...(problems.length === 0 ? {} : { problems }), cursor: page.cursor };
      }
    },
  };
}

async function readReceipts(connection: Connection, pickings: readonly ArrivalWire[], options?: ReadOptions) {
  const { client } = connection;
  const items: Receipt[] = [];
  const problems: PageProblem[] = [];
  if (pickings.length === 0) return { items, problems };
  const query = { domain: [['picking_id', 'in', pickings.map(({ id }) => id)] as const], order: 'id' };
  const found = await client.searchRead('stock.move.line', rowByRow(arrivalLineRow), query, options);
  const lines = readable(found);
  const archived = { ...options, context: { active_test: false } };
  const productIds = [...new Set(lines.map(({ product_id }) => product_id.id))];
  const typeIds = [...new Set(pickings.map(({ picking_type_id }) => picking_type_id.id))];
  const [products, types] = await Promise.all([
    client.read('product.product', productIds, productKeyRow, archived),
    client.read('stock.picking.type', typeIds, pickingTypeRow, archived),
  ]);
  const skus = new Map(products.map(({ id, default_code }) => [id, default_code]));
  const warehouses = new Map(types.map(({ id, warehouse_id }) => [id, warehouse_id?.id]));
  for (const picking of pickings) {
    const ref = refTo(connection, 'receipt', picking.id);
    const bad = unreadable(found).find((one) => (one.linkOf('picking_id') ?? picking.id) === picking.id);
    try {
      if (bad) throw misfit(connection, { model: 'stock.move.line', operation, bad, ref });
      const own = lines.filter(({ picking_id }) => picking_id?.id === picking.id);
      items.push(toReceipt(connection, picking, own, { skus, warehouse: warehouses.get(picking.picking_type_id.id) }));
    } catch (error) {
      if (!isCommerceError(error) || error.kind !== 'business') throw error;
      problems.push({ ref, error, version: picking.write_date });
    }
  }
  return { items, problems };
}

function toReceipt(
  connection: Connection,
  picking: ArrivalWire,
  lines: readonly ArrivalLineWire[],
  around: { readonly skus: ReadonlyMap<number, string | null>; readonly warehouse: number | undefined },
): Receipt {
  const { settings } = connection;
  const bySku = new Map<string, { received: number; damaged: number; lots: Map<string, number> }>();
  for (const line of lines) {
    const sku = around.skus.get(line.product_id.id);
    if (!sku) {
      throw new CommerceError({
        code: 'sku.missing',
        message: `Receipt "${picking.name}" was not taken over from "${settings.name}": its product "${line.product_id.id}" has no internal reference. Give it one in Odoo.`,
        system: settings.name,
      });
    }
    const sum = bySku.get(sku) ?? { received: 0, damaged: 0, lots: new Map<string, number>() };
    sum.received = tidy(sum.received + line.quantity_product_uom);
    if (line.location_dest_id.id === settings.damagedLocation)
      sum.damaged = tidy(sum.damaged + line.quantity_product_uom);
    const lot = line.lot_id?.name;
    if (lot) sum.lots.set(lot, tidy((sum.lots.get(lot) ?? 0) + line.quantity_product_uom));
    bySku.set(sku, sum);
  }
  return {
    ref: refTo(connection, 'receipt', picking.id),
    number: picking.name,
    ...(picking.purchase_id === null ? {} : { purchase: refTo(connection, 'purchase', picking.purchase_id.id) }),
    ...(around.warehouse === undefined ? {} : { location: refTo(connection, 'location', around.warehouse) }),
    lines: [...bySku].map(([sku, { received, damaged, lots }]) => ({
      sku,
      received,
      damaged,
      ...(lots.size === 0 ? {} : { lots: [...lots].map(([lot, quantity]) => ({ lot, quantity })) }),
    })),
    receivedAt: toMoment(picking.date_done ?? picking.write_date),
  };
}
