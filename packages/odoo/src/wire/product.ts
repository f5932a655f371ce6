import * as z from 'zod';
import { idList, many2one, optionalText, recordId, rowOf, utcDatetime } from './value.ts';

// Fields of product.product and product.template: recorded on Odoo 17.0, 18.0 and 19.0, 2026-11-23.

/** What an order or a delivery has to know of a product. `default_code` is what we call SKU; it is not unique. */
export const productKeyRow = rowOf(
  z.object({
    id: recordId,
    default_code: optionalText,
    type: z.string(),
    tracking: z.string(),
    uom_id: many2one,
  }),
);

const template = z.object({
  id: recordId,
  name: z.string(),
  active: z.boolean(),
  sale_ok: z.boolean(),
  description_sale: optionalText,
  categ_id: z.union([many2one, z.literal(false).transform(() => null)]),
  currency_id: many2one,
  write_date: utcDatetime,
});
export type TemplateWire = z.output<typeof template>;
export const templateRow = rowOf(template);

const variant = {
  id: recordId,
  product_tmpl_id: many2one,
  default_code: optionalText,
  barcode: optionalText,
  active: z.boolean(),
  type: z.string(),
  tracking: z.string(),
  lst_price: z.number(),
  weight: z.number(),
  weight_uom_name: optionalText,
  product_template_attribute_value_ids: idList,
  write_date: utcDatetime,
};
const variant18 = z.object({ ...variant, is_storable: z.boolean() });
export type VariantWire = z.output<typeof variant18>;

/** A storable product is `detailed_type: "product"` on 17 and `is_storable` from 18. Recorded, 2026-11-23. */
export const variantRow = rowOf(variant18);
export const variantRow17 = {
  ...rowOf(z.object({ ...variant, detailed_type: z.string() })),
  schema: z
    .object({ ...variant, detailed_type: z.string() })
    .transform(({ detailed_type, ...rest }): VariantWire => ({ ...rest, is_storable: detailed_type === 'product' })),
};

export const attributeValueRow = rowOf(z.object({ id: recordId, name: z.string(), attribute_id: many2one }));
