import type { Clock, ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { standingMarkOf, type OrderMark, type StandingMark } from './order-mark.ts';
import { allDigits } from './order-read.ts';
import { gmtSchema } from './wire/moment.ts';
import { rowsSchema } from './wire/rows.ts';

/** An order that has the reference of a draft's source, and what it says of who made it. */
export interface FoundOrder {
  readonly id: number;
  readonly status: string;
  /** As the shop handed it out, with all digits. */
  readonly row: unknown;
  readonly mark: StandingMark | undefined;
  /** How long ago it was written last, by the shop's own clock. */
  readonly ageMs: number;
}

const headSchema = z.object({
  id: z.int().nonnegative(),
  status: z.string(),
  transaction_id: z.string(),
  date_modified_gmt: gmtSchema.nullish().catch(undefined),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
});

interface FindCall {
  readonly operation: string;
  readonly options: ReadOptions;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * The orders of a reference, oldest first; where there are none, those in the trash, which "any" leaves out. A search finds
 * more: it ignores case and looks in addresses and items too. recorded on 10.0.2, 2026-11-23
 */
export async function ordersOf(
  client: WooClient,
  { reference }: Pick<OrderMark, 'reference'>,
  { clock, ...call }: FindCall,
): Promise<readonly FoundOrder[]> {
  for (const status of ['any', 'trash']) {
    const search = { ...allDigits, search: reference, status, per_page: 100, orderby: 'id', order: 'asc' };
    const { data, headers } = await client.get('wc/v3/orders', { ...call, search, answer: rowsSchema });
    const now = Date.parse(headers.get('date') ?? '');
    const found = data.flatMap((row) => toFound(row, reference, Number.isNaN(now) ? clock.now() : now));
    if (found.length > 0) return found.toSorted((one, other) => one.id - other.id);
  }
  return [];
}

function toFound(row: unknown, reference: string, now: number): readonly FoundOrder[] {
  const head = headSchema.safeParse(row).data;
  if (head?.transaction_id !== reference) return [];
  const { id, status, meta_data, date_modified_gmt: modifiedAt } = head;
  const ageMs = modifiedAt ? now - Date.parse(modifiedAt) : 0;
  return [{ id, status, row, mark: standingMarkOf(meta_data), ageMs }];
}
