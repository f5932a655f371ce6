import { refuseBrokenText } from '../rules/whole-text.ts';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** The text of a statement, and the row that it gives. `row` is there for the compiler alone. */
export interface Query<R = never> {
  readonly text: string;
  readonly row?: R;
}
/** One prepared statement. */
interface Statement<R> {
  get(...values: readonly SQLInputValue[]): R | undefined;
  all(...values: readonly SQLInputValue[]): readonly R[];
  /** Gives the number of rows that changed. */
  run(...values: readonly SQLInputValue[]): number;
}
/** Prepares a statement once and keeps it. */
export type Sql = <R>(query: Query<R>) => Statement<R>;

/** One connection to the file. Everything on it happens at once and in order. */
export interface Connection {
  readonly sql: Sql;
  readonly exec: (text: string) => void;
  readonly inTransaction: boolean;
  /** Keeps this connection longer than all that was made so far, where what ends forgets first what was made first. */
  readonly outlast: () => void;
  readonly close: () => void;
}

/** A connection that was made and is not open yet. */
export interface Unopened {
  readonly open: () => Connection;
}

/**
 * Makes a connection that waits `busyTimeoutMs` for other processes; without it SQLite answers "locked" at once. `prepared` is
 * called after each statement that was made for it.
 */
export function connectionTo(file: string, busyTimeoutMs: number, readOnly: boolean, prepared = () => {}): Unopened {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs, readOnly, open: false });
  return {
    open() {
      database.open();
      return connectionOf(database, prepared);
    },
  };
}

/** Opens one at once, that writes unless it says otherwise. */
export function openConnection(file: string, busyTimeoutMs: number, readOnly = false): Connection {
  return connectionTo(file, busyTimeoutMs, readOnly).open();
}

function connectionOf(database: DatabaseSync, prepared: () => void): Connection {
  const statements = new Map<string, Statement<unknown>>();
  const lasting: StatementSync[] = [];
  return {
    sql<R>(query: Query<R>) {
      let statement = statements.get(query.text);
      if (statement === undefined) {
        statement = statementOf(database.prepare(query.text));
        statements.set(query.text, statement);
        prepared();
      }
      // Whoever wrote the query named the row that its text selects.
      return statement as Statement<R>;
    },
    exec: (text) => database.exec(text),
    get inTransaction() {
      return database.isTransaction;
    },
    outlast() {
      // Node keeps a connection as long as there is a statement of it.
      lasting.push(database.prepare('select 1'));
    },
    close: () => database.close(),
  };
}

function statementOf(prepared: StatementSync): Statement<unknown> {
  return {
    get: (...values) => prepared.get(...whole(values)),
    all: (...values) => prepared.all(...whole(values)),
    run: (...values) => Number(prepared.run(...whole(values)).changes),
  };
}

/** Looked at one by one: SQLite takes bytes as well, which are no text. */
function whole(values: readonly SQLInputValue[]): readonly SQLInputValue[] {
  for (const value of values) if (typeof value === 'string') refuseBrokenText(value);
  return values;
}
