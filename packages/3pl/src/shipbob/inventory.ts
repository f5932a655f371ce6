import { CommerceError, isCommerceError, pages, stockBuckets, type StockBucket } from '@crossdock/core';
import type { FetchedPage, HttpClient, PageProblem, PortCatalogue, ReadOptions, StockLevel } from '@crossdock/core';
import { baseOf, requests } from './client.ts';
import type { ShipBobSettings } from './options.ts';
import { inventoryItemSchema, inventoryPageSchema, type WireLocationLevel } from './wire/inventory.ts';

const firstPage = 'inventory-level/locations';
/** The cursor behind the last page: the next pull begins anew, because ShipBob does not say what changed. */
const fromTheBeginning = 'all';

/** Stock by SKU and place. ShipBob cannot be asked for single SKUs, so `get` reads all of it and keeps those. */
export function inventoryPort(
  client: HttpClient,
  settings: ShipBobSettings,
): Pick<PortCatalogue['inventory'], 'pull' | 'get'> {
  const { system, clock } = settings;
  const base = baseOf(settings);

  async function fetchPage(path: string, operation: string, options: ReadOptions): Promise<FetchedPage<StockLevel>> {
    const { data } = await client.send({
      operation,
      method: 'GET',
      path,
      safety: 'read',
      bucket: requests,
      lane: options.lane,
      signal: options.signal,
      answer: inventoryPageSchema,
    });
    const asOf = new Date(clock.now()).toISOString();
    const read = data.items.map((item) => readItem(item, system, asOf));
    const problems = read.flatMap((part) => part.problems);
    const next = data.next ? pathOf(data.next, base, system, operation) : undefined;
    return {
      items: read.flatMap((part) => part.items),
      cursor: next ?? fromTheBeginning,
      ...(problems.length > 0 && { problems }),
      ...(next !== undefined && { next }),
    };
  }

  function walk(start: string, operation: string, options: ReadOptions) {
    return pages((at) => fetchPage(at ?? firstPage, operation, options), {
      system,
      operation,
      start,
      signal: options.signal,
    });
  }

  return {
    async *pull(since, options = {}) {
      const { cursor } = since;
      const isNext = cursor !== undefined && cursor !== fromTheBeginning;
      // A cursor came from outside: what it names is checked like what ShipBob names.
      const start = isNext ? within(base, base + cursor) : firstPage;
      if (start === undefined) throw strange(system);
      yield* walk(start, 'inventory.pull', options);
    },
    async get(skus, options = {}) {
      const wanted = new Set(skus);
      const levels: StockLevel[] = [];
      for await (const page of walk(firstPage, 'inventory.get', options)) {
        const failed = page.problems?.find(({ ref }) => ref?.kind === 'variant' && wanted.has(ref.id));
        if (failed) throw failed.error;
        levels.push(...page.items.filter(({ sku }) => wanted.has(sku)));
      }
      return levels;
    },
  };
}

/** `next` goes nowhere but to where the token belongs. */
function pathOf(url: string, base: string, system: string, operation: string): string {
  const path = within(base, url);
  if (path !== undefined) return path;
  throw new CommerceError({
    code: 'response.unexpected',
    system,
    operation,
    message: `Stock of "${system}" was not read to its end: the next page it names is not at its own address. Report it to ShipBob.`,
  });
}

function within(base: string, url: string): string | undefined {
  const target = URL.canParse(url, base) ? new URL(url, base).href : '';
  return target.startsWith(`${base}${firstPage}`) ? target.slice(base.length) : undefined;
}

function strange(system: string): CommerceError {
  return new CommerceError({
    code: 'options.invalid',
    system,
    operation: 'inventory.pull',
    message: `Stock of "${system}" was not pulled: the cursor is none of this connector. Start again without one.`,
  });
}

type Read = { readonly items: readonly StockLevel[]; readonly problems: readonly PageProblem[] };

function readItem(value: unknown, system: string, asOf: string): Read {
  const parsed = inventoryItemSchema.safeParse(value);
  if (!parsed.success) {
    return { items: [], problems: [{ ref: undefined, error: unreadable(system, 'an item', 'has no inventory_id') }] };
  }
  const { sku, inventory_id: id, locations } = parsed.data;
  if (!sku) {
    // Not every item is sold: without a SKU it is no stock of ours.
    return { items: [], problems: [] };
  }
  const ref = { system, kind: 'variant', id: sku } as const;
  try {
    return {
      items: (locations ?? []).map((level) => toStockLevel(sku, level, system, asOf)),
      problems: [],
    };
  } catch (error) {
    if (!isCommerceError(error)) throw error;
    return { items: [], problems: [{ ref, error, version: `${id}` }] };
  }
}

function toStockLevel(sku: string, level: WireLocationLevel, system: string, asOf: string): StockLevel {
  // What may still be sold: ShipBob has taken off what is promised, held or missing.
  const available = level.sellable_quantity ?? level.fulfillable_quantity;
  if (available === null || available === undefined) {
    throw unreadable(system, `SKU "${sku}"`, `has no sellable quantity at location "${level.location_id}"`);
  }
  const counted: Partial<Record<StockBucket, number | null | undefined>> = {
    'on-hand': level.on_hand_quantity,
    available: level.fulfillable_quantity,
    committed: level.committed_quantity,
    backordered: level.backordered_quantity,
    inbound: level.awaiting_quantity,
    'in-transfer': level.internal_transfer_quantity,
  };
  const buckets: Partial<Record<StockBucket, number>> = {};
  for (const bucket of stockBuckets) {
    const count = counted[bucket];
    if (typeof count === 'number') buckets[bucket] = count;
  }
  return {
    sku,
    location: { system, kind: 'location', id: String(level.location_id) },
    available,
    buckets,
    asOf,
  };
}

function unreadable(system: string, what: string, seen: string): CommerceError {
  return new CommerceError({
    code: 'record.invalid',
    system,
    message: `Stock of ${what} was not taken over: it ${seen}. Compare it with the API version this connector is written for.`,
  });
}
