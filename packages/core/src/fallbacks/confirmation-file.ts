import * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import { momentSchema } from '../model/moment.ts';
import { asRead, fromCsv } from './csv.ts';

/** A program that writes numbers for people turns "123456789012" into "1.23457E+11": no parcel has such a number. */
const mangled = /^\d(?:[.,]\d+)?E\+\d+$/i;

/** It also keeps the first 15 digits only, and writes zeros for the others: five in a row are no chance. */
const blunted = /^\d{15}0{5,}$/;

const trackingSchema = z
  .string()
  .refine((text) => !mangled.test(text), 'is a number that a spreadsheet cut short; format the column as text')
  .refine(
    (text) => !blunted.test(text),
    'is a number whose last digits a spreadsheet made zeros; format the column as text, and enter it again',
  );

const shippedAtSchema = z
  .string()
  .refine((text) => momentSchema.safeParse(text).success, 'wants a moment in UTC such as 2026-11-26T15:30:00Z');

const rowSchema = z.object({
  claim: z.string().min(1),
  reference: z.string().min(1),
  line: z.string().min(1),
  sku: z.string().min(1),
  // As the file was written: a comma, a group of thousands or an exponent is somebody's guess.
  quantity: z.string().regex(/^\d+(\.\d+)?$/, 'wants plain digits, such as 2 or 1.5'),
  carrier: z.string(),
  tracking_number: trackingSchema,
  shipped_at: z.string(),
});

const jsonSchema = z.object({
  claim: z.string().min(1),
  orders: z.array(
    z.object({
      reference: z.string().min(1),
      shipments: z.array(
        z.object({
          carrier: z.string().min(1),
          trackingNumber: trackingSchema.optional(),
          shippedAt: shippedAtSchema,
          lines: z
            .array(z.object({ id: z.string().min(1), sku: z.string().min(1), quantity: z.number().nonnegative() }))
            .min(1),
        }),
      ),
    }),
  ),
});

/** One line of an order in one parcel, as the warehouse filled it in; of quantity 0 if it was not there to be shipped. */
export interface ConfirmedLine {
  /** Where it stands in a file of rows. */
  readonly row?: number | undefined;
  readonly claim: string;
  readonly reference: string;
  /** Empty in a line of quantity 0, and where nothing but such a line speaks of the order: that may be how it was exported. */
  readonly carrier: string;
  readonly tracking: string;
  readonly shippedAt: string;
  readonly line: { readonly id: string; readonly sku: string; readonly quantity: number };
}

/**
 * Reads an exported file that the warehouse filled in. An order of which no line has carrier, tracking number or moment did
 * not leave yet, and is left out. A line with quantity 0 was not there to be shipped. Throws
 * `webhook.malformed` for a file that is none, for a line that stands twice in one parcel or may do so, and for the first order that is
 * half filled in or wrong: nothing of such a file is taken over.
 */
export function confirmedLines(body: string): readonly ConfirmedLine[] {
  return /^\uFEFF?\s*\{/.test(body) ? linesOfJson(body) : linesOfCsv(body);
}

function linesOfJson(body: string): readonly ConfirmedLine[] {
  let value: unknown;
  try {
    value = JSON.parse(body.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw malformed('it is no JSON', error);
  }
  const parsed = jsonSchema.safeParse(value);
  if (!parsed.success) throw malformed(problemOf(parsed.error));
  const { claim, orders } = parsed.data;
  const lines = orders.flatMap(({ reference, shipments }) =>
    shipments.flatMap(({ carrier, trackingNumber: tracking = '', shippedAt, lines: inside }) =>
      inside.map((line) => ({ claim, reference, carrier, tracking, shippedAt, line })),
    ),
  );
  refuseRepeated(lines);
  return lines;
}

type Row = z.infer<typeof rowSchema> & { readonly at: number };

function linesOfCsv(body: string): readonly ConfirmedLine[] {
  const [header = [], ...rows] = fromCsv(body);
  const missing = Object.keys(rowSchema.shape).filter((column) => !header.includes(column));
  if (missing.length > 0) throw malformed(`its first row has no column "${missing.join('", "')}"`);
  const twice = Object.keys(rowSchema.shape).find((column) => header.indexOf(column) !== header.lastIndexOf(column));
  if (twice !== undefined) throw malformed(`its first row has the column "${twice}" more than once`);
  const read = rows.map((cells, index): Row => {
    // What is behind the last column has moved all that is before it.
    if (cells.slice(header.length).some((cell) => cell !== '')) {
      throw malformed(
        `row ${index + 2} has more cells than the first row: something in it wants quotes, or stands behind the last column`,
      );
    }
    const parsed = rowSchema.safeParse(Object.fromEntries(header.map((column, place) => [column, cells[place] ?? ''])));
    if (!parsed.success) throw malformed(`row ${index + 2}: ${problemOf(parsed.error)}`);
    return { ...parsed.data, at: index + 2 };
  });
  refuseRepeated(read.map(asFilledIn));
  const orders = Map.groupBy(read, ({ claim, reference }) => JSON.stringify([claim, reference]));
  return [...orders.values()].flatMap((order) => {
    const left = order.some(hasEntry);
    return left || order.some(({ quantity }) => Number(quantity) === 0) ? order.map((row) => lineOf(row, left)) : [];
  });
}

/**
 * A line is in a parcel once: what was pasted twice would ship it twice. A carrier has many names, and a number two carriers
 * hardly ever. What names no parcel ships nothing.
 */
function refuseRepeated(lines: readonly ConfirmedLine[]): void {
  const seen = new Map<string, ConfirmedLine>();
  for (const one of lines) {
    const { claim, reference, carrier, tracking, line, row } = one;
    if (carrier === '' && tracking === '') continue;
    const id = asRead(line.id);
    const number = asKnown(tracking);
    const place = JSON.stringify([claim, reference, id, number === '' ? { carrier: asKnown(carrier) } : { number }]);
    const before = seen.get(place);
    if (before !== undefined) {
      const what =
        row === undefined
          ? `line "${id}" of order "${reference}" stands twice in one parcel`
          : `row ${row} has the line and the parcel of row ${before.row}`;
      throw malformed(
        `${what}; a line stands once in a parcel, with all that is in it, and one tracking number is one parcel, whatever its carrier is called`,
      );
    }
    seen.set(place, one);
  }
  refuseDoubtful(lines);
}

/** Which parcel of its order a line is in: those of one carrier without a tracking number are one, as nobody can tell them apart. */
export function parcelOf({ carrier, tracking }: Pick<ConfirmedLine, 'carrier' | 'tracking'>): string {
  return JSON.stringify([asKnown(carrier), asKnown(tracking)]);
}

/** Of a name or a number. Some write a number in groups, and blanks that nobody sees are pasted along. */
function asKnown(text: string): string {
  return asRead(text)
    .replaceAll(/[\s\p{Cf}]/gu, '')
    .toLowerCase();
}

/** With its carrier the same twice, and a number once: that may be the parcel of the number, or another one. Only a person knows. */
function refuseDoubtful(lines: readonly ConfirmedLine[]): void {
  const shipped = lines.filter(({ line, carrier }) => line.quantity > 0 && asKnown(carrier) !== '');
  const placeOf = ({ claim, reference, line, carrier }: ConfirmedLine) =>
    JSON.stringify([claim, reference, asRead(line.id), asKnown(carrier)]);
  for (const [one, ...others] of Map.groupBy(shipped, placeOf).values()) {
    const other = others.find(({ tracking }) => (asKnown(tracking) === '') !== (asKnown(one?.tracking ?? '') === ''));
    if (one === undefined || other === undefined) continue;
    const what =
      other.row === undefined
        ? `line "${asRead(one.line.id)}" of order "${one.reference}" stands there with a tracking number and without one, by one carrier`
        : `row ${other.row} has the line and the carrier of row ${one.row}, and only one of them has a tracking number`;
    throw malformed(`${what}; keep one of them if it is one parcel, and give each its own number if it is two`);
  }
}

function hasEntry({ carrier, tracking_number: tracking, shipped_at: shippedAt }: Row): boolean {
  return carrier !== '' || tracking !== '' || shippedAt !== '';
}

function asFilledIn(row: Row): ConfirmedLine {
  const { claim, reference, line: id, sku, carrier, tracking_number: tracking, shipped_at: shippedAt, at } = row;
  return { row: at, claim, reference, carrier, tracking, shippedAt, line: { id, sku, quantity: Number(row.quantity) } };
}

/** A row of an order. If it left, every row of it says so, or that there was none of it. */
function lineOf(row: Row, left: boolean): ConfirmedLine {
  const filled = asFilledIn(row);
  if (filled.line.quantity === 0 || !left) return { ...filled, carrier: '', tracking: '', shippedAt: '' };
  if (filled.carrier === '') throw withoutCarrier(filled.row);
  const moment = shippedAtSchema.safeParse(filled.shippedAt);
  if (!moment.success) throw malformed(`row ${filled.row}: "shipped_at" ${moment.error.issues[0]?.message}`);
  return filled;
}

/** The error for a row of an order of which another row says what became of it. */
export function withoutCarrier(row: number | undefined): CommerceError {
  return malformed(
    `row ${row}: "carrier" is empty, and another line of the order is filled in; an order is confirmed as a whole, with quantity 0 for what was not shipped`,
  );
}

/** Whether a program that writes numbers for people cut this one short. */
export function isCutShort(text: string): boolean {
  return mangled.test(text);
}

/** Never the value itself: a file of people may hold anything. */
function problemOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `"${path.join('.')}" ${message}`).join('; ');
}

/** The error for a file of which nothing is taken over. */
export function malformed(what: string, cause?: unknown): CommerceError {
  return new CommerceError({
    code: 'webhook.malformed',
    message: `No shipment was confirmed from the file: ${what}. Correct it, then give the whole file again; what was confirmed before is not repeated.`,
    operation: 'notifications.read',
    cause: cause === undefined ? undefined : stripped(cause),
  });
}
