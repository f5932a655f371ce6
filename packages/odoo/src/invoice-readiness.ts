import { sumMoney, type InvoiceObstacle, type InvoiceReadiness, type ReadOptions, type Ref } from '@crossdock/core';
import type * as z from 'zod';
import { moneyOf } from './amounts.ts';
import { knownId, refTo, type Connection } from './connection.ts';
import { accountMoveRow, billedLineRow, billedOrderRow, type BilledLineWire } from './wire/account.ts';
import { productKeyRow } from './wire/product.ts';

type BilledOrder = z.output<(typeof billedOrderRow)['schema']>;

/** An order's readiness, with what the people who are told of it call the order. */
export interface Bill {
  readonly readiness: InvoiceReadiness;
  readonly name: string;
}

/** Whether an order can be billed now, by the quantities that Odoo keeps on its lines. */
export async function readinessOf(
  connection: Connection,
  ref: Ref<'order'>,
  options?: ReadOptions,
): Promise<Bill | undefined> {
  const { client } = connection;
  const id = knownId(connection, ref);
  if (id === undefined) return undefined;
  const [order] = await client.read('sale.order', [id], billedOrderRow, options);
  if (!order) return undefined;
  const lines = await client.read('sale.order.line', order.order_line, billedLineRow, options);
  const goods = lines.filter(({ display_type }) => display_type === null);
  const open = goods.filter(({ qty_to_invoice }) => qty_to_invoice > 0);
  const obstacles = obstaclesOf(order, goods, open);
  const billable = obstacles.length === 0 ? open : [];
  const [skus, moves] = await Promise.all([
    skusOf(connection, billable, options),
    client.read('account.move', order.invoice_ids, accountMoveRow, options),
  ]);
  const currency = order.currency_id.name;
  const bills = moves.filter(({ move_type, state }) => move_type === 'out_invoice' && state !== 'cancel');
  const readiness: InvoiceReadiness = {
    order: refTo(connection, 'order', id),
    ready: obstacles.length === 0,
    obstacles,
    lines: billable.map((line) => {
      const sku = line.product_id === null ? undefined : skus.get(line.product_id.id);
      return { orderLineId: String(line.id), ...(sku === undefined ? {} : { sku }), quantity: line.qty_to_invoice };
    }),
    net: sumMoney(
      billable.map((line) => moneyOf(shareOf(line), currency)),
      currency,
    ),
    invoices: bills
      .map((move) => refTo(connection, 'invoice', move.id))
      .toSorted((a, b) => Number(a.id) - Number(b.id)),
  };
  return { readiness, name: order.name };
}

function obstaclesOf(
  order: BilledOrder,
  goods: readonly BilledLineWire[],
  open: readonly BilledLineWire[],
): readonly InvoiceObstacle[] {
  if (order.state === 'cancel') return ['canceled'];
  if (order.state === 'draft' || order.state === 'sent') return ['not-confirmed'];
  if (open.length > 0) return [];
  // Billed by what was delivered, and something is still to leave.
  const waits = goods.some((line) => line.invoice_status === 'no' && line.product_uom_qty > line.qty_invoiced);
  return [waits ? 'not-shipped' : 'nothing-to-bill'];
}

/** The part of a line's sum that may be billed; its whole sum where nothing was billed yet. */
function shareOf(line: BilledLineWire): number {
  if (line.qty_to_invoice === line.product_uom_qty || line.product_uom_qty === 0) return line.price_subtotal;
  return (line.price_subtotal / line.product_uom_qty) * line.qty_to_invoice;
}

async function skusOf({ client }: Connection, lines: readonly BilledLineWire[], options?: ReadOptions) {
  const ids = [...new Set(lines.flatMap(({ product_id }) => product_id?.id ?? []))];
  const archived = { ...options, context: { active_test: false } };
  const products = await client.read('product.product', ids, productKeyRow, archived);
  return new Map(
    products.flatMap(({ id, default_code }) => (default_code === null ? [] : [[id, default_code] as const])),
  );
}
