import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { refSchema } from './ref.ts';

/**
 * A group of products, in a tree. `path` is its names from the root down to its own, which is what a product's
 * `categories` name with " / " between them.
 */
export const categorySchema = z
  .object({
    ref: refSchema('category'),
    name: z.string().min(1),
    path: z.array(z.string().min(1)).min(1).readonly(),
    parent: refSchema('category').optional(),
    updatedAt: momentSchema,
  })
  .readonly();
export type Category = z.infer<typeof categorySchema>;
