import * as z from 'zod';
import { many2one, optionalText, recordId, rowOf, utcDatetime } from './value.ts';

// Stock figures and warehouses: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.

const stockFigures = z.object({
  id: recordId,
  default_code: optionalText,
  qty_available: z.number(),
  free_qty: z.number(),
  incoming_qty: z.number(),
  outgoing_qty: z.number(),
});
export type StockFigures = z.output<typeof stockFigures>;
export const stockFiguresRow = rowOf(stockFigures);

const warehouse = z.object({ id: recordId, code: z.string(), name: z.string() });
export type WarehouseWire = z.output<typeof warehouse>;
export const warehouseRow = rowOf(warehouse);

/** What moved or was reserved: only which product, and when the row was last written. */
export const stockTouchRow = rowOf(z.object({ id: recordId, product_id: many2one, write_date: utcDatetime }));
