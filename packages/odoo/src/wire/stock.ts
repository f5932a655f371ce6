import * as z from 'zod';
import { optionalMany2one, optionalText, recordId, rowOf, type Row } from './value.ts';

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

/** In which warehouse a location lies. */
export const locationPlaceRow = rowOf(z.object({ id: recordId, warehouse_id: optionalMany2one }));

/** Nothing but which record it is. Asked for no field at all, Odoo gives every one of them. Recorded on Odoo 19.0, 2026-11-26. */
export const idRow: Row<{ readonly id: number }> = { fields: ['id'], schema: z.object({ id: recordId }) };
