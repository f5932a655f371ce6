import { CommerceError, type Clock } from '@crossdock/core';
import type { BulkFile } from './bulk-file.ts';
import type { Waiting } from './bulk-wait.ts';
import { endedOperation } from './bulk-watch.ts';
import type { ShopifyClient } from './client.ts';
import { queryStart, type QueryStart } from './bulk-start.ts';
import type { WireBulkOperation } from './wire/bulk.ts';

/** How an operation ended. `file` is missing where there was nothing to write; `gone` where its file is not kept any more. */
type BulkEnd =
  | { readonly state: 'done'; readonly file: BulkFile | undefined }
  | {
      readonly state: 'failed';
      readonly error: CommerceError;
      /** As Shopify says it: `FAILED` or `CANCELED`, and why. */
      readonly status: string;
      readonly partial: BulkFile | undefined;
    }
  | { readonly state: 'gone' };

/** Work that Shopify does in the background, and answers with a file. */
export interface BulkJobs {
  readonly query: QueryStart;
  /** Waits until it ended, asking less and less often. */
  ended(id: string, call: Waiting): Promise<BulkEnd>;
  /** The error of a query whose file is not kept any more. */
  gone(id: string, call: Waiting): CommerceError;
}

export function bulkJobs(
  client: ShopifyClient,
  { system, clock }: { readonly system: string; readonly clock: Clock },
): BulkJobs {
  return {
    query: queryStart(client, { system, clock }),
    gone,

    async ended(id, call) {
      const ended = await endedOperation(client, id, { system, clock }, call);
      return ended === null ? { state: 'gone' } : endOf(ended, call);
    },
  };

  function endOf(operation: WireBulkOperation, call: Waiting): BulkEnd {
    const { status, url, fileSize, partialDataUrl } = operation;
    switch (status) {
      case 'COMPLETED':
        return { state: 'done', file: url === null ? undefined : { url, size: sizeOf(fileSize) } };
      case 'EXPIRED':
        return { state: 'gone' };
      case 'FAILED':
      case 'CANCELED': {
        const partial = partialDataUrl === null ? undefined : { url: partialDataUrl, size: undefined, isPartial: true };
        return { state: 'failed', error: failure(operation, call), status: operation.errorCode ?? status, partial };
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

/** Nothing of a file that has a link is nothing that Shopify says: it is read to its end then. */
function sizeOf(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}
