// Written by a test from the documents and the schemas of Admin API 2026-04, 2026-07, 2026-10. `vitest run -u` writes it anew.
import type { StagedUploadInput } from './inputs.generated.ts';
import type { PageInfo } from '../wire/connection.ts';

export interface BulkOperations {
  BulkRunQuery: {
    variables: { readonly query: string; readonly group: boolean };
    answer: {
      bulkOperationRunQuery: {
        bulkOperation: { id: string; createdAt: string } | null;
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'INVALID' | 'LIMIT_REACHED' | 'OPERATION_IN_PROGRESS' | null;
        }>;
      };
    };
  };
  BulkOperationById: {
    variables: { readonly id: string };
    answer: {
      bulkOperation: {
        id: string;
        createdAt: string;
        status: 'CANCELED' | 'CANCELING' | 'COMPLETED' | 'CREATED' | 'EXPIRED' | 'FAILED' | 'RUNNING';
        errorCode: 'ACCESS_DENIED' | 'INTERNAL_SERVER_ERROR' | 'TIMEOUT' | null;
        fileSize: string | null;
        url: string | null;
        partialDataUrl: string | null;
      } | null;
    };
  };
  BulkOperations: {
    variables: { readonly filter?: string | null; readonly after?: string | null };
    answer: {
      bulkOperations: {
        nodes: Array<{
          id: string;
          createdAt: string;
          status: 'CANCELED' | 'CANCELING' | 'COMPLETED' | 'CREATED' | 'EXPIRED' | 'FAILED' | 'RUNNING';
          query: string;
        }>;
        pageInfo: PageInfo;
      };
    };
  };
  BulkRunMutation: {
    variables: { readonly mutation: string; readonly path: string; readonly identifier: string };
    answer: {
      bulkOperationRunMutation: {
        bulkOperation: { id: string; createdAt: string } | null;
        userErrors: Array<{
          field: Array<string> | null;
          message: string;
          code: 'INTERNAL_FILE_SERVER_ERROR' | 'INVALID_MUTATION' | 'INVALID_STAGED_UPLOAD_FILE' | 'LIMIT_REACHED' | 'NO_SUCH_FILE' | 'OPERATION_IN_PROGRESS' | null;
        }>;
      };
    };
  };
  StagedUploads: {
    variables: { readonly input: ReadonlyArray<StagedUploadInput> };
    answer: {
      stagedUploadsCreate: {
        stagedTargets: Array<{ url: string | null; parameters: Array<{ name: string; value: string }> }> | null;
        userErrors: Array<{ field: Array<string> | null; message: string }>;
      };
    };
  };
}
