import { CommerceError, fingerprint, type Ref } from '@crossdock/core';
import * as z from 'zod';
import type { WireOrder } from './wire/order.ts';

/**
 * What we note on an order of a shipment that left: one meta for each shipment, so that two that are confirmed at the same
 * time overwrite nothing of each other. WooCommerce hides names that begin with "_".
 */
const prefix = '_crossdock_shipments_';

/**
 * A shipment as it stands on its order: what left of which line, and how many units of the line had been refunded by
 * then, because a refund does not say whether its goods had left.
 */
const markSchema = z.object({
  shipment: z.string().min(1),
  lines: z.array(
    z.object({
      id: z.string().min(1),
      quantity: z.number().positive(),
      refunded: z.number().nonnegative().optional(),
    }),
  ),
});
export type ShipmentMark = z.infer<typeof markSchema>;

/** A name for a shipment that any field takes: warehouses put spaces, slashes and quotes into theirs. */
export async function markOf({ system, id }: Ref<'shipment'>): Promise<string> {
  return (await fingerprint({ system, id })).slice(0, 20);
}

export function markKey(mark: string): string {
  return prefix + mark;
}

/**
 * Every shipment on the order, each once: two processes at one moment may have noted the same one twice. Throws
 * `record.invalid` where one cannot be read: what left is not known then, and taking it for nothing would ship it again.
 */
export function shipmentMarksOf(
  { meta_data }: Pick<WireOrder, 'meta_data'>,
  ref?: Ref<'order'>,
): readonly ShipmentMark[] {
  const marks = new Map<string, ShipmentMark>();
  for (const { key, value } of meta_data) {
    if (!key.startsWith(prefix)) continue;
    const parsed = markSchema.safeParse(valueOf(value));
    if (!parsed.success) throw unreadable(key, ref);
    marks.set(key, parsed.data);
  }
  return [...marks.values()];
}

function unreadable(key: string, ref: Ref<'order'> | undefined): CommerceError {
  return new CommerceError({
    code: 'record.invalid',
    ...(ref && { system: ref.system, refs: [ref] }),
    message: `The shipments of order "${ref?.id ?? 'without a number'}" were not read: its meta "${key.slice(0, 60)}" was changed and holds no shipment any more. Look up what left, then correct or delete the meta in WooCommerce.`,
  });
}

/** Lists and objects keep their JSON; some stores hand them out as text. */
function valueOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
