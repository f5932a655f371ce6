import { setImmediate } from 'node:timers';
import { CommerceError } from '../errors/commerce-error.ts';
import type { Access } from './access.ts';
import type { Connection, Query, Sql } from './connection.ts';
import { failureOf, nameOf } from './failure.ts';

const begin: Query = { text: 'savepoint part' };
const keep: Query = { text: 'release part' };
const undo: Query = { text: 'rollback to part' };

/** Everything that is written to one file by this process, in the order in which it was asked for. */
export interface GroupCommit {
  write<T>(operation: (sql: Sql) => T): Promise<T>;
  unit<T>(work: (inside: Access) => Promise<T>): Promise<T>;
  /** Resolves when what was asked for before is committed. */
  drain(): Promise<void>;
}

type Settle = (outcome: Outcome) => void;
type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };
type Item = { readonly settle: Settle } & (
  | { readonly operation: (sql: Sql) => unknown }
  | { readonly work: (inside: Access) => Promise<unknown> }
);
type Done = { readonly settle: Settle; readonly outcome: Outcome };

/** More than this many at once wait for the next commit, so that the first of them need not wait for the last. */
const mostTogether = 2_000;

/**
 * Commits together what was asked for together: one transaction and one write to the disk for all of it, acknowledged
 * when that is done. Each part has a savepoint, so that one that throws takes nothing of the others with it. A unit of
 * work that waits for something keeps everybody behind it waiting; nothing slips into its transaction.
 */
export function groupCommit(writer: Connection, file: string): GroupCommit {
  let queue: Item[] = [];
  let running: Promise<void> | undefined;

  function ask<T>(item: (settle: Settle) => Item): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      queue.push(
        // The value is what this item's own operation gave.
        item((outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.error))),
      );
      running ??= nextTurn().then(commitAll);
    });
  }

  async function commitAll(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, mostTogether);
      await commitTogether(batch);
      // Whoever was waiting for this commit may ask for the next thing in time for the next one.
      if (queue.length === 0) await nextTurn();
    }
    running = undefined;
  }

  async function commitTogether(batch: readonly Item[]): Promise<void> {
    const done: Done[] = [];
    try {
      writer.exec('begin immediate');
      for (const item of batch) {
        done.push({ settle: item.settle, outcome: await outcomeOf(item) });
        // SQLite takes the whole transaction back by itself when the disk is full or broken.
        if (!writer.inTransaction) throw failedAsAWhole(done.at(-1)?.outcome);
      }
      writer.exec('commit');
    } catch (error) {
      if (writer.inTransaction) writer.exec('rollback');
      const failure = { ok: false, error: failureOf(error, file) } as const;
      for (const { settle } of batch) settle(failure);
      return;
    }
    for (const { settle, outcome } of done) settle(outcome);
  }

  function outcomeOf(item: Item): Outcome | Promise<Outcome> {
    return 'operation' in item ? operate(item.operation) : workThrough(item.work);
  }

  function operate(operation: (sql: Sql) => unknown): Outcome {
    writer.sql(begin).run();
    try {
      const value = operation(writer.sql);
      writer.sql(keep).run();
      return { ok: true, value };
    } catch (error) {
      return takeBack(error);
    }
  }

  async function workThrough(work: (inside: Access) => Promise<unknown>): Promise<Outcome> {
    let open = true;
    const now = async <T>(operation: (sql: Sql) => T): Promise<T> => {
      if (!open) throw unitIsOver(file);
      try {
        return operation(writer.sql);
      } catch (error) {
        throw failureOf(error, file);
      }
    };
    writer.sql(begin).run();
    try {
      const value = await work({ read: now, write: now });
      writer.sql(keep).run();
      return { ok: true, value };
    } catch (error) {
      return takeBack(error);
    } finally {
      open = false;
    }
  }

  function takeBack(error: unknown): Outcome {
    if (writer.inTransaction) {
      writer.sql(undo).run();
      writer.sql(keep).run();
    }
    return { ok: false, error: failureOf(error, file) };
  }

  return {
    write: (operation) => ask((settle) => ({ operation, settle })),
    unit: (work) => ask((settle) => ({ work, settle })),
    drain: async () => running,
  };
}

function failedAsAWhole(last: Outcome | undefined): unknown {
  return last?.ok === false ? last.error : new Error('SQLite ended the transaction by itself.');
}

function unitIsOver(file: string): CommerceError {
  return new CommerceError({
    code: 'flow.defect',
    message: `Nothing was written to "${nameOf(file)}": the unit of work that these stores belong to is over. Await every write inside "atomically".`,
  });
}

/** After everything that is ready to run has run. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
