import { refuseBrokenText } from '../rules/whole-text.ts';

/** Remembers how to take back what was written since it began. */
export interface UndoLog {
  /** Everything that is written from now on can be taken back. */
  begin(): void;
  commit(): void;
  rollback(): void;
  /** Called by tables before they change. */
  note(undo: () => void): void;
}

/** Rows by key. A row is replaced, never changed in place, so that taking it back is exact. */
export interface Table<V> {
  get(key: string): V | undefined;
  has(key: string): boolean;
  set(key: string, row: V): void;
  delete(key: string): void;
  values(): Iterable<V>;
  entries(): Iterable<[string, V]>;
  /** A number that is larger each time, for the order in which rows were added. */
  next(): number;
}

/** Makes the log that all tables of one store write to. */
export function undoLog(): UndoLog {
  let undos: (() => void)[] | undefined;
  return {
    begin() {
      undos = [];
    },
    commit() {
      undos = undefined;
    },
    rollback() {
      for (const undo of undos?.toReversed() ?? []) undo();
      undos = undefined;
    },
    note(undo) {
      undos?.push(undo);
    },
  };
}

/** Makes an empty table whose changes can be taken back through `log`. */
export function table<V>(log: UndoLog): Table<V> {
  const rows = new Map<string, V>();
  let last = 0;
  const noteRow = (key: string) => {
    const before = rows.get(key);
    log.note(before === undefined ? () => rows.delete(key) : () => rows.set(key, before));
  };
  return {
    get(key) {
      refuseBrokenText(key);
      return rows.get(key);
    },
    has(key) {
      refuseBrokenText(key);
      return rows.has(key);
    },
    set(key, row) {
      refuseBrokenText(key);
      refuseBrokenText(row);
      noteRow(key);
      rows.set(key, row);
    },
    delete(key) {
      noteRow(key);
      rows.delete(key);
    },
    values: () => rows.values(),
    entries: () => rows.entries(),
    next: () => ++last,
  };
}

/** One key of several parts, the same for the same parts only. Their JSON would hide a broken text. */
export function keyOf(...parts: readonly string[]): string {
  refuseBrokenText(parts);
  return JSON.stringify(parts);
}
