import { seededRandom } from '../../../fake/random.ts';
import type { Shop } from '../life/shop.ts';
import { jsonLines } from './lines.ts';
import { isOver, type BulkRecord, type Line, type ResultFile } from './records.ts';

/** Some of the lines of a job's file, roots apart; `error` ends it. */
export type Part = {
  readonly groups: readonly (readonly Line[])[];
  readonly error?: string | undefined;
};

/** How a job is to fail: after so many root objects, with that code. */
type BulkFailure = { readonly errorCode: NonNullable<BulkRecord['errorCode']>; readonly afterObjects: number };

/** Runs jobs by the shop's clock. */
export interface BulkOffice {
  /** Runs at one time, and what of them runs; undefined when there is room. */
  readonly running: (type: BulkRecord['type']) => readonly BulkRecord[];
  readonly start: (
    job: Pick<BulkRecord, 'type' | 'query' | 'clientIdentifier'> & { readonly grouped: boolean },
    parts: () => AsyncIterable<Part>,
  ) => BulkRecord;
  readonly cancel: (record: BulkRecord) => void;
  /** How long a job waits to begin, and takes for a thousand root objects, in milliseconds. */
  pace: { startMs: number; perThousandMs: number };
  readonly failNext: (failure: BulkFailure) => void;
}

// Results can be fetched for seven days. Schema of API 2026-10, read 2026-11-26. How long the work takes is not documented.
const keptMs = 7 * 24 * 60 * 60 * 1000;
// What is not done by then is stopped and marked as failed. shopify.dev, bulk operations, read 2026-11-26. The code is ours.
const longestMs = 10 * 24 * 60 * 60 * 1000;

/** Makes the office of one shop. */
export function bulkOffice({ store, tell }: Shop): BulkOffice {
  const failures: BulkFailure[] = [];
  const random = seededRandom(7);
  const office: BulkOffice = {
    pace: { startMs: 1000, perThousandMs: 200 },
    running: (type) => [...store.bulkOperations.values()].filter((each) => each.type === type && !isOver(each)),
    start({ grouped, ...job }, parts) {
      const record: BulkRecord = {
        ...job,
        id: store.nextId(),
        status: 'CREATED',
        errorCode: undefined,
        objectCount: 0,
        rootObjectCount: 0,
        createdAt: store.second(),
        completedAt: undefined,
        file: undefined,
      };
      store.bulkOperations.set(record.id, record);
      void run(record, parts, grouped, failures.shift());
      return record;
    },
    cancel(record) {
      record.status = 'CANCELING';
    },
    failNext: (failure) => void failures.push(failure),
  };

  async function run(
    record: BulkRecord,
    parts: () => AsyncIterable<Part>,
    grouped: boolean,
    failure: BulkFailure | undefined,
  ): Promise<void> {
    const lines = jsonLines();
    const until = store.clock.now() + longestMs;
    const work = (ms: number) => store.clock.sleep(Math.min(ms, until - store.clock.now()));
    const isStopped = () => {
      if (store.clock.now() >= until) record.errorCode ??= 'TIMEOUT';
      return record.status !== 'RUNNING' || record.errorCode !== undefined;
    };
    await work(office.pace.startMs);
    if (record.status === 'CREATED') record.status = 'RUNNING';
    try {
      // Looked at before each part: asking for a part is what runs its lines, and what has run is counted and written down.
      for await (const { groups, error } of isStopped() ? [] : parts()) {
        const room = failure ? Math.max(0, failure.afterObjects - record.rootObjectCount) : groups.length;
        const done = groups.slice(0, room);
        for (const line of grouped ? done.flat() : shuffled(done.flat(), random)) lines.add(line);
        record.rootObjectCount += done.length;
        record.objectCount += done.reduce((total, group) => total + group.length, 0);
        await work((done.length * office.pace.perThousandMs) / 1000);
        if (isStopped()) break;
        if (room < groups.length || error !== undefined) {
          record.errorCode =
            failure?.errorCode ?? (error === 'ACCESS_DENIED' ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR');
          break;
        }
      }
      // A failure that was to come later comes at the end, so that none is forgotten.
      if (failure && record.status === 'RUNNING') record.errorCode ??= failure.errorCode;
    } catch {
      record.errorCode = 'INTERNAL_SERVER_ERROR';
    }
    record.status = record.status === 'CANCELING' ? 'CANCELED' : record.errorCode ? 'FAILED' : 'COMPLETED';
    record.completedAt = store.second();
    record.file = fileOf(record, lines.take());
    tell([{ topic: 'bulk_operations/finish', operation: record }]);
  }

  function fileOf(record: BulkRecord, written: { readonly pieces: readonly Uint8Array[]; readonly size: number }) {
    // A job that found nothing has no file.
    if (written.size === 0) return undefined;
    const file: ResultFile = { ...written, name: `bulk-${record.id}.jsonl`, until: store.clock.now() + keptMs };
    store.files.set(store.uuid(), file);
    return file;
  }

  return office;
}

/** Lines in any order, children before their parents too. */
function shuffled(lines: readonly Line[], random: () => number): readonly Line[] {
  const all = [...lines];
  for (let at = all.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [a, b] = [all[at], all[other]];
    if (a && b) {
      all[at] = b;
      all[other] = a;
    }
  }
  return all;
}
