import * as z from 'zod';
import {
  idList,
  many2one,
  optionalDatetime,
  optionalMany2one,
  optionalText,
  recordId,
  rowOf,
  utcDatetime,
  type Row,
} from './value.ts';

// Deliveries and their moves: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.

const picking = {
  id: recordId,
  name: z.string(),
  state: z.string(),
  origin: optionalText,
  note: optionalText,
  sale_id: optionalMany2one,
  picking_type_id: many2one,
  date_done: optionalDatetime,
  write_date: utcDatetime,
};
const bare = z.object(picking);
const carried = z.object({
  ...picking,
  carrier_id: optionalMany2one,
  carrier_tracking_ref: optionalText,
  carrier_tracking_url: optionalText,
});
export type PickingWire = z.output<typeof carried>;

/** The carrier's fields come with Odoo's module `stock_delivery`, and are not there without it. */
export function pickingRow(withCarrier: boolean): Row<PickingWire> {
  if (withCarrier) return rowOf(carried);
  const none = { carrier_id: null, carrier_tracking_ref: null, carrier_tracking_url: null };
  return { fields: rowOf(bare).fields, schema: bare.transform((row) => ({ ...row, ...none })) };
}

const move = z.object({
  id: recordId,
  picking_id: optionalMany2one,
  product_id: many2one,
  product_uom: many2one,
  product_uom_qty: z.number(),
  quantity: z.number(),
  picked: z.boolean(),
  state: z.string(),
  move_line_ids: idList,
});
export type MoveWire = z.output<typeof move>;
export const moveRow = rowOf(move);

const moveLine = z.object({
  id: recordId,
  picking_id: optionalMany2one,
  product_id: many2one,
  quantity: z.number(),
  lot_id: optionalMany2one,
  result_package_id: optionalMany2one,
});
export type MoveLineWire = z.output<typeof moveLine>;
export const moveLineRow = rowOf(moveLine);

export const lotRow = rowOf(z.object({ id: recordId, name: z.string(), product_id: many2one }));
export const pickingTypeRow = rowOf(z.object({ id: recordId, warehouse_id: optionalMany2one }));
