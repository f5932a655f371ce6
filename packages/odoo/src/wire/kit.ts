import * as z from 'zod';
import { idList, many2one, optionalMany2one, optionalText, recordId, rowOf } from './value.ts';

// Bills of material of type "phantom", which Odoo calls kits: recorded on Odoo 19.0, 2026-11-26. The models come with
// Odoo's module `mrp`.

const bom = z.object({
  id: recordId,
  product_tmpl_id: many2one,
  product_id: optionalMany2one,
  product_qty: z.number().positive(),
  product_uom_id: many2one,
});
export type BomWire = z.output<typeof bom>;
export const bomRow = rowOf(bom);

const bomLine = z.object({
  id: recordId,
  bom_id: many2one,
  product_id: many2one,
  product_qty: z.number().nonnegative(),
  product_uom_id: many2one,
  bom_product_template_attribute_value_ids: idList,
});
export type BomLineWire = z.output<typeof bomLine>;
export const bomLineRow = rowOf(bomLine);

const component = z.object({ id: recordId, default_code: optionalText, uom_id: many2one });
export type ComponentWire = z.output<typeof component>;
export const componentRow = rowOf(component);
