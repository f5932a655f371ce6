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
  uom_id: many2one,
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

/** What decides which bill of material makes a variant a kit. */
export const kitVariantRow = rowOf(
  z.object({ id: recordId, product_tmpl_id: many2one, product_template_attribute_value_ids: idList, uom_id: many2one }),
);

const attributeValue = z.object({ id: recordId, name: z.string(), attribute_id: many2one });
export type AttributeValueWire = z.output<typeof attributeValue>;
export const attributeValueRow = rowOf(attributeValue);

const pushed = {
  id: recordId,
  name: z.string(),
  active: z.boolean(),
  sale_ok: z.boolean(),
  description_sale: optionalText,
  categ_id: z.union([many2one, z.literal(false).transform(() => null)]),
  currency_id: many2one,
  uom_id: many2one,
  type: z.string(),
  tracking: z.string(),
  list_price: z.number(),
};
const pushed18 = z.object({ ...pushed, is_storable: z.boolean() });
export type PushedTemplateWire = z.output<typeof pushed18>;
/** What of a template a push compares. */
export const pushedTemplateRow = rowOf(pushed18);
export const pushedTemplateRow17 = {
  ...rowOf(z.object({ ...pushed, detailed_type: z.string() })),
  schema: z
    .object({ ...pushed, detailed_type: z.string() })
    .transform(({ detailed_type, ...rest }): PushedTemplateWire => ({
      ...rest,
      is_storable: detailed_type === 'product',
    })),
};

export const attributeRow = rowOf(z.object({ id: recordId, name: z.string(), create_variant: z.string() }));
export const attributeChoiceRow = rowOf(z.object({ id: recordId, name: z.string(), attribute_id: many2one }));
export const attributeLineRow = rowOf(
  z.object({ id: recordId, product_tmpl_id: many2one, attribute_id: many2one, value_ids: idList }),
);
/** Values that were taken off a product stay here, and are on none of its attribute lines. Source of Odoo 19.0, read 2026-11-26. */
export const templateValueRow = rowOf(
  z.object({ id: recordId, name: z.string(), attribute_id: many2one, product_attribute_value_id: many2one }),
);
export const categoryPathRow = rowOf(z.object({ id: recordId, complete_name: z.string() }));
export const unitNameRow = rowOf(z.object({ id: recordId, name: z.string() }));
export const barcodeRow = rowOf(z.object({ id: recordId, barcode: z.string(), default_code: optionalText }));
/** Which variant of its product one is. */
export const combinationRow = rowOf(z.object({ id: recordId, product_template_attribute_value_ids: idList }));
