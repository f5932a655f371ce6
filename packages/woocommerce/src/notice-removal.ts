import type { WriteOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { operation } from './shipment-refusals.ts';

/** Takes back what was told twice. Where another process took it back at the same moment, it is gone as well. */
export async function remove(client: WooClient, path: string, options: WriteOptions): Promise<void> {
  const call = { operation, safety: 'repeatable', search: { force: true }, answer: z.unknown(), options } as const;
  try {
    await client.delete(path, call);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}
