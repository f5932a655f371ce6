import type { ReadOptions } from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { standingMarkOf, type OrderMark, type StandingMark } from './order-mark.ts';
import { allDigits } from './order-read.ts';

/** An order that has the reference of a draft's source, and what it says of who made it. */
export interface FoundOrder {
  readonly id: number;
  readonly status: string;
  /** As the shop handed it out, with all digits. */
  readonly row: unknown;
  readonly mark: StandingMark | undefined;
}

const headSchema = z.object({
  id: z.int().nonnegative(),
  status: z.string(),
  transaction_id: z.string(),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
});

interface FindCall {
  readonly operation: string;
  readonly options: ReadOptions;
}

/**
 * The orders of a reference, oldest first. A search finds more: it ignores case and looks in addresses and items too.
 * Those in the trash are searched by themselves, because "any" leaves them out. recorded on 10.0.2, 2026-11-23
 */
export async function ordersOf(
  client: WooClient,
  { reference }: Pick<OrderMark, 'reference'>,
  call: FindCall,
  statuses: readonly ('any' | 'trash')[] = ['any', 'trash'],
): Promise<readonly FoundOrder[]> {
  const lists = await Promise.all(
    statuses.map(async (status) => {
      const search = { ...allDigits, search: reference, status, per_page: 100, orderby: 'id', order: 'asc' };
      return (await client.get('wc/v3/orders', { ...call, search, answer: z.array(z.unknown()) })).data;
    }),
  );
  const found = new Map<number, FoundOrder>();
  for (const row of lists.flat()) {
    const head = headSchema.safeParse(row).data;
    if (head?.transaction_id !== reference) continue;
    found.set(head.id, { id: head.id, status: head.status, row, mark: standingMarkOf(head.meta_data) });
  }
  return [...found.values()].toSorted((one, other) => one.id - other.id);
}
