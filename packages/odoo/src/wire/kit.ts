import * as z from 'zod';
import { idList, many2one, optionalMany2one, optionalText, recordId, rowOf, type Many2one, type Row } from './value.ts';

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

/** An order line and the unit that it counts in, which has another name before 19. Recorded on Odoo 17.0 to 19.0, 2026-11-23. */
export function kitLineRow(version: number): Row<KitLineWire> {
  if (version >= 19) {
    const modern = z.object({ ...kitLine, product_uom_id: many2one });
    const schema = modern.transform(({ product_uom_id, ...line }) => ({ ...line, unit: product_uom_id }));
    return { fields: rowOf(modern).fields, schema };
  }
  const legacy = z.object({ ...kitLine, product_uom: many2one });
  return {
    fields: rowOf(legacy).fields,
    schema: legacy.transform(({ product_uom, ...line }) => ({ ...line, unit: product_uom })),
  };
}
const kitLine = { id: recordId, product_id: many2one, product_uom_qty: z.number() };
interface KitLineWire {
  readonly id: number;
  readonly product_id: Many2one;
  readonly product_uom_qty: number;
  readonly unit: Many2one;
}
