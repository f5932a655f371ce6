import { gid } from '../gid.ts';
import type { Context } from '../graphql/context.ts';
import { isoOf } from '../store.ts';
import type { View } from '../views/views.ts';
import { statusAt, type BulkRecord } from './records.ts';

/** Work on many records, as the API shows it. Its counters are texts. */
export function bulkView(record: BulkRecord, { shop, storage }: Pick<Context, 'shop' | 'storage'>): View {
  const url = record.file ? storage.urlOf(record.file) : null;
  const status = statusAt(record, shop.store.clock.now());
  return {
    __typename: 'BulkOperation',
    id: gid('BulkOperation', record.id),
    type: record.type,
    status,
    errorCode: record.errorCode ?? null,
    query: record.query,
    objectCount: String(record.objectCount),
    rootObjectCount: String(record.rootObjectCount),
    fileSize: status === 'COMPLETED' && record.file ? String(record.file.size) : null,
    url: status === 'COMPLETED' ? url : null,
    partialDataUrl: status === 'FAILED' || status === 'CANCELED' ? url : null,
    createdAt: isoOf(record.createdAt),
    completedAt: record.completedAt === undefined ? null : isoOf(record.completedAt),
  };
}
