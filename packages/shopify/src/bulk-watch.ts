import type { Clock } from '@crossdock/core';
import { waitFor, type Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { bulkOperationById } from './documents/bulk.ts';
import type { WireBulkOperation } from './wire/bulk.ts';

/** Waits between two looks at an operation; the last one again and again. */
const lookWaitsMs = [1000, 2000, 4000, 8000, 15_000, 30_000];

/** An operation as it is when it has ended, asking less and less often; `null` where Shopify knows of none. */
export async function endedOperation(
  client: ShopifyClient,
  id: string,
  { system, clock }: { readonly system: string; readonly clock: Clock },
  call: Waiting,
): Promise<WireBulkOperation | null> {
  for (let look = 0; ; look += 1) {
    const { bulkOperation } = await client.run(bulkOperationById, { ...call, safety: 'read', variables: { id } });
    if (bulkOperation === null || !isUnderWay(bulkOperation.status)) return bulkOperation;
    await waitFor(clock, lookWaitsMs[look] ?? lookWaitsMs.at(-1) ?? 0, system, call);
  }
}

function isUnderWay(status: string): boolean {
  return status === 'CREATED' || status === 'RUNNING' || status === 'CANCELING';
}
