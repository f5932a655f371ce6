import { CommerceError, isCommerceError, pages } from '@crossdock/core';
import type { FetchedPage, HttpClient, PageProblem, PortCatalogue, ReadOptions, Ref, Shipment } from '@crossdock/core';
import * as z from 'zod';
import { requests } from './client.ts';
import { misfitOf } from './misfit.ts';
import { latest } from './moments.ts';
import type { ShipBobSettings } from './options.ts';
import { shipmentRef, toShipment } from './shipment-record.ts';
import { fulfillmentRef } from './fulfillment-record.ts';
import { orderIdSchema, orderListSchema, orderSchema } from './wire/order.ts';

/** Orders on a page; each has one shipment or several. At most 250. developer.shipbob.com, API 2026-01, read 2026-11-23. */
export const ordersPerPage = 250;

/**
 * Shipments, page by page of the orders that changed. Orders stand in the order in which they were made, and changes only
 * add to the list, so turning pages repeats some and skips none; what is added behind us has changed after the pull began,
 * and the next pull goes back to before that.
 */
export function shipmentsPort(client: HttpClient, settings: ShipBobSettings): Pick<PortCatalogue['shipments'], 'pull'> {
  const { system, clock, overlapMs } = settings;
  const operation = 'shipments.pull';

  async function fetchPage(place: Place, options: ReadOptions): Promise<FetchedPage<Shipment>> {
    const { data } = await client.send({
      operation,
      method: 'GET',
      path: 'order',
      search: { LastUpdateStartDate: place.from, SortOrder: 'Oldest', Page: place.page, Limit: ordersPerPage },
      safety: 'read',
      bucket: requests,
      lane: options.lane,
      signal: options.signal,
      answer: orderListSchema,
    });
    const read = data.map((order) => readOrder(order, system));
    const problems = read.flatMap((part) => part.problems);
    const isLast = data.length < ordersPerPage;
    const walk = place.page === 1 ? { ...place, newest: newestOf(read) } : place;
    const next: Place = isLast ? placeAfter(walk, overlapMs) : { ...walk, page: walk.page + 1 };
    return {
      items: read.flatMap((part) => part.items),
      cursor: textOf(next),
      ...(problems.length > 0 && { problems }),
      ...(!isLast && { next: textOf(next) }),
    };
  }

  return {
    async *pull(since, options = {}) {
      const start = since.cursor === undefined ? undefined : placeOf(since.cursor, system);
      const first: Place = start?.began
        ? start
        : { from: start?.from ?? since.updatedAfter, page: 1, began: new Date(clock.now()).toISOString() };
      yield* pages((at) => fetchPage(placeOf(at ?? textOf(first), system), options), {
        system,
        operation,
        start: textOf(first),
        signal: options.signal,
      });
    },
  };
}

/**
 * Where a pull is: orders changed since `from`, the page, when this walk through the pages began by our clock, and the
 * latest change on its first page by ShipBob's.
 */
type Place = {
  readonly from: string | undefined;
  readonly page: number;
  readonly began?: string | undefined;
  readonly newest?: string | undefined;
};

/**
 * Behind the last page: the next walk starts before this one began. Our clock may run ahead of ShipBob's: never later than
 * the latest change that was there when it began, and where there was none, where it started itself.
 */
function placeAfter({ from, began, newest }: Place, overlapMs: number): Place {
  if (began === undefined || newest === undefined) return { from, page: 1 };
  const start = Math.min(Date.parse(began), Date.parse(newest)) - overlapMs;
  const earliest = from === undefined ? start : Math.max(start, Date.parse(from));
  return { from: new Date(earliest).toISOString(), page: 1 };
}

function newestOf(read: readonly Read[]): string | undefined {
  const [first, ...others] = read.flatMap(({ items }) => items.map(({ updatedAt }) => updatedAt));
  return first === undefined ? undefined : latest(first, ...others);
}

const placeSchema = z.object({
  from: z.iso.datetime().optional(),
  page: z.number().int().positive(),
  began: z.iso.datetime().optional(),
  newest: z.iso.datetime().optional(),
});

function textOf(place: Place): string {
  return JSON.stringify(place);
}

function placeOf(cursor: string, system: string): Place {
  let value: unknown;
  try {
    value = JSON.parse(cursor);
  } catch {
    // Said below, together with JSON that is no place.
  }
  const parsed = placeSchema.safeParse(value);
  if (parsed.success) return { from: undefined, ...parsed.data };
  throw new CommerceError({
    code: 'options.invalid',
    system,
    operation: 'shipments.pull',
    message: `Shipments of "${system}" were not pulled: the cursor is none of this connector. Start again with updatedAfter.`,
  });
}

type Read = { readonly items: readonly Shipment[]; readonly problems: readonly PageProblem[] };

/** The shipments of one order. One that nobody can read is a problem by itself; the others go on. */
function readOrder(value: unknown, system: string): Read {
  const parsed = orderSchema.safeParse(value);
  if (!parsed.success) {
    const id = orderIdSchema.safeParse(value);
    return {
      items: [],
      problems: [unreadable(id.success ? fulfillmentRef(id.data, system) : undefined, parsed.error)],
    };
  }
  const items: Shipment[] = [];
  const problems: PageProblem[] = [];
  for (const shipment of parsed.data.shipments ?? []) {
    try {
      items.push(toShipment(parsed.data, shipment, system));
    } catch (error) {
      if (!isCommerceError(error)) throw error;
      const version = shipment.last_update_at ?? undefined;
      problems.push({ ref: shipmentRef(shipment, system), error, ...(version !== undefined && { version }) });
    }
  }
  return { items, problems };
}

function unreadable(ref: Ref | undefined, error: z.ZodError): PageProblem {
  return {
    ref,
    error: new CommerceError({
      code: 'record.invalid',
      operation: 'shipments.pull',
      ...(ref && { refs: [ref], system: ref.system }),
      message: `Order "${ref?.id ?? 'without an id'}" was not taken over: it does not fit at ${misfitOf(error)}. Compare it with the API version this connector is written for.`,
    }),
  };
}
