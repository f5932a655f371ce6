import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { priceSchema } from './price.ts';
import { quantitySchema } from './quantity.ts';
import { refSchema } from './ref.ts';

/** How the stock of a variant is told apart. */
export const trackings = ['none', 'lot', 'serial'] as const;
/** One of `trackings`. */
export type Tracking = (typeof trackings)[number];

/** What a kit consists of: so many units of another SKU in one of it. */
export const kitComponentSchema = z.object({ sku: z.string().min(1), quantity: quantitySchema }).readonly();
export type KitComponent = z.infer<typeof kitComponentSchema>;

/**
 * What is bought and shipped: one SKU. `stocked` is false for services, fees and carriage. `unit` is the unit in which its
 * quantities count, in the system's own word ("Units", "Dozens", "kg"). `components` stands on a kit: it has no stock of
 * its own, and is shipped as them.
 */
export const variantSchema = z
  .object({
    ref: refSchema('variant'),
    sku: z.string().min(1),
    barcode: z.string().optional(),
    title: z.string().optional(),
    options: z.array(z.object({ name: z.string(), value: z.string() }).readonly()).readonly(),
    price: priceSchema.optional(),
    stocked: z.boolean(),
    tracking: z.enum(trackings),
    unit: z.string().optional(),
    components: z.array(kitComponentSchema).min(1).readonly().optional(),
    weightGrams: z.number().nonnegative().optional(),
  })
  .readonly();
export type Variant = z.infer<typeof variantSchema>;

/** Whether a product is on sale: `draft` not yet, `archived` no longer. */
export const productStatuses = ['active', 'draft', 'archived'] as const;
/** One of `productStatuses`. */
export type ProductStatus = (typeof productStatuses)[number];

/** What is described and shown: one or more variants that share a title. */
export const productSchema = z
  .object({
    ref: refSchema('product'),
    title: z.string(),
    description: z.string().optional(),
    status: z.enum(productStatuses),
    vendor: z.string().optional(),
    categories: z.array(z.string()).readonly(),
    variants: z.array(variantSchema).readonly(),
    updatedAt: momentSchema,
  })
  .readonly();
export type Product = z.infer<typeof productSchema>;

/**
 * A product as it is to be in another system, whatever is there: its variants are found by their SKUs, and made where there
 * are none. A category is named by its path ("Clothing / Shirts") and has to be there. What is left out is left as it is.
 */
export const productDraftSchema = productSchema
  .unwrap()
  .omit({ ref: true, updatedAt: true, variants: true })
  .extend({
    variants: z
      .array(variantSchema.unwrap().omit({ ref: true }).readonly())
      .min(1)
      .readonly(),
  })
  .readonly();
export type ProductDraft = z.infer<typeof productDraftSchema>;

/** What a variant is asked for by. */
export type ProductKey =
  | { readonly sku: string; readonly barcode?: undefined }
  | { readonly barcode: string; readonly sku?: undefined };
