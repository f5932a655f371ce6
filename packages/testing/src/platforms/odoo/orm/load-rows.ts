import type { Model } from './model.ts';
import { valueError } from './python-error.ts';

/** One field of one imported record. `by` says how a text names the record of a relation. */
export interface Cell {
  readonly field: string;
  readonly text: string;
  readonly by: 'name' | 'external' | 'database';
}

export interface ImportRecord {
  readonly from: number;
  readonly to: number;
  readonly externalId: string | undefined;
  readonly databaseId: number | undefined;
  readonly cells: readonly Cell[];
  readonly lines: readonly { readonly field: string; readonly records: readonly ImportRecord[] }[];
}

type Row = readonly string[];

/** Gathers rows into records: a row that fills only columns of a one2many goes on with the record above it. */
export function gatherRecords(
  model: Model,
  fields: readonly string[],
  data: readonly Row[],
  offset = 0,
): ImportRecord[] {
  const own = fields.flatMap((path, column) => (lineField(model, path) === undefined ? [column] : []));
  const nested = Map.groupBy(
    fields.map((path, column) => ({ path, column })).filter(({ path }) => lineField(model, path) !== undefined),
    ({ path }) => lineField(model, path) ?? '',
  );
  const records: ImportRecord[] = [];
  for (let from = 0; from < data.length;) {
    let to = from;
    if (nested.size > 0)
      while (to + 1 < data.length && own.every((column) => (data[to + 1]?.[column] ?? '') === '')) to++;
    records.push(toRecord(model, fields, data.slice(from, to + 1), own, nested, offset + from));
    from = to + 1;
  }
  return records;
}

type Columns = ReadonlyMap<string, readonly { readonly path: string; readonly column: number }[]>;

function toRecord(
  model: Model,
  fields: readonly string[],
  rows: readonly Row[],
  own: readonly number[],
  nested: Columns,
  from: number,
): ImportRecord {
  const [first = []] = rows;
  const textOf = (path: string) => {
    const column = fields.indexOf(path);
    const text = column < 0 ? '' : (first[column] ?? '');
    return text === '' ? undefined : text;
  };
  const databaseId = textOf('.id');
  return {
    from,
    to: from + rows.length - 1,
    externalId: textOf('id'),
    databaseId: databaseId === undefined ? undefined : Number(databaseId),
    cells: own.flatMap((column) => {
      const path = fields[column] ?? '';
      return path === 'id' || path === '.id' ? [] : [toCell(model, path, first[column] ?? '')];
    }),
    lines: [...nested].map(([field, columns]) => {
      const paths = columns.map(({ path }) => path.slice(field.length + 1));
      const inner = rows
        .map((row) => columns.map(({ column }) => row[column] ?? ''))
        .filter((row) => row.some((text) => text !== ''));
      return { field, records: linesOf(paths, inner, from) };
    }),
  };
}

function linesOf(paths: readonly string[], rows: readonly Row[], from: number): ImportRecord[] {
  return rows.map((row, index) => {
    const at = (path: string) => {
      const text = row[paths.indexOf(path)] ?? '';
      return text === '' ? undefined : text;
    };
    const databaseId = at('.id');
    return {
      from: from + index,
      to: from + index,
      externalId: at('id'),
      databaseId: databaseId === undefined ? undefined : Number(databaseId),
      cells: paths.flatMap((path, column) =>
        path === 'id' || path === '.id' ? [] : [splitPath(path, row[column] ?? '')],
      ),
      lines: [],
    };
  });
}

/** The one2many that a path like `order_line/product_id` goes through. */
function lineField(model: Model, path: string): string | undefined {
  const [name = '', rest] = path.split('/');
  return rest !== undefined && model.fields[name]?.type === 'one2many' ? name : undefined;
}

function toCell(model: Model, path: string, text: string): Cell {
  const cell = splitPath(path, text);
  if (!model.fields[cell.field]) throw valueError(`Invalid field '${cell.field}' on '${model.name}'`);
  return cell;
}

function splitPath(path: string, text: string): Cell {
  const [field = '', way] = path.split('/');
  return { field, text, by: way === 'id' ? 'external' : way === '.id' ? 'database' : 'name' };
}
