import {
  bulkRunMutationSchema,
  stagedUploadsSchema,
  bulkOperationsSchema,
  bulkOperationSchema,
  bulkRunQuerySchema,
} from '../wire/bulk.ts';
import { defineDocument } from './document.ts';

/** Starts a query whose answer Shopify writes into a file: 10 points, and none for what it reads. */
export const bulkRunQuery = defineDocument(
  'BulkRunQuery',
  `mutation BulkRunQuery($query: String!, $group: Boolean!) {
  bulkOperationRunQuery(query: $query, groupObjects: $group) {
    bulkOperation { id createdAt }
    userErrors { field message code }
  }
}`,
  bulkRunQuerySchema,
);

/** How far an operation is: 1 point. */
export const bulkOperationById = defineDocument(
  'BulkOperationById',
  `query BulkOperationById($id: ID!) {
  bulkOperation(id: $id) { id createdAt status errorCode fileSize url partialDataUrl }
}`,
  bulkOperationSchema,
);

/** Our own operations, the newest first. */
export const bulkOperations = defineDocument(
  'BulkOperations',
  `query BulkOperations($filter: String, $after: String) {
  bulkOperations(first: 50, query: $filter, after: $after) {
    nodes { id createdAt status query }
    pageInfo { hasNextPage endCursor }
  }
}`,
  bulkOperationsSchema,
);

/** Starts a mutation that Shopify carries out once for each line of a file: 10 points. */
export const bulkRunMutation = defineDocument(
  'BulkRunMutation',
  `mutation BulkRunMutation($mutation: String!, $path: String!, $identifier: String!) {
  bulkOperationRunMutation(mutation: $mutation, stagedUploadPath: $path, clientIdentifier: $identifier) {
    bulkOperation { id createdAt }
    userErrors { field message code }
  }
}`,
  bulkRunMutationSchema,
);

/** A place for a file of lines. */
export const stagedUploads = defineDocument(
  'StagedUploads',
  `mutation StagedUploads($input: [StagedUploadInput!]!) {
  stagedUploadsCreate(input: $input) {
    stagedTargets { url parameters { name value } }
    userErrors { field message }
  }
}`,
  stagedUploadsSchema,
);
