import { gid } from '../gid.ts';
import { isoOf } from '../store.ts';
import type { View } from '../views/views.ts';
import type { BulkRecord } from './records.ts';
import type { StorageAddress } from './storage.ts';

/** Work on many records, as the API shows it. Its counters are texts. */
export function bulkView(record: BulkRecord, storage: Pick<StorageAddress, 'urlOf'>): View {
  const url = record.file ? storage.urlOf(record.file) : null;
  return {
    __typename: 'BulkOperation',
    id: gid('BulkOperation', record.id),
    type: record.type,
    status: record.status,
    errorCode: record.errorCode ?? null,
    query: record.query,
    objectCount: String(record.objectCount),
    rootObjectCount: String(record.rootObjectCount),
    fileSize: record.status === 'COMPLETED' && record.file ? String(record.file.size) : null,
    url: record.status === 'COMPLETED' ? url : null,
    partialDataUrl: record.status === 'FAILED' || record.status === 'CANCELED' ? url : null,
    createdAt: isoOf(record.createdAt),
    completedAt: record.completedAt === undefined ? null : isoOf(record.completedAt),
  };
}
