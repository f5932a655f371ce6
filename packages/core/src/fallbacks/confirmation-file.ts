import * as z from 'zod';
import { CommerceError } from '../errors/commerce-error.ts';
import { stripped } from '../errors/stripped.ts';
import { momentSchema } from '../model/moment.ts';
import { fromCsv } from './csv.ts';

/** A program that writes numbers for people turns "123456789012" into "1.23457E+11": no parcel has such a number. */
const mangled = /^\d(?:[.,]\d+)?E\+\d+$/i;

const trackingSchema = z
  .string()
  .refine((text) => !mangled.test(text), 'is a number that a spreadsheet cut short; format the column as text');

const rowSchema = z.object({
  claim: z.string().min(1),
  number: z.string().min(1),
  line: z.string().optional(),
  sku: z.string().min(1),
  quantity: z.coerce.number().positive(),
  carrier: z.string().min(1),
  tracking_number: trackingSchema,
  shipped_at: momentSchema,
});

const jsonSchema = z.object({
  claim: z.string().min(1),
  orders: z.array(
    z.object({
      number: z.string().min(1),
      shipments: z.array(
        z.object({
          carrier: z.string().min(1),
          trackingNumber: trackingSchema.optional(),
          shippedAt: momentSchema,
          lines: z.array(
            z.object({ id: z.string().optional(), sku: z.string().min(1), quantity: z.number().positive() }),
          ),
        }),
      ),
    }),
  ),
});

/** One line of what left the warehouse by hand. */
export interface ConfirmedLine {
  readonly claim: string;
  readonly number: string;
  readonly carrier: string;
  readonly tracking: string;
  readonly shippedAt: string;
  readonly line: { readonly id: string | undefined; readonly sku: string; readonly quantity: number };
}

/**
 * Reads an exported file that the warehouse filled in. Lines that have neither carrier, tracking number nor moment did not
 * leave yet, and are left out. Throws `webhook.malformed` for a file that is none, and for the first line that is half
 * filled in or wrong: nothing of such a file is taken over.
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
  return orders.flatMap(({ number, shipments }) =>
    shipments.flatMap(({ carrier, trackingNumber = '', shippedAt, lines }) =>
      lines.map(({ id, sku, quantity }) => ({
        claim,
        number,
        carrier,
        tracking: trackingNumber,
        shippedAt,
        line: { id, sku, quantity },
      })),
    ),
  );
}

function linesOfCsv(body: string): readonly ConfirmedLine[] {
  const [header = [], ...rows] = fromCsv(body);
  const missing = Object.keys(rowSchema.shape).filter((column) => column !== 'line' && !header.includes(column));
  if (missing.length > 0) throw malformed(`its first row has no column "${missing.join('", "')}"`);
  return rows.flatMap((cells, index) => {
    const row = Object.fromEntries(header.map((column, place) => [column, cells[place] ?? '']));
    if (!row['carrier'] && !row['tracking_number'] && !row['shipped_at']) return [];
    const parsed = rowSchema.safeParse(row);
    if (!parsed.success) throw malformed(`row ${index + 2}: ${problemOf(parsed.error)}`);
    const {
      claim,
      number,
      line,
      sku,
      quantity,
      carrier,
      tracking_number: tracking,
      shipped_at: shippedAt,
    } = parsed.data;
    return [{ claim, number, carrier, tracking, shippedAt, line: { id: line || undefined, sku, quantity } }];
  });
}

/** Never the value itself: a file of people may hold anything. */
function problemOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `"${path.join('.')}" ${message}`).join('; ');
}

function malformed(what: string, cause?: unknown): CommerceError {
  return new CommerceError({
    code: 'webhook.malformed',
    message: `No shipment was confirmed from the file: ${what}. Correct it, then give the whole file again; what was confirmed before is not repeated.`,
    operation: 'notifications.decode',
    cause: cause === undefined ? undefined : stripped(cause),
  });
}
