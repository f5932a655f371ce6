import { refuseBrokenText } from '@crossdock/core';

// PostgreSQL keeps every character but U+0000. It is kept as two of U+0001, which then needs a second one of its own:
// no two texts become one, their byte order stays, and nearly all are kept as they are.
// postgresql.org/docs/15/datatype-character.html, read 2026-11-26
const zero = '\u{0}';
const storedZero = '\u{1}\u{1}';
const one = '\u{1}';
const storedOne = '\u{1}\u{2}';

/** A value as it goes to the database. Throws `record.invalid` for half of a character. */
export function toStoredValue(value: unknown): unknown {
  if (typeof value === 'string') {
    refuseBrokenText(value);
    if (!value.includes(one) && !value.includes(zero)) return value;
    return value.replaceAll(one, storedOne).replaceAll(zero, storedZero);
  }
  return Array.isArray(value) ? value.map(toStoredValue) : value;
}

/** A row as it was before its texts went to the database. */
export function fromStoredRow(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  let whole: Record<string, unknown> | undefined;
  for (const column in row) {
    const value = row[column];
    if (typeof value !== 'string' || !value.includes(one)) continue;
    whole ??= { ...row };
    whole[column] = value.replaceAll(storedZero, zero).replaceAll(storedOne, one);
  }
  return whole ?? row;
}
