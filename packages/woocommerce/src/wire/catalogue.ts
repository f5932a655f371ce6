import * as z from 'zod';
import { gmtSchema } from './moment.ts';
import { productSchema } from './product.ts';

// Products and variations in full, read to be edited: shown otherwise, a description is what a page makes of it.
// recorded on WooCommerce 10.0.2, 2026-11-23, compared with 10.5.0, 2026-11-26

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');

const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);

const attributeSchema = z.object({
  /** 0 for an attribute that the product has for itself. */
  id: z.int().nonnegative(),
  name: z.string(),
  position: z.number().nullish(),
  visible: z.boolean().nullish(),
  variation: z.boolean().nullish(),
  options: listOf(z.string()),
  /** On a variation the one that it is. */
  option: text,
});
export type WireAttribute = z.infer<typeof attributeSchema>;

export const catalogueSchema = productSchema.extend({
  date_modified_gmt: gmtSchema.nullish(),
  name: text,
  status: z.string(),
  description: text,
  global_unique_id: text,
  price: text,
  virtual: z.boolean().nullish(),
  weight: text,
  categories: listOf(z.object({ id: z.int().nonnegative(), name: text, slug: text })),
  /** From WooCommerce 9.6 on. */
  brands: listOf(z.object({ name: text })),
  attributes: listOf(attributeSchema),
  variations: listOf(z.int().positive()),
});
export type WireCatalogue = z.infer<typeof catalogueSchema>;

/** The names of the fields above: a list that gives no others is three times as fast. */
export const catalogueFields = Object.keys(catalogueSchema.shape).join(',');

/** How a list shows what is stored. */
export const toEdit = { context: 'edit', _fields: catalogueFields } as const;

export const weightUnitSchema = z.object({ value: z.enum(['kg', 'g', 'lbs', 'oz']) });
export type WeightUnit = z.infer<typeof weightUnitSchema>['value'];

/** What a batch says of one item: its number, or why it is not written. */
const writtenSchema = z.union([
  z.object({ id: z.unknown(), error: z.object({ code: z.union([z.string(), z.number()]) }) }),
  z.object({ id: z.int().positive() }),
]);
export type WrittenItem = z.infer<typeof writtenSchema>;

/** Items come in the order in which they were sent. An empty batch is an empty list. recorded on WooCommerce 10.0.2, 2026-11-23 */
export const writtenBatchSchema = z.object({ create: listOf(writtenSchema), update: listOf(writtenSchema) });

export const termSchema = z.object({ id: z.int().positive(), name: z.string(), parent: z.int().nonnegative() });
