import { isCommerceError, type WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { gmtSchema } from './wire/moment.ts';

/** As much of an order as decides whether it may be canceled or completed. */
export const orderStateSchema = z.object({
  status: z.string().min(1),
  date_paid_gmt: gmtSchema.nullish(),
  date_completed_gmt: gmtSchema.nullish(),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
});
export type OrderState = z.infer<typeof orderStateSchema>;

export interface StatusWrite {
  readonly operation: string;
  readonly orderId: string;
  readonly status: string;
  /** Meta that is set together with it. */
  readonly meta?: readonly object[];
  readonly options: WriteOptions;
}

/**
 * Sets a status, and gives the order as it stands behind that. Sent once: a second one, while the shop still works on the
 * first, takes the goods off the stock twice, and later it undoes what somebody set in between. Where nobody answered the
 * order is looked at; only the status that was wanted settles it, anything else stays `write.uncertain`.
 */
export async function writeStatus(client: WooClient, write: StatusWrite): Promise<OrderState> {
  const { operation, orderId, status, meta, options } = write;
  const path = `wc/v3/orders/${orderId}`;
  const call = { operation, answer: orderStateSchema, options };
  try {
    const json = { status, ...(meta && { meta_data: meta }) };
    return await client.put(path, { ...call, json, safety: 'once' });
  } catch (error) {
    if (!isCommerceError(error, 'write.uncertain')) throw error;
    // Whatever ends the look, the doubt about the write is what has to be told.
    const seen = await client.get(path, call).catch(() => undefined);
    if (seen?.data.status === status) return seen.data;
    throw error;
  }
}
