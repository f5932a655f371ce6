import * as z from 'zod';
import {
  idList,
  many2one,
  optionalDatetime,
  optionalMany2one,
  optionalText,
  recordId,
  rowOf,
  text,
  utcDatetime,
  type Row,
} from './value.ts';

// Purchases and the pickings that bring them: recorded on Odoo 19.0, 2026-11-26; names of fields on 17.0 and 18.0, 2026-11-23.

const purchase = z.object({
  id: recordId,
  name: text,
  state: text,
  origin: optionalText,
  partner_id: many2one,
  currency_id: many2one,
  amount_total: z.number(),
  picking_type_id: optionalMany2one,
  receipt_status: optionalText,
  order_line: idList,
  picking_ids: idList,
  write_date: utcDatetime,
});
export type PurchaseWire = z.output<typeof purchase>;
export const purchaseRow = rowOf(purchase);

/** Bills of the supplier: what a cancellation has to look at. */
export const purchaseBillsRow = rowOf(z.object({ id: recordId, invoice_ids: idList }));

const purchaseLine = z.object({
  id: recordId,
  order_id: many2one,
  product_id: optionalMany2one,
  product_qty: z.number(),
  qty_received: z.number(),
  price_unit: z.number(),
  date_planned: optionalDatetime,
});
const purchaseLine19 = purchaseLine.extend({ product_uom_id: optionalMany2one });
const purchaseLine17 = purchaseLine.extend({ product_uom: optionalMany2one });
export type PurchaseLineWire = z.output<typeof purchaseLine> & {
  readonly unit: z.output<typeof optionalMany2one>;
};

/** Which field of a line names its unit: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23. */
export function purchaseUnitField(version: number): 'product_uom_id' | 'product_uom' {
  return version >= 19 ? 'product_uom_id' : 'product_uom';
}

export function purchaseLineRow(version: number): Row<PurchaseLineWire> {
  if (purchaseUnitField(version) === 'product_uom_id') {
    const { fields } = rowOf(purchaseLine19);
    return { fields, schema: purchaseLine19.transform(({ product_uom_id: unit, ...rest }) => ({ ...rest, unit })) };
  }
  const { fields } = rowOf(purchaseLine17);
  return { fields, schema: purchaseLine17.transform(({ product_uom: unit, ...rest }) => ({ ...rest, unit })) };
}

/** What moved for a line of a purchase. */
export const purchaseMoveRow = rowOf(
  z.object({
    id: recordId,
    purchase_line_id: optionalMany2one,
    product_id: many2one,
    product_uom: many2one,
    quantity: z.number(),
  }),
);

export const pickingTypeRow = rowOf(z.object({ id: recordId, warehouse_id: optionalMany2one }));

const arrival = z.object({
  id: recordId,
  name: text,
  state: text,
  note: optionalText,
  purchase_id: optionalMany2one,
  picking_type_id: many2one,
  date_done: optionalDatetime,
  write_date: utcDatetime,
});
export type ArrivalWire = z.output<typeof arrival>;
export const arrivalRow = rowOf(arrival);

const arrivalMove = z.object({
  id: recordId,
  picking_id: optionalMany2one,
  product_id: many2one,
  product_uom: many2one,
  product_uom_qty: z.number(),
  quantity: z.number(),
  picked: z.boolean(),
  state: text,
  move_line_ids: idList,
});
export type ArrivalMoveWire = z.output<typeof arrivalMove>;
export const arrivalMoveRow = rowOf(arrivalMove);

const arrivalLine = z.object({
  id: recordId,
  picking_id: optionalMany2one,
  product_id: many2one,
  // What is on the shelf then: the line itself may count in dozens. Recorded on Odoo 19.0, 2026-11-26.
  quantity_product_uom: z.number(),
  lot_id: optionalMany2one,
  location_dest_id: many2one,
});
export type ArrivalLineWire = z.output<typeof arrivalLine>;
export const arrivalLineRow = rowOf(arrivalLine);
