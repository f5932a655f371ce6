import type { Json } from '@crossdock/core';

/** One record. An empty value is not kept at all; a datetime is a number of microseconds since 1970. */
export type Row = { readonly id: number } & { [field: string]: Json };

/** Ids by value. Most values have one id, which needs no set. */
type Index = Map<Json, number | Set<number>>;

interface Table {
  readonly rows: Map<number, Row>;
  readonly indexes: Map<string, Index>;
}

type Undo = () => void;

/** Rows, their indexes and the way back: what is done between `begin` and `rollback` never was. */
export interface Database {
  rows(table: string): ReadonlyMap<number, Row>;
  row(table: string, id: number): Row | undefined;
  /** Ids with that value in an indexed field; `undefined` when the field is not indexed. */
  lookup(table: string, field: string, value: Json): Iterable<number> | undefined;
  /** How many ids have that value in an indexed field. */
  count(table: string, field: string, value: Json): number;
  addIndex(table: string, field: string): void;
  insert(table: string, values: { readonly [field: string]: Json }): Row;
  set(table: string, row: Row, field: string, value: Json): boolean;
  remove(table: string, row: Row): void;
  /** The next number of a sequence. A rollback does not give it back, as on PostgreSQL. */
  next(sequence: string): number;
  readonly sequences: Map<string, number>;
  /** Transactions that were committed so far. */
  readonly commits: number;
  /** Something besides rows to take back with them. */
  onRollback(undo: () => void): void;
  begin(): void;
  commit(): void;
  rollback(): void;
  /** Where the transaction is now, to come back to with `rollbackTo`. */
  savepoint(): number;
  rollbackTo(savepoint: number): void;
}

export function database(): Database {
  const tables = new Map<string, Table>();
  const sequences = new Map<string, number>();
  let undo: Undo[] = [];
  let commits = 0;

  function table(name: string): Table {
    let found = tables.get(name);
    if (!found) {
      found = { rows: new Map(), indexes: new Map() };
      tables.set(name, found);
    }
    return found;
  }

  function place({ rows, indexes }: Table, row: Row): void {
    rows.set(row.id, row);
    for (const [field, entries] of indexes) index(entries, row[field], row.id);
  }

  function take({ rows, indexes }: Table, row: Row): void {
    rows.delete(row.id);
    for (const [field, entries] of indexes) unindex(entries, row[field], row.id);
  }

  function assign(target: Table, row: Row, field: string, value: Json): void {
    const entries = target.indexes.get(field);
    if (entries) {
      unindex(entries, row[field], row.id);
      index(entries, value, row.id);
    }
    if (value === undefined) delete row[field];
    else row[field] = value;
  }

  function rollbackTo(savepoint: number): void {
    while (undo.length > savepoint) undo.pop()?.();
  }

  return {
    rows: (name) => table(name).rows,
    row: (name, id) => table(name).rows.get(id),
    lookup(name, field, value) {
      const entries = table(name).indexes.get(field);
      if (!entries) return undefined;
      const ids = entries.get(value);
      if (ids === undefined) return nothing;
      return typeof ids === 'number' ? [ids] : ids;
    },
    count(name, field, value) {
      const ids = table(name).indexes.get(field)?.get(value);
      if (ids === undefined) return 0;
      return typeof ids === 'number' ? 1 : ids.size;
    },
    addIndex(name, field) {
      const target = table(name);
      if (target.indexes.has(field)) return;
      const entries: Index = new Map();
      for (const row of target.rows.values()) index(entries, row[field], row.id);
      target.indexes.set(field, entries);
    },
    insert(name, values) {
      const target = table(name);
      const id = sequences.get(name) ?? 1;
      sequences.set(name, id + 1);
      const row: Row = { ...values, id };
      place(target, row);
      undo.push(() => take(target, row));
      return row;
    },
    set(name, row, field, value) {
      const before = row[field];
      if (before === value) return false;
      const target = table(name);
      assign(target, row, field, value);
      undo.push(() => assign(target, row, field, before));
      return true;
    },
    remove(name, row) {
      const target = table(name);
      take(target, row);
      undo.push(() => place(target, row));
    },
    next(sequence) {
      const value = sequences.get(sequence) ?? 1;
      sequences.set(sequence, value + 1);
      return value;
    },
    sequences,
    get commits() {
      return commits;
    },
    onRollback: (action) => void undo.push(action),
    begin() {
      undo = [];
    },
    commit() {
      undo = [];
      commits++;
    },
    rollback: () => rollbackTo(0),
    savepoint: () => undo.length,
    rollbackTo,
  };
}

const nothing: readonly number[] = [];

function index(entries: Index, value: Json, id: number): void {
  if (value === undefined) return;
  const ids = entries.get(value);
  if (ids === undefined) entries.set(value, id);
  else if (typeof ids === 'number') entries.set(value, new Set([ids, id]));
  else ids.add(id);
}

function unindex(entries: Index, value: Json, id: number): void {
  if (value === undefined) return;
  const ids = entries.get(value);
  if (ids === id) entries.delete(value);
  else if (typeof ids === 'object') ids.delete(id);
}
