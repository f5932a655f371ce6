import {
  CommerceError,
  isCommerceError,
  momentSchema,
  type Customer,
  type Page,
  type PageProblem,
  type ReadOptions,
  type Since,
} from '@crossdock/core';
import * as z from 'zod';
import type { WooClient } from './client.ts';
import { customerRef, toCustomer, type CustomerReading } from './customer-record.ts';
import { rowsById } from './id-list.ts';
import type { SweepSettings } from './sweep.ts';
import { momentCursor, nextFrom, secondOf } from './sweep-cursor.ts';
import { customerFields } from './wire/customer.ts';
import { rowHeadSchema } from './wire/rows.ts';

const operation = 'customers.pull';

/** Everybody with an account, whatever their role. */
export const everybody = { role: 'all' } as const;

/**
 * Where a pull stands. `from` is the moment from which changes are handed out; while a list is read, `after` and `seen` are
 * the place in it, and `startedAt` and `newest` decide where the next one starts.
 */
const cursorSchema = z.object({
  from: momentSchema.optional(),
  after: z.int().nonnegative().default(0),
  seen: z.int().nonnegative().default(0),
  startedAt: z.number().optional(),
  newest: momentSchema.optional(),
});

/**
 * Pulls customers that changed, by their numbers. WooCommerce looks for no moment of a customer's change, though it keeps
 * one: so all are read every time, and those that changed are handed out. recorded on WooCommerce 10.0.2, 2026-11-23
 */
export function customerPull(
  client: WooClient,
  { accountNumberMeta, ...settings }: SweepSettings & Pick<CustomerReading, 'accountNumberMeta'>,
) {
  const { system, overlapMs, clock } = settings;
  const reading = { system, operation, accountNumberMeta };

  return async function* pull(since: Since, options: ReadOptions = {}): AsyncIterable<Page<Customer>> {
    const { from, after, seen, startedAt = clock.now(), newest: before } = beginning(since);
    let newest = before;
    const list = { operation, path: 'wc/v3/customers', search: { ...everybody, _fields: customerFields } };
    for await (const { rows, next } of rowsById(client, list, { after, seen }, options)) {
      const items: Customer[] = [];
      const problems: PageProblem[] = [];
      for (const row of rows) {
        const changed = rowHeadSchema.safeParse(row).data?.date_modified_gmt ?? undefined;
        if (changed !== undefined && (newest === undefined || changed > newest)) newest = changed;
        const read = understood(row);
        if ('error' in read) problems.push(read);
        else if (from === undefined || read.updatedAt >= from) items.push(read);
      }
      const place = next
        ? { from, ...next, startedAt, newest }
        : { from: nextFrom({ from, start: from, startedAt, newest }, overlapMs) };
      yield { items, cursor: JSON.stringify(place), ...(problems.length > 0 && { problems }) };
    }
  };

  function understood(row: unknown): Customer | PageProblem {
    try {
      return toCustomer(row, reading);
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      const head = rowHeadSchema.safeParse(row).data;
      return { ref: head && customerRef(system, head.id), error, version: head?.date_modified_gmt ?? undefined };
    }
  }

  function beginning({ cursor, updatedAfter }: Since): z.infer<typeof cursorSchema> {
    if (cursor === undefined) {
      const name = { what: 'Customers', operation, system };
      const { from } = momentCursor(updatedAfter, name);
      return { from, after: 0, seen: 0 };
    }
    const read = cursorSchema.safeParse(jsonOf(cursor));
    // In whole seconds, as they are compared with.
    if (read.success) return { ...read.data, from: read.data.from && secondOf(Date.parse(read.data.from)) };
    throw new CommerceError({
      code: 'options.invalid',
      system,
      operation,
      message: `Customers of "${system}" were not pulled: the cursor is none that this connector wrote. Pass the cursor of a page.`,
    });
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
