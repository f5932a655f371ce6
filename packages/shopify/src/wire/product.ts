import { momentSchema } from '@crossdock/core';
import * as z from 'zod';
import { connectionSchema } from './connection.ts';

// What is read of a product. Nullability as in the schema of Admin API 2026-07, read 2026-11-26.

const gid = z.string().min(1);

export const wireProductVariantSchema = z.object({
  id: gid,
  sku: z.string().nullable(),
  barcode: z.string().nullable(),
  title: z.string(),
  price: z.string(),
  compareAtPrice: z.string().nullable(),
  updatedAt: momentSchema,
  selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })),
  inventoryItem: z.object({
    tracked: z.boolean(),
    measurement: z.object({ weight: z.object({ unit: z.string(), value: z.number() }).nullable() }),
  }),
});
export type WireProductVariant = z.infer<typeof wireProductVariantSchema>;

export const wireCollectionNameSchema = z.object({ id: gid, title: z.string() });
export type WireCollectionName = z.infer<typeof wireCollectionNameSchema>;

/** A product without its lists. */
export const wireProductHeadSchema = z.object({
  id: gid,
  title: z.string(),
  descriptionHtml: z.string(),
  status: z.string(),
  vendor: z.string(),
  updatedAt: momentSchema,
});
export type WireProductHead = z.infer<typeof wireProductHeadSchema>;

export const wireProductSchema = wireProductHeadSchema.extend({
  variants: connectionSchema(wireProductVariantSchema),
  collections: connectionSchema(wireCollectionNameSchema),
});
export type WireProduct = z.infer<typeof wireProductSchema>;

export const productIdsSchema = z.object({
  products: connectionSchema(z.object({ id: gid, updatedAt: momentSchema })),
});

/** Each product is parsed alone, so that one that cannot be read holds up no other. */
export const productsByIdSchema = z.object({ nodes: z.array(z.unknown()) });

const pageOf = <T extends z.ZodType>(node: T) =>
  z.object({ product: z.object({ updatedAt: momentSchema, page: connectionSchema(node) }).nullable() });
export const productVariantsPageSchema = pageOf(wireProductVariantSchema);
export const productCollectionsPageSchema = pageOf(wireCollectionNameSchema);

export const variantKeysSchema = z.object({
  productVariants: connectionSchema(
    z.object({
      id: gid,
      sku: z.string().nullable(),
      barcode: z.string().nullable(),
      product: z.object({ id: gid }),
      inventoryItem: z.object({ duplicateSkuCount: z.int() }),
    }),
  ),
});

const countSchema = z.object({ count: z.int().nonnegative() }).nullable();
export const productCountSchema = z.object({ productsCount: countSchema });
