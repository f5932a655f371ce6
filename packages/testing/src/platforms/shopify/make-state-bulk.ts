import type { BulkOffice } from './bulk/office.ts';
import { statusAt } from './bulk/records.ts';
import type { Storage } from './bulk/storage.ts';
import { gid } from './gid.ts';
import type { BulkState } from './state-bulk.ts';
import type { Store } from './store.ts';

/** Makes the part of the state door that bulk operations are behind. */
export function bulkState(store: Store, office: BulkOffice, storage: Storage): BulkState {
  return {
    get bulkOperations() {
      return [...store.bulkOperations.values()].map((record) => ({
        id: gid('BulkOperation', record.id),
        type: record.type,
        status: statusAt(record, store.clock.now()),
        query: record.query,
        clientIdentifier: record.clientIdentifier,
        objects: record.objectCount,
      }));
    },
    setBulkPace(pace) {
      office.pace = { ...office.pace, ...pace };
    },
    failNextBulk: (failure) =>
      office.failNext({
        errorCode: failure?.errorCode ?? 'INTERNAL_SERVER_ERROR',
        afterObjects: failure?.afterObjects ?? 0,
      }),
    expireBulkFiles() {
      for (const [key, file] of store.files) {
        const expired = { ...file, until: store.clock.now() - 1 };
        store.files.set(key, expired);
        for (const record of store.bulkOperations.values()) if (record.file === file) record.file = expired;
      }
    },
    breakNextDownload: (broken) => storage.breakNext(broken),
  };
}
