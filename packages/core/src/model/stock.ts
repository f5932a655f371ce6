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

/**
 * What a channel is to offer of a SKU from now on, whatever it offers now. `available` is whole units from 0.
 * `location` is the channel's own; left out, the place that its connector was made for, or the only one that it has.
 * `expected` is what the caller believes the channel shows: where it shows something else, a buyer or somebody else was
 * faster, and the item is refused as `stock.stale` with nothing written. Left out, the number is written whatever is there.
 */
export const stockUpdateSchema = z
  .object({
    sku: z.string().min(1),
    available: z.int().nonnegative(),
    location: refSchema('location').optional(),
    expected: z.int().optional(),
  })
  .readonly();
export type StockUpdate = z.infer<typeof stockUpdateSchema>;
