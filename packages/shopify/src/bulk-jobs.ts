import { CommerceError, type Clock } from '@crossdock/core';
import type { BulkFile } from './bulk-file.ts';
import { waitFor, type Waiting } from './bulk-wait.ts';
import type { ShopifyClient } from './client.ts';
import { bulkStarts, type BulkStarts } from './bulk-start.ts';
import { bulkOperationById } from './documents/bulk.ts';
import type { WireBulkOperation } from './wire/bulk.ts';

/** How an operation ended. `file` is missing where there was nothing to write; `gone` where its file is not kept any more. */
type BulkEnd =
  | { readonly state: 'done'; readonly file: BulkFile | undefined }
  | { readonly state: 'failed'; readonly error: CommerceError; readonly partial: BulkFile | undefined }
  | { readonly state: 'gone' };

/** Work that Shopify does in the background, and answers with a file. */
export interface BulkJobs extends BulkStarts {
  /** Waits until it ended, asking less and less often. */
  ended(id: string, call: Waiting): Promise<BulkEnd>;
  /** The error of a query whose file is not kept any more. */
  gone(id: string, call: Waiting): CommerceError;
}

/** Waits between two looks at an operation; the last one again and again. */
const lookWaitsMs = [1000, 2000, 4000, 8000, 15_000, 30_000];

export function bulkJobs(
  client: ShopifyClient,
  { system, clock }: { readonly system: string; readonly clock: Clock },
): BulkJobs {
  return {
    ...bulkStarts(client, { system, clock }),
    gone,

    async ended(id, call) {
      for (let look = 0; ; look += 1) {
        const { bulkOperation } = await client.run(bulkOperationById, { ...call, safety: 'read', variables: { id } });
        const end = bulkOperation === null ? ({ state: 'gone' } as const) : endOf(bulkOperation, call);
        if (end) return end;
        const waitMs = lookWaitsMs[look] ?? lookWaitsMs.at(-1) ?? 0;
        await waitFor(clock, waitMs, system, call);
      }
    },
  };

  function endOf(operation: WireBulkOperation, call: Waiting): BulkEnd | undefined {
    const { status, url, fileSize, partialDataUrl } = operation;
    switch (status) {
      case 'CREATED':
      case 'RUNNING':
      case 'CANCELING':
        return undefined;
      case 'COMPLETED':
        return { state: 'done', file: url === null ? undefined : { url, size: sizeOf(fileSize) } };
      case 'EXPIRED':
        return { state: 'gone' };
      case 'FAILED':
      case 'CANCELED': {
        const partial = partialDataUrl === null ? undefined : { url: partialDataUrl, size: undefined };
        return { state: 'failed', error: failure(operation, call), partial };
      }
      default:
        throw unknownStatus(operation, call);
    }
  }

  function gone(id: string, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'request.rejected',
      system,
      operation,
      message: `Bulk operation "${id}" of "${system}" was not read: its file is not kept any more. Run the query again.`,
    });
  }

  function failure({ id, status, errorCode }: WireBulkOperation, { operation }: Waiting): CommerceError {
    const isDenied = errorCode === 'ACCESS_DENIED';
    const why = status === 'CANCELED' ? 'it was canceled' : `it failed with "${errorCode ?? 'no reason'}"`;
    return new CommerceError({
      code: isDenied ? 'access.denied' : status === 'CANCELED' ? 'platform.conflict' : 'platform.unavailable',
      system,
      operation,
      message: `Bulk operation "${id}" of "${system}" gave nothing: ${why}. ${isDenied ? 'Give the app the access that the query takes.' : 'Try again.'}`,
      details: { codes: [errorCode], status },
    });
  }

  function unknownStatus({ id, status }: WireBulkOperation, { operation }: Waiting): CommerceError {
    return new CommerceError({
      code: 'response.unexpected',
      system,
      operation,
      message: `Bulk operation "${id}" of "${system}" was not read: "${status}" is no status that this connector knows. Report it.`,
    });
  }
}

function sizeOf(text: string | null): number | undefined {
  return text === null ? undefined : Number(text);
}
