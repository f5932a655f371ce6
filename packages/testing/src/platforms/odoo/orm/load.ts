import type { Json } from '@crossdock/core';
import { checkAccess } from './access.ts';
import { flush, type Env, type Vals } from './env.ts';
import { bindExternalId, findExternalId, isKept, lockExternalId, touchExternalId } from './external-id.ts';
import { ImportProblem, importedValue } from './load-values.ts';
import { gatherRecords, type ImportRecord } from './load-rows.ts';
import type { Model } from './model.ts';
import { PythonError } from './python-error.ts';
import { create, write } from './records.ts';
import { modelOf } from './get.ts';
import { plain } from './plain.ts';

/**
 * Imports rows of texts: the one way to create a record or find it again by an external id. Either every row is in, or
 * none: then `ids` is false and the reasons are in `messages`, with status 200. Recorded on Odoo 19.0, 2026-11-23.
 */
export function load(env: Env, model: Model, fieldsGiven: Json, dataGiven: Json): Json {
  const fields = strings(fieldsGiven);
  const data = (Array.isArray(dataGiven) ? dataGiven : []).map((row: Json) => strings(row));
  const savepoint = env.db.savepoint();
  const ids: Json[] = [];
  const messages: Json[] = [];
  gatherRecords(model, fields, data).forEach((record, index) => {
    const before = env.db.savepoint();
    try {
      ids.push(importWhole(env, model, record));
    } catch (error) {
      env.db.rollbackTo(before);
      messages.push(messageOf(error, index, record));
    }
  });
  if (messages.length === 0) {
    flush(env);
    return { ids, messages, nextrow: 0 };
  }
  env.work.clear();
  env.db.rollbackTo(savepoint);
  return { ids: false, messages, nextrow: 0 };
}

function strings(value: Json): string[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: Json) => (item === false || item === null || item === undefined ? '' : plain(item)));
}

/**
 * A cell that cannot be read keeps nobody from making the record without it, which is only then taken back: the server
 * remembers its external id. Recorded on Odoo 19.0, 2026-11-26.
 */
function importWhole(env: Env, model: Model, record: ImportRecord): number {
  const problems: ImportProblem[] = [];
  let id: number;
  try {
    id = importRecord(env, model, record, problems);
  } catch (error) {
    throw problems[0] ?? error;
  }
  if (problems[0]) throw problems[0];
  return id;
}

function importRecord(
  env: Env,
  model: Model,
  record: ImportRecord,
  problems: ImportProblem[],
  parent: Vals = {},
): number {
  const { externalId } = record;
  if (externalId !== undefined) lockExternalId(env, externalId);
  const id = record.databaseId ?? (externalId === undefined ? undefined : findExternalId(env, externalId, model.name));
  const exists = id !== undefined && (externalId === undefined || record.databaseId === undefined);
  const vals = valuesOf(env, model, record, problems);
  if (exists && externalId !== undefined && isKept(env, externalId)) return id;
  if (exists) {
    checkAccess(env, model, 'write');
    if (Object.keys(vals).length > 0) {
      if (externalId !== undefined) touchExternalId(env, externalId);
      write(env, model.name, [id], vals);
    }
    importLines(env, model, record, problems, id);
    return id;
  }
  checkAccess(env, model, 'create');
  const [created = 0] = create(env, model.name, [{ ...vals, ...parent }], (made) =>
    importLines(env, model, record, problems, made),
  );
  if (externalId !== undefined) bindExternalId(env, externalId, model.name, created);
  return created;
}

function importLines(env: Env, model: Model, { lines }: ImportRecord, problems: ImportProblem[], parent: number): void {
  for (const { field, records } of lines) {
    const { relation = '', inverse = '', label = field } = model.fields[field] ?? {};
    for (const line of records) {
      const own: ImportProblem[] = [];
      importRecord(env, modelOf(env, relation), line, own, { [inverse]: parent });
      problems.push(...own.map((problem) => problem.within(field, label)));
    }
  }
}

function valuesOf(env: Env, model: Model, record: ImportRecord, problems: ImportProblem[]): Vals {
  const vals: { [field: string]: Json } = {};
  for (const cell of record.cells) {
    // An empty cell is a value: it clears what is there, and keeps the default from a record that is new.
    try {
      vals[cell.field] = importedValue(env, model, cell);
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      problems.push(error);
    }
  }
  return vals;
}

function messageOf(error: unknown, index: number, record: ImportRecord): Json {
  const rows = { from: record.from, to: record.to };
  if (error instanceof ImportProblem) return { rows, type: 'error', record: index, ...error.details };
  if (!(error instanceof PythonError)) throw error;
  if (error.name.startsWith('builtins.')) {
    // Recorded on Odoo 19.0, 2026-11-26.
    const message = `Unknown error during import: <class '${error.name.slice('builtins.'.length)}'>: ${error.message}`;
    return { rows, record: index, type: 'error', message, moreinfo: 'Resolve other errors first' };
  }
  const message = error.message.replace(/^The operation cannot be completed: (?=Missing|duplicate key)/, '');
  return {
    rows,
    record: index,
    type: 'error',
    message,
    ...(error.field === undefined ? {} : { field: error.field }),
  };
}
