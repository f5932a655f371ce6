import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import type { TillDocument, TillLine } from './document.ts';

const rowSchema = z.object({
  InvoiceNo: z.string().min(1),
  StockCode: z.string().min(1),
  Description: z.string(),
  Quantity: z.string().regex(/^-?\d+$/),
  InvoiceDate: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  UnitPrice: z.string().regex(/^\d+\.\d+$/),
  CustomerID: z.string(),
  Country: z.string().min(1),
});
type Row = z.infer<typeof rowSchema>;

/** The till's documents in their original order, from the text of the file. A row that is no row stops the reading. */
export function readTill(csv: string): { readonly lines: number; readonly documents: readonly TillDocument[] } {
  const rows = z.array(rowSchema).parse(parse(csv, { columns: true }));
  const byNumber = new Map<string, Row[]>();
  for (const row of rows) {
    const group = byNumber.get(row.InvoiceNo);
    if (group) group.push(row);
    else byNumber.set(row.InvoiceNo, [row]);
  }
  return { lines: rows.length, documents: [...byNumber.values()].map(toDocument) };
}

function toDocument(rows: readonly Row[]): TillDocument {
  const [first] = rows;
  if (!first) throw new RangeError('A document has at least one row.');
  const account = first.CustomerID === '' ? undefined : first.CustomerID.replace(/\.0$/, '');
  return {
    number: first.InvoiceNo,
    kind: kindOf(rows, account),
    ...(account === undefined ? {} : { account }),
    country: first.Country,
    // The file names no zone; the shop is in London, where December is UTC. The last line of an invoice dates it.
    writtenAt: `${(rows.at(-1) ?? first).InvoiceDate.replace(' ', 'T')}Z`,
    lines: rows.map(toLine),
  };
}

function toLine(row: Row, index: number): TillLine {
  return {
    id: String(index + 1),
    code: row.StockCode,
    description: row.Description,
    quantity: Number(row.Quantity),
    unitPrice: row.UnitPrice,
  };
}

function kindOf(rows: readonly Row[], account: string | undefined): TillDocument['kind'] {
  if (rows[0]?.InvoiceNo.startsWith('C')) return 'cancellation';
  const free = rows.every(({ UnitPrice }) => Number(UnitPrice) === 0);
  return account === undefined && free ? 'correction' : 'sale';
}
