import { fingerprint, type Ref } from '@crossdock/core';
import * as z from 'zod';
import type { WireOrder } from './wire/order.ts';

/**
 * What we note on an order of a shipment that left: one meta for each shipment, so that two that are confirmed at the same
 * time overwrite nothing of each other. WooCommerce hides names that begin with "_".
 */
const prefix = '_crossdock_shipments_';

/** A shipment as it stands on its order: what left of which line. */
const markSchema = z.object({
  shipment: z.string().min(1),
  lines: z.array(z.object({ id: z.string().min(1), quantity: z.number().positive() })),
});
export type ShipmentMark = z.infer<typeof markSchema>;

/** A name for a shipment that any field takes: warehouses put spaces, slashes and quotes into theirs. */
export async function markOf({ system, id }: Ref<'shipment'>): Promise<string> {
  return (await fingerprint({ system, id })).slice(0, 20);
}

export function markKey(mark: string): string {
  return prefix + mark;
}

/** Every shipment on the order, each once: two processes at one moment may have noted the same one twice. */
export function shipmentMarksOf({ meta_data }: Pick<WireOrder, 'meta_data'>): readonly ShipmentMark[] {
  const marks = new Map<string, ShipmentMark>();
  for (const { key, value } of meta_data) {
    if (!key.startsWith(prefix)) continue;
    const parsed = markSchema.safeParse(valueOf(value));
    if (parsed.success) marks.set(key, parsed.data);
  }
  return [...marks.values()];
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
