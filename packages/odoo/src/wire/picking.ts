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
  partner_id: optionalMany2one,
  backorder_id: optionalMany2one,
  return_id: optionalMany2one,
  picking_type_id: many2one,
  date_done: optionalDatetime,
  create_date: utcDatetime,
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
  sale_line_id: optionalMany2one,
  origin_returned_move_id: optionalMany2one,
});
export type MoveWire = z.output<typeof move>;
export const moveRow = rowOf(move);

const moveLine = z.object({
  id: recordId,
  picking_id: optionalMany2one,
  move_id: optionalMany2one,
  product_id: many2one,
  product_uom_id: many2one,
  quantity: z.number(),
  lot_id: optionalMany2one,
  result_package_id: optionalMany2one,
  location_id: many2one,
  location_dest_id: many2one,
});
export type MoveLineWire = z.output<typeof moveLine>;
export const moveLineRow = rowOf(moveLine);

export const lotRow = rowOf(z.object({ id: recordId, name: z.string(), product_id: many2one }));
export const pickingTypeRow = rowOf(z.object({ id: recordId, warehouse_id: optionalMany2one }));
/** What a fulfillment order has to know of its step: whether goods are reserved as soon as it is confirmed. */
export const stepRow = rowOf(
  z.object({ id: recordId, warehouse_id: optionalMany2one, reservation_method: z.string() }),
);

/** Which delivery a move changed, and when. */
export const moveTouchRow = rowOf(z.object({ id: recordId, picking_id: optionalMany2one, write_date: utcDatetime }));

/** A unit's size: from 19 on in its smallest relative, before as the inverse of a rounded factor. Recorded, 2026-11-26. */
export function unitRow(version: number): Row<UnitWire> {
  if (version >= 19) return rowOf(unit);
  const legacy = z.object({ id: recordId, name: z.string(), factor_inv: z.number().positive(), rounding: z.number() });
  return {
    fields: rowOf(legacy).fields,
    schema: legacy.transform(({ factor_inv, ...rest }) => ({ ...rest, factor: factor_inv })),
  };
}
const unit = z.object({ id: recordId, name: z.string(), factor: z.number().positive(), rounding: z.number() });
export type UnitWire = z.output<typeof unit>;
export const packageRow = rowOf(z.object({ id: recordId, name: z.string() }));
