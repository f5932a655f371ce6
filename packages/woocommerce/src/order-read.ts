import {
  CommerceError,
  isCommerceError,
  type Order,
  type PageProblem,
  type ReadOptions,
  type Ref,
} from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { isMissing } from './errors.ts';
import { toOrder, type OrderReading } from './order-record.ts';
import { readRefunds } from './order-refunds.ts';
import { isDraft } from './statuses.ts';
import { orderSchema, type WireOrder, type WireRefund } from './wire/order.ts';
import { rowHeadSchema } from './wire/rows.ts';

/** With all digits that the shop keeps: a shop that rounds at the subtotal has more than it shows. */
export const allDigits = { dp: 6 } as const;

/** How the rows of an order's route become what is asked for. */
export interface RowReader<T> {
  /** What a row holds; nothing where it is no order yet, or none any more. Throws what is wrong with this one. */
  read(row: unknown, call: ReadCall): Promise<T | undefined>;
  /** All of a page, and what could not be understood. */
  readAll(
    rows: readonly unknown[],
    call: ReadCall,
  ): Promise<{ readonly items: readonly T[]; readonly problems: readonly PageProblem[] }>;
}
export type OrderReader = RowReader<Order>;

interface ReadCall {
  readonly operation: string;
  readonly options?: ReadOptions | undefined;
}

export function orderReader(client: WooClient, reading: OrderReading): OrderReader {
  return rowReader(client, reading.system, (order, refunds) => toOrder(order, refunds, reading));
}

/** Reads each order with its refunds, and makes something of the two. */
export function rowReader<T>(
  client: WooClient,
  system: string,
  make: (order: WireOrder, refunds: readonly WireRefund[]) => T,
): RowReader<T> {
  async function read(row: unknown, call: ReadCall): Promise<T | undefined> {
    const order = parseOrder(row, system, call.operation);
    if (isDraft(order.status)) return undefined;
    const refunds = await refundsOf(order, call);
    return refunds && make(order, refunds);
  }

  /** Nothing where the order was deleted for good since its row was read. */
  async function refundsOf(order: WireOrder, call: ReadCall): Promise<readonly WireRefund[] | undefined> {
    try {
      const refunds = await readRefunds(client, order, call);
      // Newer shops list no refunds of an order that is gone, where older ones say so. recorded on 10.5.0, 2026-11-26
      if (refunds.length < order.refunds.length) await lookUp(order, call);
      return refunds;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async function lookUp({ id }: WireOrder, call: ReadCall): Promise<void> {
    await client.get(`wc/v3/orders/${id}`, { ...call, search: { _fields: 'id' }, answer: z.unknown() });
  }

  return {
    read,
    async readAll(rows, call) {
      const all = await Promise.all(rows.map((row) => understood(row, call)));
      return {
        items: all.flatMap((found) => (found && 'item' in found ? [found.item] : [])),
        problems: all.flatMap((found) => (found && 'error' in found ? [found] : [])),
      };
    },
  };

  /** What is wrong with one order must not hold up the others; anything else does. */
  async function understood(row: unknown, call: ReadCall): Promise<{ readonly item: T } | PageProblem | undefined> {
    try {
      const item = await read(row, call);
      return item === undefined ? undefined : { item };
    } catch (error) {
      if (!isCommerceError(error) || !(error.kind === 'business' || isOfRow(error))) throw error;
      const head = rowHeadSchema.safeParse(row).data;
      return {
        ref: head && orderRef(system, head.id),
        error,
        version: head?.date_modified_gmt ?? undefined,
      };
    }
  }
}

/** An order as the shop's routes hand it out. Throws `response.unexpected`, which names it. */
export function parseOrder(row: unknown, system: string, operation: string): WireOrder {
  const parsed = orderSchema.safeParse(row);
  if (parsed.success) return parsed.data;
  const id = rowHeadSchema.safeParse(row).data?.id;
  const places = parsed.error.issues.slice(0, 5).map(({ path, code }) => `"${path.join('.')}" (${code})`);
  throw new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    refs: id === undefined ? [] : [orderRef(system, id)],
    message: `Order "${id ?? 'without a number'}" of "${system}" was not read: it does not fit at ${places.join(', ')}. Look for a plugin that changes it, or report it.`,
    details: { row: true },
  });
}

function orderRef(system: string, id: number): Ref<'order'> {
  return { system, kind: 'order', id: String(id) };
}

function isOfRow({ details }: CommerceError): boolean {
  return typeof details === 'object' && details !== null && 'row' in details;
}
