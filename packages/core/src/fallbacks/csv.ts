import { CommerceError } from '../errors/commerce-error.ts';

/** Rows as comma-separated text by RFC 4180, with a byte order mark, because spreadsheets take UTF-8 for something else without. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
}

/** What a spreadsheet would run as a formula begins with an apostrophe, which it does not show. owasp.org, CSV injection. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Reads what `toCsv` wrote, also after a spreadsheet saved it with semicolons or tabs. Rows without any content are left
 * out. Throws `webhook.malformed` for a quote that never ends.
 */
export function fromCsv(text: string): readonly (readonly string[])[] {
  const body = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(body);
  const rows: string[][] = [];
  let row: string[] = [];
  let value = '';
  let quoted = false;
  const endCell = () => {
    row.push(value);
    value = '';
  };
  const endRow = () => {
    endCell();
    if (row.some((one) => one.trim() !== '')) rows.push(row);
    row = [];
  };
  for (let at = 0; at < body.length; at++) {
    const character = body.charAt(at);
    if (quoted && character === '"' && body.charAt(at + 1) === '"') {
      value += '"';
      at++;
    } else if (character === '"' && (quoted || value === '')) quoted = !quoted;
    else if (quoted) value += character;
    else if (character === separator) endCell();
    else if (character === '\n') endRow();
    else if (character !== '\r') value += character;
  }
  if (quoted) throw unended(rows.length + 1);
  endRow();
  return rows.map((cells) => cells.map(asRead));
}

/** A text as it comes back: without the apostrophe that keeps it from being a formula, and without space around it. */
export function asRead(text: string): string {
  return text.replace(/^'(?=[=+\-@\t\r])/, '').trim();
}

/** Of the first line: what it has most of outside of quotes. */
function separatorOf(body: string): string {
  const line = (/^[^\r\n]*/.exec(body)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((separator) => ({ separator, count: line.split(separator).length }));
  return counted.reduce((one, other) => (other.count > one.count ? other : one)).separator;
}

function unended(row: number): CommerceError {
  return new CommerceError({
    code: 'webhook.malformed',
    message: `The file was not read: a quote that begins in row ${row} never ends. Save it again as CSV, then give it again.`,
  });
}
