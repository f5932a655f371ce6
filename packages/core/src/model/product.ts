import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { priceSchema } from './price.ts';
import { refSchema } from './ref.ts';

/** How the stock of a variant is told apart. */
export const trackings = ['none', 'lot', 'serial'] as const;
/** One of `trackings`. */
export type Tracking = (typeof trackings)[number];

/** What is bought and shipped: one SKU. `stocked` is false for services, fees and carriage. */
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
