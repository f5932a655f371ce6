import { setImmediate } from 'node:timers';
import { CommerceError } from '../errors/commerce-error.ts';
import type { Access } from './access.ts';
import type { Connection, Query, Sql } from './connection.ts';
import { failureOf, mayBeLoss, nameOf } from './failure.ts';
import type { FileWatch } from './file-watch.ts';
import { whenFree } from './when-free.ts';

const begin: Query = { text: 'begin immediate' };
const commit: Query = { text: 'commit' };
const mark: Query = { text: 'savepoint part' };
const keep: Query = { text: 'release part' };
const undo: Query = { text: 'rollback to part' };

/** Everything that is written to one file by this process, in the order in which it was asked for. */
export interface GroupCommit {
  write<T>(operation: (sql: Sql) => T): Promise<T>;
  unit<T>(work: (inside: Access) => Promise<T>): Promise<T>;
  /** Resolves when what was asked for before is committed. */
  drain(): Promise<void>;
}

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown };
type Operation = (sql: Sql) => unknown;
type Item = { readonly settle: (outcome: Outcome) => void } & (
  | { readonly operation: Operation; readonly work?: never }
  | { readonly work: (inside: Access) => Promise<unknown>; readonly operation?: never }
);

/** More than this many at once wait for the next commit, so that the first of them need not wait for the last. */
const mostTogether = 2_000;
/** Commits of one that may follow each other without a turn of the event loop, which everything else lives by. */
const mostWithoutTurn = 8;

/**
 * Commits together what was asked for together: one transaction and one write to the disk for all of it, acknowledged
 * when that is done. A part that throws takes nothing of the others with it. A unit of work that waits for something
 * keeps everybody behind it waiting; nothing slips into its transaction. For another process that writes it waits up to
 * `busyTimeoutMs`, and whatever is asked for meanwhile waits behind.
 */
export function groupCommit(
  writer: Connection,
  file: string,
  busyTimeoutMs: number,
  watch?: Pick<FileWatch, 'isSound' | 'loss'>,
): GroupCommit {
  const queue: Item[] = [];
  let running: Promise<void> | undefined;
  let last = 1;
  let withoutTurn = 0;

  function ask<T>(item: (settle: Item['settle']) => Item): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      queue.push(
        // The value is what this item's own operation gave.
        item((outcome) => (outcome.ok ? resolve(outcome.value as T) : reject(outcome.error))),
      );
      running ??= gathered().then(commitAll);
    });
  }

  /** One writer alone is not kept waiting for company; where several were together, the rest of them is waited for. */
  async function gathered(): Promise<void> {
    if (last > 1 || ++withoutTurn > mostWithoutTurn) {
      withoutTurn = 0;
      await nextTurn();
    }
  }

  async function commitAll(): Promise<void> {
    for (let first = true; queue.length > 0; first = false) {
      if (!first) await nextTurn();
      const batch = queue.splice(0, mostTogether);
      last = batch.length;
      await commitTogether(batch);
    }
    running = undefined;
  }

  async function commitTogether(batch: readonly Item[]): Promise<void> {
    let outcomes: readonly Outcome[];
    try {
      await whenFree(busyTimeoutMs, () => writer.sql(begin).run());
      const only = batch.length === 1 ? batch[0]?.operation : undefined;
      // One alone needs no savepoint: the transaction is its own.
      outcomes = only ? [{ ok: true, value: only(writer.sql) }] : await carriedOut(batch);
      // The last thing before the commit, which would write over what others have stored in the file or in its log.
      refuseLost('Nothing of this unit of work was stored.');
      writer.sql(commit).run();
      refuseLost('This unit of work may have been stored all the same.');
    } catch (error) {
      rollBack();
      const failure = { ok: false, error: reasonOf(error) } as const;
      outcomes = batch.map(() => failure);
    }
    for (const [index, { settle }] of batch.entries()) settle(outcomes[index] ?? { ok: false, error: lost(file) });
  }

  function refuseLost(isStored: string): void {
    if (watch === undefined || watch.isSound()) return;
    // What is saved is what was acknowledged before.
    rollBack();
    throw watch.loss(isStored);
  }

  /** What SQLite says of a file of which a part is gone leads nowhere: it knows nothing of names. */
  function reasonOf(error: unknown): unknown {
    if (watch === undefined || !mayBeLoss(error) || watch.isSound()) return failureOf(error, file);
    return watch.loss('Nothing of this unit of work was stored.');
  }

  async function carriedOut(batch: readonly Item[]): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (let next = 0; next < batch.length; next = outcomes.length) {
      const end = batch.findIndex(({ work }, index) => index >= next && work !== undefined);
      const operations = batch.slice(next, end === -1 ? undefined : end).flatMap(({ operation }) => operation ?? []);
      if (operations.length > 0) outcomes.push(...operateAll(operations));
      const work = batch[outcomes.length]?.work;
      if (work !== undefined) outcomes.push(await workThrough(work));
      // SQLite takes the whole transaction back by itself when the disk is full or broken.
      if (!writer.inTransaction) throw asAWhole(outcomes.at(-1));
    }
    return outcomes;
  }

  /** One savepoint for all of them; only where one throws is each carried out again with a savepoint of its own. */
  function operateAll(operations: readonly Operation[]): readonly Outcome[] {
    const [only] = operations;
    if (operations.length === 1 && only) return [operate(only)];
    const together = operate((sql) => operations.map((operation) => ({ ok: true, value: operation(sql) }) as const));
    // What `operate` gives back is what its operation gave: the outcomes.
    if (together.ok) return together.value as readonly Outcome[];
    return writer.inTransaction ? operations.map(operate) : operations.map(() => together);
  }

  function operate(operation: Operation): Outcome {
    writer.sql(mark).run();
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
    writer.sql(mark).run();
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

  function rollBack(): void {
    try {
      if (writer.inTransaction) writer.exec('rollback');
    } catch {
      // The next "begin" says what is wrong with the connection, to whoever asks for it.
    }
  }

  return {
    write: (operation) => ask((settle) => ({ operation, settle })),
    unit: (work) => ask((settle) => ({ work, settle })),
    drain: async () => running,
  };
}

function asAWhole(last: Outcome | undefined): unknown {
  return last?.ok === false ? last.error : new Error('SQLite ended the transaction by itself.');
}

/** Cannot happen as long as every item has its outcome, and must not look like success if it does. */
function lost(file: string): CommerceError {
  return new CommerceError({
    code: 'store.unavailable',
    message: `An operation on "${nameOf(file)}" has no known end. Ask for it again.`,
  });
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
