import { AsyncLocalStorage } from 'node:async_hooks';
import { CommerceError } from '../errors/commerce-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { StoreSet, Stores } from '../ports/stores.ts';
import { defaultClockToleranceMs } from '../rules/clock-behind.ts';
import type { Access } from './access.ts';
import { sqliteAudit } from './audit.ts';
import { systemNow } from './clock.ts';
import { closingOf } from './closing.ts';
import { sqliteCursors } from './cursors.ts';
import { sqliteExceptions } from './exceptions.ts';
import { belongTo } from './belonging.ts';
import { failureOf, mayBeLoss, nameOf } from './failure.ts';
import { watchFile } from './file-watch.ts';
import { groupCommit } from './group-commit.ts';
import { sqliteIdempotency } from './idempotency.ts';
import { sqliteInbox } from './inbox.ts';
import { sqliteJobs } from './jobs.ts';
import { sqliteLinks } from './links.ts';
import { openFile } from './open-file.ts';
import { sqliteRuns } from './runs.ts';
import { sqliteSequences } from './sequences.ts';
import { sqliteShared } from './shared-store.ts';
import { whenFree } from './when-free.ts';

/** The file, the clock and the patience of `sqliteStores`. */
export interface SqliteStoresOptions {
  /** Made when it is not there; its directory has to be. Several processes of one machine may share it. */
  readonly file: string;
  /** Default: the machine's time. Processes that share a file share their clock. */
  readonly clock?: Pick<Clock, 'now'> | undefined;
  /**
   * Longest wait for another process that writes, in real milliseconds. Default 5 000; above it `store.unavailable`. Only
   * while the file is being opened does the wait stop this process.
   */
  readonly busyTimeoutMs?: number | undefined;
  /**
   * How far the clock may be behind the latest moment that the file has seen, in milliseconds. Default 300 000; beyond it
   * opening the file and `jobs.claim` are refused as `store.unavailable`. With `Infinity` any clock is taken for right.
   */
  readonly clockToleranceMs?: number | undefined;
}

/**
 * Stores in one SQLite file. What they acknowledge is on the disk: it survives the process being killed at any moment.
 * Writes that are asked for at the same time are committed together; reads see what is committed and never wait.
 *
 * Throws `options.invalid` for a file that cannot be opened, has two names, is of a newer version or has a rescued copy of
 * itself beside it, or what remains of one, `store.corrupt` for one that is damaged or another program's, `store.unavailable` while another process
 * keeps it locked or replaces it, where a part of it is missing and for a clock that went far back; none is changed. When
 * the file, its log or its memory is deleted or replaced later, everything is refused as `store.unavailable`, `close` too,
 * after what these stores held was saved as far as it can be, which the error says; for good, unless the file alone was away
 * and is back. Close them, then make new ones: SQLite may share what they lost with new stores of the same process, which
 * are refused where the system says what a process has open. A unit of work keeps every
 * other writer waiting, in other processes too, so it must wait for nothing but its own stores: using these inside it is
 * refused as `flow.defect`.
 *
 * Call `close` when they are not needed any more, at the latest when the process ends: they keep their file open until then,
 * also when nobody remembers them. Make one set of stores for each process and file, not one for each piece of work.
 */
export function sqliteStores({
  file,
  clock = systemNow,
  busyTimeoutMs = 5_000,
  clockToleranceMs = defaultClockToleranceMs,
}: SqliteStoresOptions): Stores {
  const { writer, reader, parts } = openFile(file, busyTimeoutMs, clockToleranceMs, () => clock.now());
  const watch = watchFile(writer, file, parts, (isTidy) => (isTidy ? closing.tidily() : closing.untouched()));
  const closing = closingOf(writer, reader, () => watch.saveAtTheEnd());
  const commits = groupCommit(writer, file, busyTimeoutMs, watch);
  const within = new AsyncLocalStorage<{ over: boolean }>();
  let ending: Promise<void> | undefined;
  let isOver = false;
  const refuseInside = () => {
    if (within.getStore()?.over === false) throw isOutside(file);
  };
  const refuseMisuse = () => {
    refuseInside();
    if (ending !== undefined) throw isClosed(file);
  };
  const end = async () => {
    await commits.drain();
    const loss = watch.isSound() ? undefined : watch.loss('These stores are closed.', true);
    if (loss === undefined) closing.tidily();
    else closing.untouched();
    if (loss !== undefined) throw loss;
  };
  const outside: Access = {
    async read(operation) {
      refuseMisuse();
      try {
        const found = await whenFree(busyTimeoutMs, () => operation(reader.sql));
        if (watch.isSoundLately()) return found;
      } catch (error) {
        if (!mayBeLoss(error) || watch.isSound()) throw failureOf(error, file);
      }
      throw watch.loss('Nothing was read.');
    },
    async write(operation) {
      refuseMisuse();
      return commits.write(operation);
    },
  };
  const through = (access: Access): StoreSet => ({
    idempotency: sqliteIdempotency(access, clock),
    links: sqliteLinks(access),
    sequences: sqliteSequences(access),
    cursors: sqliteCursors(access),
    inbox: sqliteInbox(access),
    jobs: sqliteJobs(access, clock, clockToleranceMs),
    runs: sqliteRuns(access, clock),
    exceptions: sqliteExceptions(access, clock),
    audit: sqliteAudit(access),
  });
  return {
    ...through(outside),
    async atomically(work) {
      refuseMisuse();
      const unit = { over: false };
      return commits.unit(async (inside) => {
        try {
          return await within.run(unit, () => work(through(inside)));
        } finally {
          unit.over = true;
        }
      });
    },
    shared: sqliteShared(outside, clock),
    belongTo: (integration) => outside.write((sql) => belongTo(sql, integration)),
    async close() {
      refuseInside();
      // Whoever asks again meanwhile waits as well; afterwards everybody was told what was lost.
      if (isOver) return;
      ending ??= end().finally(() => {
        isOver = true;
      });
      await ending;
    },
  };
}

function isClosed(file: string): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `Nothing was read from or written to "${nameOf(file)}": these stores were closed. Make new ones.`,
  });
}

/** It would wait for the unit, and the unit for it. */
function isOutside(file: string): CommerceError {
  return new CommerceError({
    code: 'flow.defect',
    message: `Nothing was read from or written to "${nameOf(file)}": a unit of work used the stores outside it. Use the stores that "atomically" hands to the work.`,
  });
}
