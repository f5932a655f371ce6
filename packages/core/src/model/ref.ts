import * as z from 'zod';

/** The kinds of record that can be referred to and linked across systems. */
export const entityKinds = [
  'category',
  'customer',
  'fulfillment',
  'invoice',
  'location',
  'order',
  'payment',
  'price',
  'product',
  'purchase',
  'receipt',
  'refund',
  'return',
  'shipment',
  'subscription',
  'variant',
] as const;
/** One of `entityKinds`. */
export type EntityKind = (typeof entityKinds)[number];

/** One record in one connected system. `system` is the name the team gave it when composing; `id` is opaque. */
export type Ref<K extends EntityKind = EntityKind> = {
  readonly system: string;
  readonly kind: K;
  readonly id: string;
};

/** The schema of a reference to one kind of record. */
export function refSchema<const K extends EntityKind>(kind: K) {
  return z.object({ system: z.string().min(1), kind: z.literal(kind), id: z.string().min(1) }).readonly();
}

/** The schema of a reference to any kind of record. */
export const anyRefSchema = z
  .object({ system: z.string().min(1), kind: z.enum(entityKinds), id: z.string().min(1) })
  .readonly();
