import * as z from 'zod';
import { momentSchema } from './moment.ts';
import { refSchema } from './ref.ts';

/** What a warehouse may count apart. A bucket that a system does not report is absent, which is not zero. */
export const stockBuckets = [
  'on-hand',
  'available',
  'committed',
  'backordered',
  'inbound',
  'in-transfer',
  'quarantined',
  'damaged',
  'unavailable',
] as const;
/** One of `stockBuckets`. */
export type StockBucket = (typeof stockBuckets)[number];

/**
 * How much of a SKU one location has. `available` is what may be promised to a buyer; it is negative where more was
 * promised than is there.
 */
export const stockLevelSchema = z
  .object({
    sku: z.string().min(1),
    location: refSchema('location'),
    available: z.number(),
    buckets: z.partialRecord(z.enum(stockBuckets), z.number()).optional(),
    lot: z.string().optional(),
    asOf: momentSchema,
  })
  .readonly();
export type StockLevel = z.infer<typeof stockLevelSchema>;
